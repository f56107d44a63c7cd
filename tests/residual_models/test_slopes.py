"""Cost and slopes of free runs against central differences."""

from dataclasses import replace

import numpy as np
import pytest

from physics.network.plant import Network, Part, Plant
from physics.simulate.gradient import EXPLICIT, IMPLICIT
from physics.simulate.model import compile_plant
from physics.simulate.rollout import Options, rollout
from residual_models import slopes
from residual_models.dataset import Numbers, Record, free_runs
from residual_models.networks.tanh_layer import first_weights, weights_of

PARTS = (Part("upper", "tank", {"rim_level_m": 9.0}, {"level_m": 1.5}), Part("hole", "orifice"),
         Part("lower", "tank", {"rim_level_m": 9.0}, {"level_m": 0.7}), Part("drain", "orifice"),
         Part("floor", "reservoir"))  # fmt: skip
LINKS = (("upper.bottom", "hole.inlet"), ("hole.outlet", "lower.top"), ("lower.bottom", "drain.inlet"),
         ("drain.outlet", "floor.outlet"))  # fmt: skip
NETWORKS = tuple(Network(part, "extra_outflow_ratio", "holes", layers=(5, 4), codes=2) for part in ("hole", "drain"))
SAMPLES, SAMPLE_S = 40, 20.0


def tanks(networks=NETWORKS):
    """Two tanks that drain, whose holes let through a fifth more than their law says; levels are measured."""
    model = compile_plant(Plant(PARTS, LINKS, networks), ["lower.level_m", "upper.level_m"])
    inputs = np.repeat(model.inputs[None], SAMPLES, axis=0)
    true = model.parameters.copy()
    for name in ("hole.area_m2", "drain.area_m2"):
        true[model.parameter_names.index(name)] *= 1.2
    measured = rollout(model, inputs=inputs, sample_s=SAMPLE_S, parameters=true[:, None]).outputs[:, :, 0]
    mask = np.ones(measured.shape, bool)
    mask[3:6, 1] = False
    weights = weights_of(model, networks)
    physical = Numbers(("basin",), *(np.zeros(1),) * 4).only(np.zeros(1, bool))
    records = [Record(inputs, measured, mask, model.start), Record(inputs[:15], measured[:15], mask[:15], model.start)]
    return free_runs(model, records, SAMPLE_S, physical.joined(weights)), weights


def test_slopes_are_central_differences_of_the_cost():
    runs, weights = tanks()
    own = Numbers(("hole.area_m2", "lower.level_m@start"), np.array([1e-3, 0.7]), np.array([3e-4, 0.1]),
                  np.zeros(2), np.ones(2))  # fmt: skip
    runs = runs.with_numbers(own.joined(weights), runs.parameters)
    rng = np.random.default_rng(2)
    values = np.concatenate([np.repeat([[1.1e-3], [0.71]], 3, axis=1), first_weights(weights, 3, 1)])
    values[2:] += 0.2 * rng.normal(size=values[2:].shape) * weights.sd[:, None]
    cost_of = slopes.Slopes(runs, np.full((len(runs.rows), 3), 50.0), np.full(len(runs.rows), 0.5), 10.0)
    cost, found = cost_of(values)
    assert cost.shape == (3,)
    sd = runs.numbers.sd
    for row in (0, 1, 2, 9, 25, len(values) - 3, len(values) - 1):
        move = np.zeros_like(values)
        move[row] = 1e-4 * sd[row]
        expected = (cost_of(values + move)[0] - cost_of(values - move)[0]) / 2e-4
        np.testing.assert_allclose(found[row], expected, rtol=1e-5, atol=1e-6 * np.abs(found).max())


def test_weights_of_several_layers_are_told_from_those_of_one():
    assert slopes.layered(tanks()[0])
    one = tuple(replace(network, layers=(), codes=0) for network in NETWORKS)
    assert not slopes.layered(tanks(one)[0])


def test_steps_are_as_long_as_the_free_run_allows():
    runs, weights = tanks()
    found, method = slopes.way(runs, first_weights(weights, 1, 0))
    assert method == EXPLICIT
    exact, explicit = (
        np.concatenate(replace(runs, options=options).simulate(first_weights(weights, 1, 0)))
        for options in (Options(rtol=1e-8), Options(method="rk4", max_step_s=found))
    )
    assert found <= SAMPLE_S
    assert np.abs(explicit - exact).max() < 5e-3


def test_a_plant_that_no_explicit_step_follows_is_followed_by_implicit_ones(monkeypatch):
    runs, weights = tanks()
    monkeypatch.setattr(slopes, "FINEST", 0)
    found, method = slopes.way(runs, first_weights(weights, 1, 0))
    assert method == IMPLICIT
    assert SAMPLE_S / 16 <= found <= SAMPLE_S


