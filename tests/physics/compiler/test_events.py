"""Moments of events against closed forms: thermostats, latches, clocks, chains, and slopes across a moment."""

import numpy as np
import pytest

from physics.contract import Component, Port, drive, mode, parameter, state
from physics.network.plant import Part, Plant
from physics.simulate.model import compile_plant
from physics.simulate.rollout import Options, Status, rollout
from physics.simulate.sensitivity import sensitivity

LOSS_PER_S, GAIN_PER_S = 0.05, 3.0


class Thermostat(Component):
    """A body that cools to zero and is heated between two limits."""

    name = "thermostat"
    loss_per_s = parameter("1/s", "Loss", default=LOSS_PER_S)
    low_k = parameter("K", "Switches on below", default=18.0)
    high_k = parameter("K", "Switches off above", default=22.0)
    warmth_k = state("K", "Over ambient", default=20.0, nominal=10.0)
    heating = mode("Heater is on")

    def law(self, m):
        return {
            "warmth_k.rate": GAIN_PER_S * m.heating - m.loss_per_s * m.warmth_k,
            "heating.on": m.low_k - m.warmth_k,
            "heating.off": m.warmth_k - m.high_k,
        }


class Clock(Component):
    """A sawtooth, and a count of its teeth."""

    name = "clock"
    out = Port("signal", fixes=True)
    period_s = parameter("s", "Period", default=7.0)
    passed_s = state("s", "Time in this period", nominal=1.0)
    tooth_count = state("1", "Periods so far")

    def law(self, m):
        over = m.passed_s - m.period_s
        return {
            "passed_s.rate": 1,
            "passed_s.reset_when": over,
            "passed_s.reset_to": 0,
            "tooth_count.rate": 0,
            "tooth_count.reset_when": over,
            "tooth_count.reset_to": m.tooth_count + 1,
            "out.value": m.passed_s,
        }


class Ball(Component):
    """A ball that falls and bounces with a share of its speed."""

    name = "ball"
    bounce_ratio = parameter("1", "Speed after over before", default=0.8)
    height_m = state("m", "Height", default=1.0)
    rise_m_per_s = state("m/s", "Upwards", default=0.0, nominal=1.0)

    def law(self, m):
        return {
            "height_m.rate": m.rise_m_per_s,
            "rise_m_per_s.rate": -9.81,
            "rise_m_per_s.reset_when": -m.height_m - 1e3 * (m.rise_m_per_s + abs(m.rise_m_per_s)),
            "rise_m_per_s.reset_to": -m.bounce_ratio * m.rise_m_per_s,
        }


class Trip(Component):
    """Latches once its input is above the limit; another mode follows it."""

    name = "trip"
    load_ratio = drive("1", "Load", default=0.0)
    limit_ratio = parameter("1", "Limit", default=1.0)
    tripped = mode("Has tripped")
    alarm = mode("Follows the trip")

    def law(self, m):
        return {
            "tripped.on": m.load_ratio - m.limit_ratio,
            "alarm.on": m.tripped - 0.5,
            "alarm.off": 0.5 - m.tripped,
            "current_ratio": m.load_ratio * (1 - m.tripped),
        }


class Flicker(Component):
    """Is asked to be on and off at once."""

    name = "flicker"
    lit = mode("Light")
    load_ratio = drive("1", "Load", default=0.0)

    def law(self, m):
        return {"lit.on": m.load_ratio - 0.5, "lit.off": m.load_ratio - 0.5}


TYPES = {kind.name: kind for kind in (Thermostat, Clock, Ball, Trip, Flicker)}
METHODS = ("rodas4", "dopri5")


def model_of(kind, outputs, **parameters):
    return compile_plant(Plant((Part("a", kind, parameters),)), [f"a.{name}" for name in outputs], types=TYPES)


def cycle_s(loss=LOSS_PER_S, low=18.0, high=22.0):
    """Time to cool from high to low and to heat back."""
    target = GAIN_PER_S / loss
    return np.log(high / low) / loss, np.log((target - low) / (target - high)) / loss


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("rtol", "tolerance_s"), [(1e-4, 2e-2), (1e-8, 2e-6)])
def test_a_thermostat_keeps_its_limit_cycle(method, rtol, tolerance_s):
    model = model_of("thermostat", ["warmth_k", "heating"])
    cool_s, heat_s = cycle_s()
    first_s = np.log(20.0 / 18.0) / LOSS_PER_S
    end_s = first_s + heat_s + 20 * (cool_s + heat_s)  # the heater has just gone off for the 21st time
    run = rollout(model, inputs=np.zeros((1, 0)), sample_s=end_s + cool_s / 2, options=Options(rtol, method))
    assert run.events[0] == 42
    warmth = run.final[model.state_names.index("a.warmth_k"), 0]
    passed_s = np.log(22.0 / warmth) / LOSS_PER_S
    assert passed_s == pytest.approx(cool_s / 2, abs=tolerance_s)


