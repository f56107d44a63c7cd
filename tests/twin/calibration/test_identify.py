from dataclasses import replace

import numpy as np
import pytest

from physics.simulate.rollout import Options
from residual_models.train import Fit
from tests.twin import warm_block
from twin.assembly.assemble import assemble
from twin.calibration.fit import posterior
from twin.calibration.identify import identify
from twin.calibration.study import study
from twin.records.window import SignalWindow
from twin.scene.load import load

TWO_WALLS = warm_block.TEXT.replace(
    "  - {id: air, type: ambient}",
    "  - {id: roof, type: conductance, parameters: {conductance_w_per_k: {prior: 3.0, sd: 4.0}}}\n"
    "  - {id: air, type: ambient}",
).replace("  - [wall.b, air.heat]", "  - [wall.b, air.heat]\n  - [block.heat, roof.a]\n  - [roof.b, air.heat]")
CAPACITY, WALL, ROOF = "block.heat_capacity_j_per_k", "wall.conductance_w_per_k", "roof.conductance_w_per_k"
SIGMA_K = 0.05


def at_rest(text, samples=200, power_w=200.0):
    """A block that has long been warm: power and temperature stand still."""
    assembly = assemble(load(text))
    steady_k = warm_block.ROOM_K + power_w / 10.0
    window = SignalWindow(
        "warm-block", 0, warm_block.STEP_S, ("TT-1",), np.full((samples, 1), steady_k), np.ones((samples, 1), bool),
        ("PC-1",), np.full((samples, 1), power_w), np.ones(samples, bool), ((0, samples),), 0,
    )  # fmt: skip
    ready = study(assembly, assembly.compile(), window)
    start = ready.model.start.copy()
    start[ready.model.state_names.index("block.heat.temperature_k")] = steady_k
    return ready, start


def looked_at(text, values, tau=1.0):
    ready, start = at_rest(text)
    order = [values[name] for name in ready.runs.numbers.names]
    found = Fit(
        np.array(order)[:, None], np.zeros((1, len(order), len(order))), np.zeros(1), np.array([SIGMA_K]),
        np.array([tau]), (start[:, None],), (np.zeros((200, 1, 1)),),
    )  # fmt: skip
    implicit = replace(ready.runs.with_starts([start]), options=Options(method="rodas4"))
    ready = replace(ready, runs=implicit)
    told = posterior(ready, found, 0)
    return ready, told, identify(ready, told)


def test_at_rest_capacity_stays_open_and_a_test_of_the_heater_would_tell_it():
    ready, told, found = looked_at(warm_block.TEXT, {CAPACITY: 2000.0, WALL: 10.0})
    assert found.directions[0].names == (CAPACITY,)
    assert found.directions[0].left == pytest.approx(1.0, abs=0.02)
    assert "leaves 100 %" in found.directions[0].text
    best = found.remedies[0]
    assert (best.kind, best.what, best.number) == ("test", "heater.power_w", CAPACITY)
    assert best.left < 0.2
    assert best.gain_nats > 1.0


def test_two_walls_in_parallel_trade_off_one_for_one():
    _ready, _told, found = looked_at(TWO_WALLS, {CAPACITY: 2000.0, WALL: 7.0, ROOF: 3.0})
    pair = found.pairs[0]
    assert {pair.first, pair.second} == {WALL, ROOF}
    assert pair.correlation < -0.99
    assert "lowering" in pair.text
    assert "by 1," in pair.text or pair.text.split(" by ")[2].startswith(("0.99", "1"))
    difference = next(one for one in found.directions if set(one.names) == {WALL, ROOF})
    np.testing.assert_allclose(np.abs(difference.weights), np.sqrt(0.5), atol=1e-3)
    assert difference.left == pytest.approx(1.0, abs=0.01)


def test_a_lasting_error_counts_once_in_each_correlation_time():
    # At rest the slope is dT/dG = -P/G² = -2 K per W/K, in prior spreads -8 K; the first samples warm up to it from the
    # held start. Precision is 1 + n (8 / 0.05)² for n samples of their own.
    _ready, often, _found = looked_at(warm_block.TEXT, {CAPACITY: 2000.0, WALL: 10.0})
    _ready, rarely, report = looked_at(warm_block.TEXT, {CAPACITY: 2000.0, WALL: 10.0}, tau=20.0)
    at = 1
    assert (often.precision[at, at] - 1.0) / (rarely.precision[at, at] - 1.0) == pytest.approx(20.0, rel=1e-6)
    assert rarely.precision[at, at] == pytest.approx(10 * (8.0 / SIGMA_K) ** 2, rel=0.2)
    assert report.independent["TT-1"] == pytest.approx(10.0)
