from pathlib import Path

import pytest
from ruamel.yaml import YAML

from twin.errors import InvalidInput
from twin.scene.load import load

CELL = YAML(typ="safe").load((Path(__file__).parents[3] / "examples" / "palletiser" / "cell.yaml").read_text())


def plant(cell, **settings):
    """A source, a cell and a sink, as JSON, which a plant file may be."""
    import json

    return json.dumps(
        {
            "plant": "hall",
            "assets": [
                {"id": "boxes", "type": "source"},
                {"id": "palletiser", "type": "robot_cell", "settings": {"cell": cell, **settings}},
                {"id": "pallets", "type": "sink"},
            ],
            "connections": [["boxes.out", "palletiser.in"], ["palletiser.out", "pallets.in"]],
        }
    )


def test_a_sound_cell_passes():
    assert load(plant(CELL)).asset("palletiser").settings["cell"] == CELL


def test_every_fault_of_a_cell_is_told_with_its_line():
    broken = {**CELL, "worlds": 0, "gripper": {"diameter_m": -1.0}}
    with pytest.raises(InvalidInput) as refused:
        load(plant(broken))
    places = [fault.where for fault in refused.value.faults]
    assert [place.split()[-1] for place in places] == [
        "palletiser.settings.cell.gripper.diameter_m",
        "palletiser.settings.cell.worlds",
    ]
    assert all(place.startswith("plant.yaml:1 ") for place in places)


def test_a_measurement_that_says_nothing_is_refused():
    with pytest.raises(InvalidInput) as refused:
        load(plant(CELL, measured={"cell": 7}))
    (fault,) = refused.value.faults
    assert fault.where.endswith("palletiser.settings.measured")
    assert "twin cell run" in fault.next_step
