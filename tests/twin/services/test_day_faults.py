from dataclasses import replace

import numpy as np
import pytest

from tests.twin import slow_block
from twin.prediction.isolation import Cause
from twin.records.night import DayQuality, FindingKind
from twin.services.basis import stand_on
from twin.services.day_faults import findings_of, signatures, size_in_words
from twin.services.night_watch import run_of_day

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
DAY_US, BEGIN_US = 86_400_000_000, 1_767_225_600_000_000
WHOLE = DayQuality((), 1.0, (), (), True)


def test_a_sensor_that_lies_is_named_with_its_unit_and_left_out(context):
    slow_block.create(context)
    lies = lambda measured_k: measured_k + 2.0 * (np.arange(len(measured_k)) >= 2.5 * slow_block.ROWS_A_DAY)  # noqa: E731
    slow_block.write(context, 3, spoil=lies)
    slow_block.night(context, "2026-01-03")
    day = (BEGIN_US + 2 * DAY_US, BEGIN_US + 3 * DAY_US)
    run = run_of_day(context, stand_on(context, slow_block.PLANT), *day, ())
    (found,) = findings_of(run, WHOLE, *day)
    assert (found.kind, found.subject, found.exclude) == (FindingKind.BIAS, "TT-1", True)
    assert found.size == pytest.approx(2.0, abs=0.1)
    assert found.text == f"TT-1 reads {found.size:.3g} K more than the model and the other tags say."
    assert found.start_us == pytest.approx(BEGIN_US + 2.5 * DAY_US, abs=2 * 3.6e9)
    _what_a_number_does_is_found_by_running_the_model_with_it_changed(run)
    _a_change_of_a_number_is_told_in_percent_of_what_it_was(run)


def _what_a_number_does_is_found_by_running_the_model_with_it_changed(run):
    """At rest a block is P / G warmer than the room: d/dG is negative wherever it is warm, never positive."""
    effect = signatures(run)["wall.conductance_w_per_k"][50:]
    assert effect.max() <= 1e-6
    assert effect.min() < -0.5


def _a_change_of_a_number_is_told_in_percent_of_what_it_was(run):
    fitted = run.version.calibration.as_dict()["wall.conductance_w_per_k"]
    cause = Cause("wall.conductance_w_per_k", False, True, 0.25 * fitted, 0, 10.0, 0.5)
    assert size_in_words(cause, run) == "+25 %"
    assert size_in_words(replace(cause, size=10.4 * cause.size), run) == "+260 %"
    assert size_in_words(replace(cause, name="block.wear_ratio", size=0.05), run) == "+0.05"


def test_a_day_without_a_run_still_tells_of_silent_sensors(context):
    silent = {"tag": "TT-1", "good": 0.6, "longest_gap_s": 9 * 3600.0}
    spoken = {"tag": "TT-2", "good": 1.0, "longest_gap_s": 360.0}
    (found,) = findings_of(None, DayQuality((silent, spoken), 0.8, (), (), True), 0, DAY_US)
    assert (found.kind, found.text) == (FindingKind.GAP, "TT-1 was silent for 9.0 h.")
    assert findings_of(None, DayQuality((silent,), 0.1, (), (), False), 0, DAY_US) == ()
