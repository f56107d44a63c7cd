import json

import numpy as np
import pytest

from twin.records.band import Band, TagError
from twin.records.identifiability import Direction, Identifiability, Remedy, TradeOff
from twin.records.model import Calibration, GateReport, ModelStatus, ModelVersion
from twin.records.model_document import from_document, to_document

TOLD = Identifiability(
    {"t": 12.0}, (Direction(("a",), (1.0,), 0.9, "a up"),), (TradeOff("a", "b", -0.96, "a against b"),),
    (Remedy("tag", "c", "a", 0.5, 0.7),),
)  # fmt: skip
VERSION = ModelVersion(
    "warm-block", 3, ModelStatus.CHAMPION, 2,
    Calibration(("a", "b"), np.array([1.0, 2.0]), np.array([0.1, 0.2]), np.array([[1.0, 0.3], [0.3, 1.0]]),
                {"t": 0.1}, {"t": 0.2}, (("a", "b"),), 2, (5, 6), TOLD),
    None,
    Band(0.9, (float("inf"),), {"t": (0.5,), "u": (float("inf"),)}, {"t": TagError(0.1, (0.3,), (60.0,))}),
    GateReport(True, "Good.", {"physics": {"": 1.0, "u": float("nan")}}, ({"name": "x", "passed": True},), (7, 8)),
    9, 1, {"seed": 0},
)  # fmt: skip


def test_a_version_survives_json():
    text = json.dumps(to_document(VERSION), allow_nan=False)
    back = from_document(
        json.loads(text), plant="warm-block", version=3, status="champion", scene_revision=2, created_us=9, parent=1,
        residual=None,
    )  # fmt: skip
    np.testing.assert_array_equal(back.calibration.correlation, VERSION.calibration.correlation)
    assert back.calibration.as_dict() == VERSION.calibration.as_dict()
    assert back.calibration.unidentifiable == (("a", "b"),)
    assert back.band == VERSION.band
    assert back.calibration.identifiability == TOLD
    assert back.gate.scores["physics"][""] == 1.0
    assert np.isnan(back.gate.scores["physics"]["u"])
    assert (back.parent, back.provenance) == (1, {"seed": 0})


def test_numbers_that_json_cannot_write_become_null():
    document = to_document(VERSION)
    assert document["band"]["half_width"]["u"] == [None]
    assert document["band"]["horizons_s"] == [None]
    assert document["gate"]["scores"]["physics"]["u"] is None
    with pytest.raises(TypeError):
        json.dumps({"x": np.array([1.0])})
