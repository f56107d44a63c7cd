"""Candidates that must not serve: one that comes apart, one whose correction never fades, one whose part makes work."""

import numpy as np
import pytest

from physics.compiler.correction import UNBOUNDED
from physics.components.conductance import Conductance
from physics.contract import Correction, Port, Quantity
from tests.twin import warm_block
from tests.twin.calibration.test_replay import calibration
from twin.records.model import Residual
from twin.services import admissibility

TRUE = calibration((warm_block.CAPACITY_J_PER_K, warm_block.CONDUCTANCE_W_PER_K))
KEY = "wall/extra_conductance_ratio"


def residual(*, box=1.0):
    """Two members with some weights, trained inside a box of features."""
    rng = np.random.default_rng(3)
    names = [*warm_block.ready().weights.names]
    limits = [f"{KEY}.{side}_{at}" for side in ("low", "high") for at in range(2)]
    edges = [-box, -box, box, box]
    weights = np.concatenate([0.3 * rng.normal(size=(2, len(names))), np.tile(edges, (2, 1))], axis=1)
    return Residual((*names, *limits), weights, (), np.zeros((2, 0)), {"TT-1": 0.1})


def failed(ready, known=TRUE, learned=None):
    found = admissibility.suite(ready, known, learned, steps=2000)
    return {test["name"]: test["text"] for test in found if not test["passed"]}


def test_a_sound_candidate_passes_every_check():
    found = admissibility.suite(warm_block.ready(), TRUE, residual(), steps=2000)
    assert [test["name"] for test in found] == [
        "balances and signs", "stable in a long run", "wear only grows", "fades out off its data",
    ]  # fmt: skip
    assert all(test["passed"] for test in found)
    assert found[1]["steps"] == 2000


def test_a_correction_without_an_end_does_not_fade():
    assert "fades out off its data" in failed(warm_block.ready(), learned=residual(box=UNBOUNDED))


def test_a_run_that_comes_apart_is_counted():
    """A block whose capacity is negative warms the faster the warmer it is."""
    broken = calibration((-warm_block.CAPACITY_J_PER_K, warm_block.CONDUCTANCE_W_PER_K))
    assert failed(warm_block.ready(), broken)["stable in a long run"].startswith("1 of 1 members came apart")


def test_a_type_whose_correction_loses_heat_is_refused(monkeypatch):
    def law(self, m):
        """Heat that arrives on the other side only by half of what the correction says."""
        found = Conductance.law(self, m)
        return {**found, "b.heat_flow_w": found["b.heat_flow_w"] * (1 - m.extra_conductance_ratio / 2)}

    declared = {
        name: item for name, item in vars(Conductance).items() if isinstance(item, Port | Quantity | Correction)
    }
    leaking = type("Leaking", (Conductance,), {**declared, "name": "leaking", "law": law})
    monkeypatch.setattr(admissibility, "_learning", lambda _ready: {"wall": leaking})
    assert failed(warm_block.ready())["balances and signs"].startswith("leaking energy: books open by")


@pytest.mark.parametrize("steps", [300, 450])
def test_the_long_run_is_as_long_as_asked(steps):
    found = admissibility.suite(warm_block.ready(), TRUE, None, steps=steps)
    assert found[1]["steps"] == steps
