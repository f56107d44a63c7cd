import pytest

from twin.scene import measured
from twin.scene.measured import Standing
from twin.scene.scene import Asset

SETTINGS = {"cell": {"name": "a", "worlds": 8}, "cycle_s": 7.0, "box_count": 4}


def cell(**changes):
    settings = {**SETTINGS, **changes}
    said = {
        "cell": "1f8d",
        "description": measured.description(SETTINGS),
        "times": measured.times(SETTINGS),
        "when": "now",
    }
    return Asset("palletiser", "robot_cell", settings={"measured": said, **settings})


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, Standing.MEASURED),
        ({"cell": {"worlds": 8.0, "name": "a"}}, Standing.MEASURED),
        ({"scrap_ratio": 0.1}, Standing.MEASURED),
        ({"cell": {"name": "a", "worlds": 9}}, Standing.STALE),
        ({"box_count": 5}, Standing.STALE),
        ({"cycle_s": 6.0}, Standing.CHANGED),
        ({"measured": ()}, Standing.STATED),
    ],
)
def test_times_stand_while_the_description_does(changes, expected):
    assert measured.standing(cell(**changes)) is expected


def test_a_default_written_out_changes_no_description():
    assert measured.description({"cell": {"name": "a"}, "box_count": 1}) == measured.description(
        {"cell": {"name": "a"}}
    )


def test_every_standing_but_the_good_one_names_the_next_step():
    assert measured.told(cell(), "hall").startswith("Cycle times measured by cell 1f8d, description ")
    for changes in ({"box_count": 5}, {"cycle_s": 6.0}, {"measured": ()}):
        assert "`twin cell run hall palletiser`" in measured.told(cell(**changes), "hall")