def test_a_tag_that_was_never_measured_does_not_count(monkeypatch):
    runs, weights = tanks()
    dumb = [replace(r, measured=r.measured * [1.0, np.nan], mask=r.mask & [True, False]) for r in runs.records]
    monkeypatch.setattr(slopes, "FINEST", 0)
    found = slopes.way(replace(runs, records=tuple(dumb)), first_weights(weights, 1, 0))
    assert SAMPLE_S / 16 <= found.step_s <= SAMPLE_S


def test_a_plant_that_no_step_follows_is_refused(monkeypatch):
    runs, weights = tanks()
    monkeypatch.setattr(slopes, "STEP_LIMIT", 0.0)
    monkeypatch.setattr(slopes, "SLOPE_LIMIT", 0.0)
    monkeypatch.setattr(slopes, "FINEST", 1)
    monkeypatch.setattr(slopes, "FINEST_IMPLICIT", 2)
    with pytest.raises(slopes.Untrainable, match=r"2 steps a sample of 20 s do not follow.*Take `layers` out"):
        slopes.way(runs, first_weights(weights, 1, 0))


def test_slopes_of_a_plant_with_algebraic_unknowns_are_central_differences_of_the_cost():
    """A pipe behind the tank: the pressure between pipe and orifice follows from both."""
    parts = (*PARTS[:1], Part("pipe", "pipe"), Part("drain", "orifice"), Part("floor", "reservoir"))
    links = (("upper.bottom", "pipe.inlet"), ("pipe.outlet", "drain.inlet"), ("drain.outlet", "floor.outlet"))
    network = Network("drain", "extra_outflow_ratio", "net", layers=(4, 3))
    model = compile_plant(Plant(parts, links, (network,)), ["upper.level_m", "pipe.outlet.pressure_pa"])
    assert model.islands[0].system.algebraic
    weights = weights_of(model, (network,))
    measured = np.tile([1.0, 1.04e5], (20, 1))
    record = Record(np.repeat(model.inputs[None], 20, axis=0), measured, np.ones((20, 2), bool), model.start)
    runs = free_runs(model, [record], SAMPLE_S, weights, rtol=1e-9)
    values = 0.3 * np.random.default_rng(4).normal(size=(len(weights), 1)) * weights.sd[:, None]
    precision = np.array([20.0, 1e-3])[runs.tag_of_row][:, None]
    cost_of = slopes.Slopes(runs, precision, np.full(len(runs.rows), 0.5), SAMPLE_S / 16, IMPLICIT)
    found = cost_of(values)[1]
    for row in range(0, len(values), 4):
        move = np.zeros_like(values)
        move[row] = 1e-3 * weights.sd[row]
        expected = (cost_of(values + move)[0] - cost_of(values - move)[0]) / 2e-3
        # the free run steps by itself, the slopes are of second order in a step of 1.25 s beside minutes
        np.testing.assert_allclose(found[row], expected, rtol=1e-3, atol=1e-4 * np.abs(found).max())


def test_slopes_are_central_differences_where_a_trend_is_declared():
    """Tanks whose holes are leaks, whose learned part rises with the pressure; some weights begin against the trend."""
    parts = (Part("upper", "tank", {"rim_level_m": 9.0}, {"level_m": 1.5}), Part("hole", "leak", {"area_m2": 1e-3}))
    network = Network("hole", "extra_leak_ratio", "net", layers=(4, 3))
    model = compile_plant(Plant(parts, (("upper.bottom", "hole.inlet"),), (network,)), ["upper.level_m"])
    weights = weights_of(model, (network,))
    record = Record(np.repeat(model.inputs[None], SAMPLES, axis=0), np.full((SAMPLES, 1), 1.0),
                    np.ones((SAMPLES, 1), bool), model.start)  # fmt: skip
    runs = free_runs(model, [record], SAMPLE_S, weights)
    values = np.random.default_rng(4).normal(size=(len(weights), 2)) * weights.sd[:, None]
    cost_of = slopes.Slopes(runs, np.full((len(runs.rows), 2), 20.0), np.full(len(runs.rows), 0.5), 5.0)
    found = cost_of(values)[1]
    for row in range(0, len(values), 3):
        move = np.zeros_like(values)
        move[row] = 1e-4 * weights.sd[row]
        expected = (cost_of(values + move)[0] - cost_of(values - move)[0]) / 2e-4
        np.testing.assert_allclose(found[row], expected, rtol=1e-5, atol=1e-6 * np.abs(found).max())
