from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from physics.simulate.course import Control, Limit, Maintenance
from physics.simulate.duty_cycles import Duty, one_block
from physics.simulate.horizon import march
from physics.simulate.rollout import Options, RolloutRefused, rollout
from tests.physics.simulate.wearing import DAY_S, SAMPLE_S, WEAR, compiled, day, life_of, power_law, shifts, spread

DAYS = np.array([1.0, 7.0, 15.0, 30.0, 60.0, 90.0]) * DAY_S
TARGET = 0.01
"""The house's target: one per cent of wear and of the time to failure."""
CLOSE = 3e-3
"""Three times the tolerance of a step over its growth (1e-3): early errors grow with wear that feeds on itself."""


@pytest.fixture(scope="module")
def grinder():
    return compiled("grinder", outputs=["part.heat_ratio"])


@pytest.fixture(scope="module")
def slipping():
    return compiled("slipping", outputs=["part.flow_ratio"])


@pytest.mark.parametrize("power", [0.0, 1.0, 2.0, 3.0])
def test_wear_that_feeds_on_itself_follows_its_closed_form(grinder, power):
    # dw/dt = k p(t) (1 + w)^n under a load of day and night shifts: exact at the end of every day.
    rates = np.linspace(0.5, 1.5, 8) * 0.02 / DAY_S
    numbers = spread(grinder, 8, wear_per_s=rates, power_ratio=power)
    shift = day(shifts)
    pace = rates * shift.mean()
    found = march(grinder, one_block(shift, SAMPLE_S), times_s=DAYS, limits=[Limit(WEAR, np.ones(8))], **numbers)
    life_s = life_of(1.0, pace, power)
    for step, time_s in enumerate(DAYS):
        working = time_s < life_s
        exact = power_law(0.0, pace[working] * time_s, power)
        np.testing.assert_allclose(found.wear[step, 0, working], exact, rtol=CLOSE)
    failed = life_s < DAYS[-1]
    np.testing.assert_allclose(found.reached_s[0, failed], life_s[failed], rtol=CLOSE)
    assert np.isinf(found.reached_s[0, ~failed]).all()
    assert np.isnan(found.lost_s).all()
    # At most half of the days are run, one in fifteen where wear grows evenly.
    assert found.simulated_s.max() <= (6 if power == 0.0 and not failed.any() else 45) * DAY_S


def test_a_tighter_tolerance_is_closer_to_the_closed_form(grinder):
    numbers = spread(grinder, 1, wear_per_s=0.012 / DAY_S, power_ratio=2.0)
    exact = power_law(0.0, 0.012 * 60.0, 2.0)
    errors = []
    for rtol in (4e-3, 5e-4, 6e-5):
        found = march(
            grinder, one_block(day(1.0), SAMPLE_S), times_s=[60 * DAY_S], control=Control(rtol=rtol), **numbers
        )
        errors.append(abs(found.wear[0, 0, 0] / exact - 1))
    assert errors[0] > 2 * errors[1] > 4 * errors[2]


def test_a_pump_that_makes_up_for_its_wear_wears_ever_faster(slipping):
    # The controller holds s / (1 + w) at the load: dw/dt = k p³ (1 + w)³, worn out at (1 - 1/4) / (2 k mean p³).
    rates = np.array([0.8, 1.0, 1.3]) * 0.008 / DAY_S
    shift = day(shifts)
    found = march(
        slipping, one_block(shift, SAMPLE_S), times_s=DAYS, limits=[Limit(WEAR, np.ones(3))],
        **spread(slipping, 3, wear_per_s=rates),
    )  # fmt: skip
    life_s = life_of(1.0, rates * (shift**3).mean(), 3.0)
    # The speed lags by minutes after each change of load: up and down cancel but for the cube's curvature, 1 %.
    np.testing.assert_allclose(found.reached_s[0], life_s, rtol=TARGET)
    early = np.diff(found.wear[:3, 0], axis=0) / np.diff(DAYS[:3])[:, None]
    assert (early[1] > 1.05 * early[0]).all()


def test_a_load_that_changes_with_wear_agrees_with_a_fully_resolved_run(slipping):
    # Every day of ninety, five with two shifts and two at rest, on the engine itself against rounds of two blocks.
    rates = np.array([0.5, 0.8, 1.1, 1.4]) * 0.006 / DAY_S
    numbers = spread(slipping, 4, wear_per_s=rates)
    work, rest = day(shifts), day(0.1)
    week = [work] * 5 + [rest] * 2
    resolved, state = [], numbers["start"]
    for number in range(90):
        run = rollout(
            slipping, inputs=week[number % 7], sample_s=SAMPLE_S, parameters=numbers["parameters"], start=state
        )
        state = run.final
        resolved.append(state[slipping.slow][0])
    wear = np.array([np.zeros(4), *resolved])
    ends = np.array([14.0, 28.0, 56.0, 84.0])
    limit = 0.8 * wear[-1]
    duty = Duty((work, rest), np.array([5.0, 2.0]), SAMPLE_S)
    found = march(slipping, duty, times_s=[*ends * DAY_S, 90 * DAY_S], limits=[Limit(WEAR, limit)], **numbers)
    failed_s = [np.interp(level, path, np.arange(91) * DAY_S) for level, path in zip(limit, wear.T, strict=True)]
    # At the end of whole weeks the mix of days is exact.
    below = wear[ends.astype(int)] < limit
    np.testing.assert_allclose(found.wear[:-1, 0][below], wear[ends.astype(int)][below], rtol=TARGET)
    # A week wears five sevenths on five days: the day of failure is known to the two days of rest.
    np.testing.assert_allclose(found.reached_s[0], failed_s, rtol=TARGET, atol=2 * DAY_S)
    assert np.nanmax(found.unsettled) < 1e-3


