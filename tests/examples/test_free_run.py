"""Expected figures by hand: a straight line of numbers, thinned and scored."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from examples.free_run import FreeRun, Peer, peer
from twin.records.window import SignalWindow
from twin.scene.load import load

EXAMPLES = Path(__file__).parents[2] / "examples"
FOLDERS = sorted(path.parent for path in EXAMPLES.glob("*/rig.yaml"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_rig_is_a_folder_of_files_that_fit_together(folder):
    rig = FreeRun.of(folder)
    scene = load((folder / "plant.yaml").read_text(encoding="utf-8"))
    assert rig.plant == scene.plant
    assert set(rig.show) <= {sensor.tag for sensor in scene.sensors}
    instants = [datetime.fromisoformat(at) for at in (*rig.train, *rig.test)]
    assert instants == sorted(instants)
    assert all(at.tzinfo is not None and at.utcoffset() == UTC.utcoffset(None) for at in instants)
    assert not list(folder.glob("*.py"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_ablations_change_parameters_that_the_plant_has(folder):
    scene = load((folder / "plant.yaml").read_text(encoding="utf-8"))
    asked = FreeRun.of(folder).ablate or {}
    for path in (path for item in asked.get("structure", []) for path in item["set"]):
        asset, _, parameter = path.rpartition(".")
        assert parameter in scene.asset(asset).parameters


def window(inputs, measured):
    mask = np.isfinite(measured)
    return SignalWindow(
        plant="line", start_us=0, step_s=1.0, sensor_tags=("y",), input_tags=("u",), measured=measured, mask=mask,
        driven=inputs, running=np.ones(len(inputs), bool), segments=((0, len(inputs)),), watermark_us=0,
    )  # fmt: skip


def test_inputs_are_averaged_and_outputs_held_over_gaps_where_a_log_is_thinned():
    measured = np.array([100.0, 101, np.nan, 103, 104, 105, 106])[:, None]
    found = peer(window(10.0 * np.arange(7)[:, None], measured), 2)
    np.testing.assert_allclose(found.inputs[:, 0], [5.0, 25.0, 45.0])
    np.testing.assert_allclose(found.outputs[:, 0], [100.0, 100.0, 104.0])
    np.testing.assert_array_equal(found.known[:, 0], [True, False, True])


def test_first_samples_and_gaps_are_not_scored_in_the_thinned_log_either():
    rig = FreeRun(Path("line"), "line", {"file": "line.csv"}, ("a", "b"), ("c", "d"), skip=(3,), thin=2)
    known = np.array([True, True, True, False, True])[:, None]
    test = Peer(("y",), np.zeros((5, 1)), np.zeros((5, 1)), known)
    # Three samples are two thinned ones; the fourth is a gap: 3 and 4 are left, the root of 25 / 2.
    error = np.array([[50.0], [50.0], [3.0], [50.0], [4.0]])
    assert rig._errors(error, test, 0) == pytest.approx([np.sqrt(12.5)])
