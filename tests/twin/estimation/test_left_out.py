import numpy as np

from residual_models.ensemble import Apart
from tests.twin import warm_block
from tests.twin.estimation.test_forecasts import TRUE
from twin.calibration.versions import Learned
from twin.estimation.disturbance import Disturbance
from twin.estimation.left_out import joined, left_out

LEADS = np.array([1, 5, 20], np.intp)
NOISE_K = 0.05


def made(spans, second=1.0):
    """Forecasts on stretches of a block that two members left out, the second with another conductance."""
    values = np.repeat(np.array(TRUE.values)[:, None], 2, axis=1)
    values[1, 1] *= second
    learned = Learned(TRUE, None, {}, {"physics": Apart(values, np.array(spans))})
    beside = Disturbance.none(np.array([NOISE_K]))
    ready = warm_block.ready()
    return ready, left_out(ready, learned, "physics", beside, leads=LEADS, every=1), learned


def test_each_stretch_is_forecast_by_its_own_member_up_to_where_its_knowledge_begins():
    ready, (first, second), _learned = made([[40, 100, 130], [100, 200, 200]], second=1.5)
    assert 40 <= first.rows[0] < first.rows[-1] <= 100
    assert 100 <= second.rows[0] < second.rows[-1] <= 200
    measured = ready.measured()
    late = second.rows + 20 - 1 >= 200
    assert late.any()
    assert np.isnan(second.central[late, 2]).all()
    # the true member errs by the sensor's noise, and by what its followed state has of it
    assert first.sizes(measured).max() < 2.0 * NOISE_K
    # half as much again of the wall's heat flow: after 400 s, two of its memories, that is kelvins
    assert second.sizes(measured)[2, 0] > 1.0


def test_a_stretch_too_short_to_run_and_a_contender_without_members_give_none():
    ready, found, learned = made([[40, 100, 100], [0, 0, 0]])
    assert len(found) == 1
    assert left_out(ready, learned, "hybrid", Disturbance.none(np.array([NOISE_K])), leads=LEADS, every=1) == []


def test_joined_forecasts_stand_one_after_the_other():
    _ready, found, _learned = made([[40, 100, 100], [100, 200, 200]])
    both = joined(found)
    np.testing.assert_array_equal(both.rows, np.concatenate([one.rows for one in found]))
    assert both.central.shape == (len(both.rows), 3, 1)
