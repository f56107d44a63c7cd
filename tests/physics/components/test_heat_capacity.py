from tests.physics.evaluate import evaluate


def test_it_stores_and_gives_no_heat_by_itself():
    assert evaluate("heat_capacity", {"heat_capacity_j_per_k": 5e4}) == {"heat.storage": 5e4}
