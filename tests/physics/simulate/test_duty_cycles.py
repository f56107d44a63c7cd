import numpy as np
import pytest

from physics.simulate.duty_cycles import Duty, DutyCycles, one_block
from physics.simulate.rollout import Options, RolloutRefused
from tests.physics.simulate.wearing import DAY_S, SAMPLE_S, compiled, day, shifts, spread

PACE = 0.01 / DAY_S
ENGINE = 1e-4
"""Relative tolerance of the engine."""


@pytest.fixture(scope="module")
def grinder():
    return compiled("grinder", outputs=["part.heat_ratio"])


def asked(model, duty, worlds=2, wear=0.3, **values):
    """One round of all worlds at one wear."""
    numbers = spread(model, worlds, wear_per_s=PACE, **values)
    cycles = DutyCycles(model, duty, numbers["parameters"], watched=[0])
    return cycles, cycles.run(np.arange(worlds), np.full((1, worlds), wear), numbers["start"], lead=True)


def test_the_rate_weighs_each_block_by_how_often_it_occurs_and_how_long_it_is(grinder):
    # Even wear: k p. A day of shifts four times for each half day at double load.
    shift, half = day(shifts), day(2.0)[:24]
    cycles, found = asked(grinder, Duty((shift, half), np.array([4.0, 1.0]), SAMPLE_S), power_ratio=0.0)
    mean = (4 * shift.mean() * DAY_S + 1 * 2.0 * DAY_S / 2) / (4 * DAY_S + DAY_S / 2)
    np.testing.assert_allclose(found.rate, PACE * mean, rtol=ENGINE)
    np.testing.assert_allclose(cycles.round_s, 0.9 * DAY_S)
    assert found.alive.all()


def test_shares_may_differ_between_worlds(grinder):
    shares = np.array([[1.0, 0.25], [0.0, 0.75]])
    _, found = asked(grinder, Duty((day(1.0), day(0.0)), shares, SAMPLE_S), power_ratio=0.0)
    np.testing.assert_allclose(found.rate[0], [PACE, 0.25 * PACE], rtol=ENGINE)


def test_the_middle_of_a_block_sees_the_wear_that_is_asked_about(grinder):
    # w' = k (1 + w): over a day from w - g / 2 the mean rate is that at w, but for (k day)² / 24.
    numbers = spread(grinder, 1, wear_per_s=PACE)
    cycles = DutyCycles(grinder, one_block(day(1.0), SAMPLE_S), numbers["parameters"])
    wear = np.full((1, 1), 0.3)
    grown = np.full((1, 1, 1), PACE * DAY_S * 1.3)
    centred = cycles.run(np.arange(1), wear, numbers["start"], before=grown)
    begun = cycles.run(np.arange(1), wear, numbers["start"])
    assert centred.rate[0, 0] == pytest.approx(PACE * 1.3, rel=ENGINE)
    assert begun.rate[0, 0] == pytest.approx(1.3 * np.expm1(0.01) / DAY_S, rel=ENGINE)
    floored = cycles.run(np.arange(1), wear, numbers["start"], before=grown, floor=wear)
    assert floored.rate[0, 0] == begun.rate[0, 0]


def test_fast_states_settle_before_they_count(grinder):
    # The body's steady value is p (1 + w); after a day its lag of an hour has forgotten the start.
    _, found = asked(grinder, one_block(day(1.0), SAMPLE_S), wear=0.5, warm_ratio=9.0)
    np.testing.assert_allclose(found.peaks[0], 1.5, rtol=0.01)
    assert found.unsettled.max() < 1e-3
    _, lagging = asked(grinder, one_block(day(1.0), SAMPLE_S), lag_s=50 * DAY_S)
    # Warms by (1 - x) / 50 a day.
    assert 0.01 < lagging.unsettled.max() < 0.03


def test_slices_that_fit_into_memory_change_no_bit(grinder):
    numbers = spread(grinder, 21, wear_per_s=np.linspace(0.5, 2.0, 21) * PACE)
    duty, wear = one_block(day(shifts), SAMPLE_S), np.full((1, 21), 0.1)
    small = Options(memory_limit_bytes=grinder.memory_bytes(48, 8))
    runs = [
        DutyCycles(grinder, duty, numbers["parameters"], options=options).run(np.arange(21), wear, numbers["start"])
        for options in (None, small)
    ]
    assert np.array_equal(runs[0].rate, runs[1].rate)
    assert np.array_equal(runs[0].state, runs[1].state)


@pytest.mark.parametrize("shares", [np.ones(3), np.array([-1.0, 2.0]), np.zeros(2), np.array([np.nan, 1.0])])
def test_shares_that_say_nothing_are_refused(grinder, shares):
    numbers = spread(grinder, 1)
    with pytest.raises(RolloutRefused, match="shares"):
        DutyCycles(grinder, Duty((day(1.0), day(0.0)), shares, SAMPLE_S), numbers["parameters"])
