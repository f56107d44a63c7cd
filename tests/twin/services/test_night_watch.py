from types import SimpleNamespace

import numpy as np
import pytest

from tests.twin import slow_block
from twin.records.event import EventKind, PlantEvent
from twin.services import events
from twin.services.basis import stand_on
from twin.services.night_watch import _day_before, after_maintenance, run_of_day, scores_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
DAY_US, BEGIN_US = 86_400_000_000, 1_767_225_600_000_000


def test_a_day_is_run_and_scored_by_the_version_in_service(context):
    slow_block.create(context)
    slow_block.write(context, 3)
    day = (BEGIN_US + 2 * DAY_US, BEGIN_US + 3 * DAY_US)
    assert run_of_day(context, stand_on(context, slow_block.PLANT), *day, ()) is None
    slow_block.night(context, "2026-01-03")
    run = run_of_day(context, stand_on(context, slow_block.PLANT), *day, ())
    assert run.first == 2 * slow_block.ROWS_A_DAY
    assert np.isfinite(run.error[run.first :]).all()
    found = scores_of(run)
    assert found["samples"] == slow_block.ROWS_A_DAY
    # A model of the block's own law leaves the sensor's noise of 0.05 K on a signal that moves by some 20 K.
    assert found["tags"][0]["rmse"] < 0.3
    assert run_of_day(context, stand_on(context, slow_block.PLANT), day[1], day[1] + DAY_US, ()) is None


def test_the_last_maintenance_of_a_stretch_counts(context):
    slow_block.create(context)
    visits = [PlantEvent(EventKind.MAINTENANCE, "wall", BEGIN_US + k * DAY_US, None) for k in (1, 2, 9)]
    events.save(context, slow_block.PLANT, visits)
    assert after_maintenance(context, slow_block.PLANT, BEGIN_US, BEGIN_US + 3 * DAY_US) == BEGIN_US + 2 * DAY_US
    assert after_maintenance(context, slow_block.PLANT, BEGIN_US + 3 * DAY_US, BEGIN_US + 4 * DAY_US) == (
        BEGIN_US + 3 * DAY_US
    )


@pytest.mark.usefixtures("context")
def test_the_rival_knows_no_more_than_the_forecast_did():
    """Rows of four hours, six a day: the second day begins at row 6, nothing was read in the twelve hours before."""
    measured = np.arange(12.0)[:, None]
    measured[3:6] = np.nan
    held = _day_before(measured, SimpleNamespace(step_s=14_400.0), 6)
    # a day before where it was read, else row 2, the last reading before the forecast, never the row before
    np.testing.assert_array_equal(held[6:, 0], [0.0, 1.0, 2.0, 2.0, 2.0, 2.0])
