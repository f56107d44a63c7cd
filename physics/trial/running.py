"""In the engine: a type runs on its bench, its wear only grows there, and its derivatives agree with differences."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from physics.catalogue import CatalogueFault
from physics.compiler.evaluation import evaluate
from physics.compiler.system import System
from physics.contract import Component, Kind
from physics.network.faults import PlantRefused
from physics.simulate.model import IslandModel, Model, compile_plant
from physics.simulate.rollout import Rollout, Status, rollout
from physics.trial.bench import bench
from physics.trial.points import Floats

SAMPLES, SAMPLE_S = 6, 30.0

STEP_RATIO = 1e-7
"""Relative step of central differences: far inside the narrowest kink, far above rounding."""

DERIVATIVE_TOLERANCE = 1e-5
"""Share of the row's largest derivative."""

NEGLIGIBLE_PER_S = 1e-17
"""A row whose largest slope moves its unknown by less than this share of its size a second is taken as standing still:
over thirty years that is a hundred-millionth."""

ROUNDING = 1e-14
"""Wear may step back by this much while its part comes to rest: an error of a step far below its tolerance."""


def on_the_bench(kind: type[Component], types: Mapping[str, type[Component]]) -> list[CatalogueFault]:
    """Three minutes on the bench.

    Args:
        kind: The type.
        types: The catalogue that it joins, which the bench is built from.
    """
    states = [f"{kind.name}.{q.name}" for q in kind.declaration.quantities if q.kind is Kind.STATE]
    try:
        model = compile_plant(bench(kind), states, types={**types, kind.name: kind})
    except PlantRefused as refused:
        return [CatalogueFault(fault.where, fault.got, fault.need, fault.next_step) for fault in refused.faults]
    run = rollout(model, inputs=np.repeat(model.inputs[None], SAMPLES, axis=0), sample_s=SAMPLE_S)
    if run.status[0] != Status.OK:
        got = f"{Status(run.status[0]).name} after {run.failed_at_s[0]:g} s on a bench"
        return [CatalogueFault(kind.name, got, "a run at its default numbers")]
    slow = [q.name for q in kind.declaration.quantities if q.slow]
    return [*_healed(kind, run, states, slow), *wrong_slopes(model, run.final[:, 0])]


def _healed(kind: type[Component], run: Rollout, states: list[str], slow: list[str]) -> list[CatalogueFault]:
    found = []
    for name in slow:
        step = float(np.min(np.diff(run.outputs[:, states.index(f"{kind.name}.{name}"), 0])))
        if step < -ROUNDING:
            found.append(CatalogueFault(f"{kind.name} {name}", f"a fall by {-step:g}", "wear that only grows"))
    return found


def wrong_slopes(model: Model, z: Floats) -> list[CatalogueFault]:
    """Entries of the Jacobians that central differences contradict at a point [Z]."""
    return [fault for island in model.islands for fault in _wrong_in(island, model, z)]


def _wrong_in(island: IslandModel, model: Model, z: Floats) -> list[CatalogueFault]:
    system, n = island.system, len(island.states)
    if not n:
        return []
    nominal, at = model.nominal[island.states], z[island.states]
    steps = STEP_RATIO * np.maximum(np.abs(at), nominal)
    points = at[:, None] + np.concatenate([np.diag(steps), -np.diag(steps)], axis=1)
    numbers = (model.parameters[island.parameters], model.inputs[island.inputs])
    rows = evaluate(system.tape, [row.name for row in system.rows], points, *numbers)
    numeric = (rows[:, :n] - rows[:, n:]) / (2 * steps)
    exact = _jacobian(system, at, *numbers)
    largest = np.maximum(np.max(np.abs(exact) * nominal, axis=1, keepdims=True), NEGLIGIBLE_PER_S * nominal[:, None])
    wrong = np.argwhere(np.abs(exact - numeric) * nominal / largest > DERIVATIVE_TOLERANCE)
    names = [unknown.name for unknown in system.unknowns]
    return [
        CatalogueFault(
            f"d({names[i]}) / d({names[j]})",
            f"{exact[i, j]:g} by formula, {numeric[i, j]:g} by differences",
            "one value",
            "A kink or a jump lies here: round it (laws/smooth.py) or make it an event.",
        )
        for i, j in wrong
    ]


def _jacobian(system: System, z: Floats, parameters: Floats, inputs: Floats) -> Floats:
    entries = system.jacobian
    exact = np.zeros((len(z), len(z)))
    values = evaluate(system.tape, list(entries.values()), z, parameters, inputs)[:, 0]
    for entry, value in zip(entries, values, strict=True):
        exact[entry] = value
    return exact