def test_samples_on_the_way_show_the_cycle_between_its_limits():
    model = model_of("thermostat", ["warmth_k", "heating"])
    run = rollout(model, inputs=np.zeros((4000, 0)), sample_s=0.1, options=Options(1e-6))
    warmth, heating = run.outputs[:, 0, 0], run.outputs[:, 1, 0]
    assert 18.0 - 1e-4 < warmth.min() < 18.05
    assert 21.9 < warmth.max() < 22.0 + 1e-4
    cool_s, heat_s = cycle_s()
    assert heating[200:].mean() == pytest.approx(heat_s / (cool_s + heat_s), abs=0.02)


def test_a_clock_wraps_and_counts():
    model = model_of("clock", ["passed_s", "tooth_count", "out.value"])
    run = rollout(model, inputs=np.zeros((100, 0)), sample_s=1.5)
    t = np.arange(100) * 1.5
    away = np.abs(t / 7.0 - np.round(t / 7.0)) > 1e-6
    np.testing.assert_allclose(run.outputs[away, 0, 0], (t % 7.0)[away], atol=1e-4)
    np.testing.assert_allclose(run.outputs[away, 1, 0], np.floor(t / 7.0)[away], atol=1e-9)


def test_a_ball_bounces_where_the_parabolas_meet():
    model = model_of("ball", ["height_m"])
    fall_s = np.sqrt(2 / 9.81)
    speed = 9.81 * fall_s
    third_s = fall_s + 2 * 0.8 * speed / 9.81 + 2 * 0.64 * speed / 9.81  # just before the third bounce
    run = rollout(model, inputs=np.zeros((1, 0)), sample_s=third_s - 0.1, options=Options(1e-9))
    assert run.events[0] == 2
    expected = 0.64 * speed * 0.1 - 9.81 * 0.01 / 2
    assert run.final[model.state_names.index("a.height_m"), 0] == pytest.approx(expected, rel=1e-6)


def test_a_jump_of_an_input_trips_at_its_row_and_stays_tripped():
    model = model_of("trip", ["current_ratio", "tripped", "alarm"])
    load = np.array([0.5, 0.9, 1.2, 0.7, 0.7])[:, None]
    run = rollout(model, inputs=load, sample_s=1.0)
    assert run.outputs[:, :, 0].tolist() == [[0.5, 0, 0], [0.9, 0, 0], [0, 1, 1], [0, 1, 1], [0, 1, 1]]


def test_worlds_switch_each_at_their_own_moment_whatever_their_neighbours():
    model = model_of("thermostat", ["warmth_k"])
    parameters = np.repeat(model.parameters[:, None], 11, axis=1)
    parameters[model.parameter_names.index("a.loss_per_s")] *= np.linspace(0.6, 1.4, 11)
    inputs = np.zeros((50, 0))
    together = rollout(model, inputs=inputs, sample_s=3.0, parameters=parameters)
    assert len(set(together.events.tolist())) > 1
    for world in (0, 4, 10):
        alone = rollout(model, inputs=inputs, sample_s=3.0, parameters=parameters[:, world : world + 1])
        assert np.array_equal(alone.outputs[..., 0], together.outputs[..., world])


@pytest.mark.parametrize("method", METHODS)
def test_slopes_hold_across_events(method):
    """After k switches the moment moves with the loss, as the closed form of the cycle says."""
    model = model_of("thermostat", ["warmth_k"])
    samples, sample_s = 40, 2.5
    found = sensitivity(
        model, inputs=np.zeros((samples, 0)), sample_s=sample_s, parameters=model.parameters[:, None],
        free=["a.loss_per_s", "a.low_k", "a.warmth_k@start"], options=Options(1e-8, method),
    )  # fmt: skip
    at = np.arange(samples) * sample_s
    for index, (name, step) in enumerate([("loss", 1e-6), ("low", 1e-5), ("start", 1e-5)]):
        moved = [cycle_at(at, **{name: sign * step}) for sign in (1, -1)]
        expected = (moved[0] - moved[1]) / (2 * step)
        scale = np.abs(expected).max()
        # forward differences of 1e-6: the curvature grows with each switch
        np.testing.assert_allclose(found.jacobian[:, 0, index, 0] / scale, expected / scale, atol=5e-4)


def cycle_at(times, loss=0.0, low=0.0, start=0.0):
    """Closed form of the thermostat's warmth, each number moved by so much."""
    loss, low, high, warmth = LOSS_PER_S + loss, 18.0 + low, 22.0, 20.0 + start
    found, since, heating = [], 0.0, False
    for time in times:
        while True:
            target = GAIN_PER_S / loss if heating else 0.0
            limit = high if heating else low
            switch = since + np.log((warmth - target) / (limit - target)) / loss
            if switch > time:
                break
            since, warmth, heating = switch, limit, not heating
        found.append(target + (warmth - target) * np.exp(-loss * (time - since)))
    return np.array(found)


def test_a_mode_that_cannot_decide_ends_its_world_and_no_other():
    model = model_of("flicker", ["lit"])
    load = np.repeat(np.array([[[0.0, 0.0]], [[1.0, 0.0]], [[0.0, 0.0]]]), 1, axis=1)
    run = rollout(model, inputs=load, sample_s=1.0)
    assert run.status.tolist() == [Status.CHATTERING, Status.OK]
    assert run.failed_at_s[0] == 1.0
    assert np.isnan(run.outputs[1:, 0, 0]).all()
    assert np.isfinite(run.outputs[..., 1]).all()
