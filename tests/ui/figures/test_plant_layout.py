from itertools import combinations

from ui.figures.plant_layout import GAP_X_PX, HEIGHT_PX, WIDTH_PX, positions

CHAIN = ["a/motor", "a/pump", "a/valve"]
PITCH = WIDTH_PX + GAP_X_PX


def test_a_chain_runs_from_left_to_right():
    places = positions(CHAIN, [("a/motor", "a/pump"), ("a/pump", "a/valve")])
    assert [places[asset][0] - places["a/motor"][0] for asset in CHAIN] == [0, PITCH, 2 * PITCH]
    assert len({y for _x, y in places.values()}) == 1


def test_a_circle_is_cut_where_it_returns_to_the_beginning():
    places = positions(CHAIN, [("a/motor", "a/pump"), ("a/pump", "a/valve"), ("a/valve", "a/motor")])
    assert places["a/motor"][0] < places["a/pump"][0] < places["a/valve"][0]


def test_no_two_assets_overlap_in_a_large_plant():
    assets = [f"area-{i % 3}/unit-{i % 7}/part-{i}" for i in range(120)] + ["hall"]
    places = positions(assets, [(assets[i], assets[(7 * i) % 120]) for i in range(120)])
    assert set(places) == set(assets)
    for (x, y), (u, v) in combinations(places.values(), 2):
        assert abs(x - u) >= WIDTH_PX or abs(y - v) >= HEIGHT_PX


def test_units_stay_apart():
    places = positions(["a/x", "a/y", "b/x", "b/y"], [("a/x", "a/y"), ("b/x", "b/y"), ("a/y", "b/x")])
    first, second = ([places[asset] for asset in places if asset.startswith(unit)] for unit in "ab")
    assert max(x for x, _y in first) < min(x for x, _y in second) or max(y for _x, y in first) < min(
        y for _x, y in second
    )


def test_the_picture_is_the_same_every_time():
    assert positions(CHAIN, [("a/pump", "a/motor")]) == positions(CHAIN, [("a/pump", "a/motor")])


def test_an_empty_plant_has_an_empty_picture():
    assert positions([], []) == {}
