import json

import pytest

from tests.twin.spindle import BEARING
from twin.errors import NotFound


def test_the_table_names_the_failure_its_chances_and_what_to_do(on_spindle):
    found = on_spindle("predict", "spindle", "--worlds", "8")
    assert found.exit_code == 0
    line = next(row for row in found.stdout.splitlines() if row.startswith(BEARING))
    assert "bearing worn out" in line
    assert "replace bearing" in line
    assert "100%" in line
    assert " days" in line
    assert "a failure costs 5 times" in found.stdout
    assert "1 of 1 logged days stand for those to come" in found.stdout


def test_json_holds_every_forecast(on_spindle):
    found = json.loads(on_spindle("predict", "spindle", "--worlds", "8", "--json").stdout)
    assert {row["mode"] for row in found} >= {"bearing worn out", "insulation aged"}
    assert set(found[0]["probability"]) == {"1", "7", "30", "90", "365"}


def test_an_unknown_plant_is_refused(on_spindle):
    with pytest.raises(NotFound):
        on_spindle("predict", "nobody")