def test_maintenance_at_a_date_and_by_wear_is_the_closed_form_begun_anew(grinder):
    pace = 0.01
    numbers = spread(grinder, 2, wear_per_s=pace / DAY_S, power_ratio=2.0)
    dated = Maintenance({WEAR: 0.1}, at_s=(20.25 * DAY_S,))
    by_wear = Maintenance({WEAR: 0.0}, when=(WEAR, np.array([0.5, np.inf])))
    times = np.array([20.0, 40.0, 60.0, 80.0])
    found = march(
        grinder, one_block(day(1.0), SAMPLE_S), times_s=times * DAY_S, maintenance=[dated, by_wear], **numbers
    )
    # Steady load: w = 1 / (1 / (1 + w_0) - k t) - 1 from each reset on; 0.5 is reached from 0.1 and from 0 after:
    first = 20.25 + (1 / 1.1 - 1 / 1.5) / pace
    second = first + (1 - 1 / 1.5) / pace
    begun = {20.0: (0.0, 0.0), 40.0: (20.25, 0.1), 60.0: (first, 0.0), 80.0: (second, 0.0)}
    exact = [power_law(worn, pace * (time - since), 2.0) for time, (since, worn) in begun.items()]
    # A reset three per mille of a life of 33 days early or late shows in young wear.
    np.testing.assert_allclose(found.wear[:, 0, 0], exact, rtol=CLOSE, atol=CLOSE * 33 * pace)
    assert [(world, action) for _, world, action in found.done] == [(0, 0), (1, 0), (0, 1), (0, 1)]
    np.testing.assert_allclose([time / DAY_S for time, _, _ in found.done], [20.25, 20.25, first, second], rtol=CLOSE)
    np.testing.assert_allclose(found.wear[-1, 0, 1], power_law(0.1, pace * (80 - 20.25), 2.0), rtol=CLOSE)


@settings(max_examples=25, deadline=None)
@given(
    power=st.floats(-2.0, 4.0), pace=st.floats(0.0, 0.2), worn=st.floats(0.0, 0.9), load=st.floats(0.0, 2.0),
    limit=st.floats(0.3, 3.0),
)  # fmt: skip
def test_wear_never_heals_and_a_limit_once_reached_stays_reached(power, pace, worn, load, limit):
    model = compiled("grinder")
    numbers = spread(model, 1, wear_per_s=pace / DAY_S, power_ratio=power, wear_ratio=worn)
    times = np.linspace(0.0, 40.0, 161) * DAY_S
    duty = Duty((day(load), day(0.0)), np.array([0.6, 0.4]), SAMPLE_S)
    found = march(model, duty, times_s=times, limits=[Limit(WEAR, np.array([limit]))], **numbers)
    path = found.wear[:, 0, 0]
    known = path[np.isfinite(path)]
    assert (np.diff(known) >= 0.0).all()
    if found.lost_s[0] == 0.0:  # blows up within its first day: no path to speak of
        return
    assert known[0] == worn
    reached = found.reached_s[0, 0]
    if np.isfinite(reached):
        assert (path[times < reached] <= limit * (1 + 1e-9)).all()
        assert not (known[times[: len(known)] > reached] < limit * (1 - 1e-9)).any()


def test_a_year_costs_a_handful_of_days(grinder):
    numbers = spread(grinder, 4, wear_per_s=0.001 / DAY_S, power_ratio=1.0)
    found = march(grinder, one_block(day(shifts), SAMPLE_S), times_s=[365 * DAY_S], **numbers)
    exact = np.expm1(0.001 * 365 * day(shifts).mean())
    np.testing.assert_allclose(found.wear[0, 0], exact, rtol=CLOSE)
    assert (found.simulated_s <= 12 * DAY_S).all()
    assert (found.error[0] <= 1e-3 * found.wear[0, 0]).all()


