from dataclasses import replace

import numpy as np
import pytest

from tests.twin import warm_block_log
from tests.twin.calibration.test_replay import calibration
from tests.twin.records.test_model_document import VERSION
from twin.errors import NotReady
from twin.records.band import Band, TagError
from twin.services import coverage, models
from twin.services.basis import stand_on

INF = float("inf")
ERRORS = {"TT-1": TagError(0.05, (0.02,), (200.0,))}


def serve(context, half_width=0.1, errors=ERRORS):
    """The true model, in service, with a band of so many kelvin; its own data ended before the log began."""
    known = replace(calibration(), spread=np.array([2.0, 0.01]))
    band = Band(0.9, (20.0, 200.0, INF), {"TT-1": (half_width, half_width, 0.2)}, errors)
    models.publish(context, replace(VERSION, scene_revision=1, calibration=known, band=band, parent=None), job="job-1")


@pytest.fixture
def block(context):
    window = warm_block_log.fill(context, samples=240)
    serve(context)
    return context, window


def test_what_was_promised_is_held_against_the_log_and_kept(block):
    context, window = block
    found = coverage.deliver(context, "warm-block", leads_s=(20.0, 200.0))
    assert (found.start_us, found.level) == (window.start_us, 0.9)
    assert [row.lead_s for row in found.rows] == [20.0, 200.0]
    for row in found.rows:
        # The sensor's 0.05 K, and a little of what the filter does not know.
        assert 0.045 < row.rmse < 0.07
        assert row.rmse < 0.2 * row.persistence
    assert coverage.latest(context, "warm-block") == found
    assert coverage.latest(context, "warm-block", 2) is None


def test_misses_widen_the_band_in_service_but_not_for_a_time_before_them(block):
    context, window = block
    cut = window.start_us + 120 * 20_000_000
    coverage.deliver(context, "warm-block", end_us=cut)
    models_band = models.champion(context, "warm-block").band.half_width["TT-1"][0]
    narrow = Band(0.9, (20.0, INF), {"TT-1": (0.02, 0.02)}, ERRORS)
    models.publish(
        context, replace(VERSION, scene_revision=1, calibration=calibration(), band=narrow, parent=None), job="job-2"
    )
    coverage.deliver(context, "warm-block", end_us=cut)
    widened = stand_on(context, "warm-block").band.half_width["TT-1"][0]
    assert widened > 1.15 * 0.02
    assert stand_on(context, "warm-block", until_us=window.start_us).band.half_width["TT-1"][0] == 0.02
    assert models_band == 0.1


def test_the_level_goes_on_from_the_stretch_before(block):
    context, window = block
    cut = window.start_us + 120 * 20_000_000
    first = coverage.deliver(context, "warm-block", end_us=cut, leads_s=(20.0,))
    second = coverage.deliver(context, "warm-block", start_us=cut, leads_s=(20.0,))
    anew = coverage.deliver(context, "warm-block", start_us=cut, leads_s=(20.0,))
    assert second.rows[0].asked != first.rows[0].asked
    assert anew == second


def test_without_a_band_by_lead_it_says_what_to_do(context):
    warm_block_log.fill(context, samples=60)
    serve(context, errors={})
    with pytest.raises(NotReady, match="twin recalibrate"):
        coverage.deliver(context, "warm-block")
