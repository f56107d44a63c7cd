"""Times and missing numbers of what bands delivered."""

from __future__ import annotations

import json

from api.schemas.coverage import CoverageView
from tests.twin.store.test_coverage import COVERAGE


def test_times_are_utc_and_missing_numbers_null() -> None:
    view = json.loads(CoverageView.model_validate(COVERAGE).model_dump_json())
    assert view["start"] == "1970-01-01T00:00:00.000100Z"
    assert view["rows"][1]["crps"] is None
