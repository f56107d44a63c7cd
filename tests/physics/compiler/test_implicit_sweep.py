"""The implicit adjoint against closed forms and differences of a rollout that steps by itself."""

from functools import cache

import numpy as np
import pytest

from physics.contract import Component, drive, parameter, state, unknown
from physics.network.plant import Network, Part, Plant
from physics.simulate.gradient import IMPLICIT, gradient
from physics.simulate.model import compile_plant
from physics.simulate.rollout import Options, RolloutRefused, rollout


class Stiff(Component):
    """x' = -k (x - w), 0 = w - a u - b x: a stiff decay behind an algebraic unknown."""

    name = "stiff"
    target = drive("1", "u", default=1.0)
    rate_per_s = parameter("1/s", "k", default=2.0)
    share_ratio = parameter("1", "a", default=0.7)
    back_ratio = parameter("1", "b", default=0.2)
    level_ratio = state("1", "x", default=0.5)
    middle_ratio = unknown("1", "w")

    def law(self, m):
        """Decay towards the middle."""
        return {
            "level_ratio.rate": -m.rate_per_s * (m.level_ratio - m.middle_ratio),
            "middle_ratio.residual": m.middle_ratio - m.share_ratio * m.target - m.back_ratio * m.level_ratio,
        }


SAMPLE_S, SAMPLES = 0.5, 5


@cache
def stiff():
    return compile_plant(Plant((Part("s", "stiff"),)), ["s.level_ratio", "s.middle_ratio"], types={"stiff": Stiff})


def by_hand(rate, back, cotangent, step_s):
    """Slope of the last level by the start: one linear step's factor, as often as steps are taken."""
    gamma = 1.0 - 0.5**0.5
    slope = -rate * (1.0 - back)
    first = 1.0 / (1.0 - gamma * step_s * slope)
    second = (1.0 + (1.0 - gamma) * step_s * slope * first) * first
    return cotangent * second ** round(SAMPLE_S * (SAMPLES - 1) / step_s)


@pytest.mark.parametrize("rate", [2.0, 1e6])
def test_slopes_of_a_linear_plant_are_the_methods_own_to_rounding(rate):
    own = stiff()
    parameters = own.parameters[:, None].copy()
    parameters[own.parameter_names.index("s.rate_per_s")] = rate
    cotangents = np.zeros((SAMPLES, 2, 1))
    cotangents[-1, 0] = 3.0
    inputs = np.linspace(1.0, 2.0, SAMPLES)[:, None]
    found = gradient(own, inputs=inputs, sample_s=SAMPLE_S, cotangents=cotangents, parameters=parameters,
                     max_step_s=0.25, method=IMPLICIT)  # fmt: skip
    expected = by_hand(rate, 0.2, 3.0, 0.25)
    row = own.state_names.index("s.level_ratio")
    assert found.start[row, 0] == pytest.approx(expected, rel=1e-9, abs=1e-14)
    assert found.start[own.state_names.index("s.middle_ratio"), 0] == 0.0  # a guess, no start value


def test_an_algebraic_unknown_that_is_seen_owes_to_what_it_follows_from():
    """At the first sample w = a u + b x: slopes a's u, and b's x, and x's b, whatever the steps."""
    own = stiff()
    cotangents = np.zeros((SAMPLES, 2, 1))
    cotangents[0, 1] = 1.0
    free = ["s.share_ratio", "s.back_ratio"]
    found = gradient(own, inputs=np.full((SAMPLES, 1), 4.0), sample_s=SAMPLE_S, cotangents=cotangents,
                     parameters=own.parameters[:, None], free=free, method=IMPLICIT)  # fmt: skip
    np.testing.assert_allclose(found.parameters[:, 0], [4.0, 0.5], rtol=1e-9)
    assert found.start[own.state_names.index("s.level_ratio"), 0] == pytest.approx(0.2, rel=1e-9)


PIPED = (Part("upper", "tank", {"rim_level_m": 9.0}, {"level_m": 1.5}), Part("pipe", "pipe"),
         Part("drain", "orifice"), Part("floor", "reservoir"))  # fmt: skip
JOINED = (("upper.bottom", "pipe.inlet"), ("pipe.outlet", "drain.inlet"), ("drain.outlet", "floor.outlet"))


def test_slopes_by_weights_and_parameters_converge_to_those_of_the_free_run_at_second_order():
    network = Network("drain", "extra_outflow_ratio", "net", layers=(4, 3))
    own = compile_plant(Plant(PIPED, JOINED, (network,)), ["upper.level_m", "pipe.outlet.pressure_pa"])
    parameters, chance = own.parameters[:, None].copy(), np.random.default_rng(0)
    weights = [k for k, name in enumerate(own.parameter_names) if name.startswith(("net.w", "net.y"))]
    parameters[weights, 0] = 0.5 * chance.normal(size=len(weights))
    inputs, size = np.repeat(own.inputs[None], 8, axis=0), np.array([1.0, 1e-5])
    moved = [own.parameter_names.index("drain.area_m2"), weights[1], weights[-1]]

    def total(at):
        run = rollout(own, inputs=inputs, sample_s=60.0, parameters=at, options=Options(rtol=1e-10))
        return float((run.outputs[:, :, 0] * size).sum())

    exact = []
    for row in moved:
        step = np.zeros_like(parameters)
        step[row] = 1e-3 * abs(parameters[row])
        exact.append((total(parameters + step) - total(parameters - step)) / (2.0 * step[row, 0]))

    def error(max_step_s):
        found = gradient(own, inputs=inputs, sample_s=60.0, cotangents=np.tile(size[None, :, None], (8, 1, 1)),
                         parameters=parameters, free=["drain.area_m2"], max_step_s=max_step_s,
                         method=IMPLICIT)  # fmt: skip
        slopes = [found.parameters[0, 0], found.networks["net"][0, 1], found.networks["net"][0, -1]]
        return np.abs(np.array(slopes) / exact - 1.0).max()

    assert error(60.0) < 1e-2
    assert error(7.5) < 1e-4


def test_what_it_cannot_do_is_refused_at_once():
    own, given = stiff(), {"inputs": np.ones((2, 1)), "sample_s": 1.0, "cotangents": np.zeros((2, 2, 1))}
    with pytest.raises(RolloutRefused, match="Take 'sdirk2'"):
        gradient(own, **given, parameters=own.parameters[:, None])
    with pytest.raises(RolloutRefused, match="got 'float32' for 'sdirk2', need 'float64'"):
        gradient(own, **given, parameters=own.parameters[:, None], method=IMPLICIT, precision="float32")
    with pytest.raises(RolloutRefused, match="method: got 'euler', need 'rk4' or 'sdirk2'"):
        gradient(own, **given, parameters=own.parameters[:, None], method="euler")
