from tests.physics.evaluate import evaluate


def test_it_sends_what_it_is_set_to():
    assert evaluate("constant", {"level_ratio": 0.7})["out.value"] == 0.7