def test_neighbours_threads_and_slices_change_no_bit(grinder):
    rates = np.linspace(0.1, 2.0, 19) * 0.02 / DAY_S
    numbers = spread(grinder, 19, wear_per_s=rates, power_ratio=2.0)
    duty, limit = one_block(day(shifts), SAMPLE_S), np.full(19, 0.4)
    together = march(grinder, duty, times_s=DAYS, limits=[Limit(WEAR, limit)], **numbers)
    small = Options(threads=1, memory_limit_bytes=grinder.memory_bytes(48, 8))
    sliced = march(grinder, duty, times_s=DAYS, limits=[Limit(WEAR, limit)], control=Control(options=small), **numbers)
    alone = march(
        grinder, duty, times_s=DAYS, limits=[Limit(WEAR, limit[[7]])],
        **{name: array[:, [7]] for name, array in numbers.items()},
    )  # fmt: skip
    assert np.array_equal(sliced.wear, together.wear)
    assert np.array_equal(alone.wear[:, :, 0], together.wear[:, :, 7])
    assert alone.reached_s[0, 0] == together.reached_s[0, 7]
    assert alone.steps[0] == together.steps[7]


def test_a_lost_world_says_when_and_harms_no_other(grinder):
    healthy = spread(grinder, 3, wear_per_s=0.004 / DAY_S)
    duty, limits = one_block(day(1.0), SAMPLE_S), [Limit(WEAR, np.ones(3))]
    whole = march(grinder, duty, times_s=DAYS, limits=limits, **healthy)
    sick = healthy["parameters"].copy()
    # A lag below zero warms without end: an e-fold every second.
    sick[grinder.parameter_names.index("part.lag_s"), 1] = -1.0
    found = march(grinder, duty, times_s=DAYS, limits=limits, **healthy | {"parameters": sick})
    assert found.lost_s[1] == 0.0
    assert np.isnan(found.wear[:, :, 1]).all()
    assert np.isnan(found.reached_s[0, 1])
    assert np.array_equal(found.wear[:, :, [0, 2]], whole.wear[:, :, [0, 2]])
    assert np.isnan(found.lost_s[[0, 2]]).all()


def test_an_outputs_peak_is_watched_like_a_state(grinder):
    # The body settles at p (1 + w) within the night shift: its peak reaches 1.5 when w is 0.5.
    numbers = spread(grinder, 1, wear_per_s=0.01 / DAY_S)
    limits = [Limit("part.heat_ratio", np.array([1.5])), Limit(WEAR, np.array([0.5]))]
    found = march(
        grinder, one_block(day(1.0), SAMPLE_S), times_s=[80 * DAY_S], limits=limits,
        control=Control(max_step_s=2 * DAY_S), **numbers,
    )  # fmt: skip
    # Peaks go straight between steps of two days: (rate h)² / 8 of the value, and are seen up to half a day late.
    assert found.reached_s[0, 0] == pytest.approx(found.reached_s[1, 0], abs=DAY_S)


def test_what_does_not_settle_is_named(grinder):
    # A body with a lag of a year is still warming after every round.
    numbers = spread(grinder, 1, lag_s=365 * DAY_S, wear_per_s=1e-4 / DAY_S)
    found = march(grinder, one_block(day(1.0), SAMPLE_S), times_s=[30 * DAY_S], **numbers)
    assert found.unsettled[grinder.state_names.index("part.warm_ratio")] > 1e-3
    assert found.unsettled[grinder.state_names.index(WEAR)] == 0.0


def test_progress_rises_to_the_end_and_may_stop_the_run(grinder):
    class StoppedError(Exception):
        pass

    told = []

    def tell(share):
        told.append(share)
        if len(told) > 3:
            raise StoppedError

    numbers = spread(grinder, 2, wear_per_s=0.02 / DAY_S, power_ratio=2.0)
    with pytest.raises(StoppedError):
        march(grinder, one_block(day(1.0), SAMPLE_S), times_s=DAYS, progress=tell, **numbers)
    assert told == sorted(told)
    assert told[-1] > told[0] >= 0.0


def test_bad_questions_are_refused_all_at_once(grinder):
    numbers = spread(grinder, 2)
    with pytest.raises(RolloutRefused) as caught:
        march(
            grinder, one_block(day(1.0), SAMPLE_S), times_s=[2.0, 1.0], limits=[Limit("part.nothing", np.ones(3))],
            maintenance=[
                Maintenance({"part.warm_ratio": 0.0}, at_s=(-1.0,)),
                Maintenance({WEAR: 1.0}, when=(WEAR, np.ones(2))),
            ],
            **numbers,
        )  # fmt: skip
    text = str(caught.value)
    for part in ("times_s", "limits[0]", "part.nothing", "limits[0].value", "maintenance[0]", "at_s", "maintenance[1]"):
        assert part in text


def test_without_wear_days_repeat_themselves(grinder):
    plain = replace(grinder, slow=np.zeros_like(grinder.slow))
    limits = [Limit("part.heat_ratio", np.array([0.9, 1.1]))]
    numbers = spread(grinder, 2, wear_per_s=0.0)
    found = march(plain, one_block(day(1.0), SAMPLE_S), times_s=[0.0, 90 * DAY_S], limits=limits, **numbers)
    assert found.wear.shape == (2, 0, 2)
    # The body warms to its load of 1 within its first day.
    assert found.reached_s[0, 0] == 0.0
    assert np.isinf(found.reached_s[0, 1])
    assert (found.simulated_s == 4 * DAY_S).all()
