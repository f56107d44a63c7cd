"""Views read our records: microseconds become UTC, arrays become lists, NaN becomes null."""

import json
import math
from dataclasses import replace

import numpy as np
import pytest
from pydantic import ValidationError

from api.schemas.base import Page, Span
from api.schemas.models import GateView, ModelView
from api.schemas.readings import EventIn, EventView
from twin.records.event import EventKind, PlantEvent
from twin.records.model import Band, Calibration, GateReport, ModelStatus, ModelVersion, Residual

DAY_US = 86_400_000_000


def model() -> ModelVersion:
    calibration = Calibration(
        names=("tank.area_m2",),
        values=np.array([1.5]),
        spread=np.array([math.nan]),
        correlation=np.eye(1),
        noise_sd={"LT-1": 0.01},
        rmse={"LT-1": 0.02},
        unidentifiable=(),
        scene_revision=3,
        window=(0, DAY_US),
    )
    gate = GateReport(True, "better", {"hybrid": {"": 0.1}}, ({"name": "beats physics", "passed": True},), (0, DAY_US))
    band = Band(0.9, (60.0, math.inf), {"LT-1": (0.1, 0.2)})
    return ModelVersion("loop", 2, ModelStatus.CHAMPION, 3, calibration, None, band, gate, DAY_US, 1)


def test_a_model_version_becomes_json_with_utc_times_and_null_for_missing() -> None:
    view = json.loads(ModelView.model_validate(model()).model_dump_json())
    assert view["created"] == "1970-01-02T00:00:00Z"
    assert view["status"] == "champion"
    assert view["calibration"]["values"] == [1.5]
    assert view["calibration"]["spread"] == [None]
    assert view["calibration"]["window"] == ["1970-01-01T00:00:00Z", "1970-01-02T00:00:00Z"]
    assert view["band"]["horizons_s"] == [60.0, None]


def test_a_hybrid_shows_the_numbers_of_its_members() -> None:
    residual = Residual((), np.zeros((2, 0)), ("tank.area_m2",), np.array([[1.0], [1.2]]))
    view = ModelView.model_validate(replace(model(), residual=residual))
    assert view.calibration.values == [pytest.approx(1.1)]
    assert ModelView.model_validate_json(view.model_dump_json()) == view


def test_a_view_reads_its_own_json_back() -> None:
    view = ModelView.model_validate(model())
    assert ModelView.model_validate_json(view.model_dump_json()) == view
    assert GateView.model_validate(view.gate.model_dump()) == view.gate


def test_an_event_record_becomes_a_view() -> None:
    view = EventView.model_validate(PlantEvent(EventKind.STOP, "", 0, None))
    assert (view.kind, view.start.isoformat(), view.end) == ("stop", "1970-01-01T00:00:00+00:00", None)


def test_a_page_without_more_has_no_cursor() -> None:
    assert Page[Span](items=[]).model_dump() == {"items": [], "next_cursor": None}


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "holiday", "start": "2026-01-01T00:00:00Z"},
        {"kind": "stop", "start": "2026-01-01T00:00:00"},
        {"kind": "stop", "start": "2026-01-01T00:00:00Z", "asst": "pump"},
    ],
    ids=["unknown kind", "no zone", "unknown key"],
)
def test_a_request_refuses_what_it_does_not_know(body: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        EventIn.model_validate(body)
