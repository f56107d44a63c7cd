"""Whether a candidate may serve at all, however well it predicts: it keeps physics, lasts, and knows where it ends."""

from __future__ import annotations

from typing import Any

import numpy as np
import sympy as sp

from physics.compiler import correction, memory
from physics.contract import Component
from physics.network.plant import Network
from physics.simulate.rollout import rollout
from physics.trial import books
from residual_models.levenberg import Array
from twin.calibration.replay import worlds as members_of
from twin.calibration.study import Study
from twin.records.model import Calibration, Residual

STABLE_STEPS = 100_000
"""So many samples in a row a candidate must run without coming apart, its wear held at today's."""
APART = 1e4
"""A state that has grown to so many times its usual size has left every plant."""
HEALED = 1e-6
"""A wear state that falls by less, in shares of its size, has been rounded, not healed."""
BEYOND = 0.01
"""So far beyond the end of its fade-out a correction is looked at, in units of a feature."""


def suite(
    ready: Study, calibration: Calibration, residual: Residual | None, *, steps: int = STABLE_STEPS
) -> list[dict[str, Any]]:
    """Checks that need the engine: balances and signs, wear, stability, and fading out off the support.

    Args:
        ready: The window and the plant; its inputs are what the long run repeats.
        calibration: Of the candidate.
        residual: Its corrections, None for physics alone.
        steps: Length of the long run, samples.
    """
    found = [_balances(ready), *_lasting(ready, calibration, residual, steps)]
    return found if residual is None else [*found, _fading(ready, residual)]


def _balances(ready: Study) -> dict[str, Any]:
    """Energy books close and no part makes work, whatever the corrections say within their range."""
    kinds = _learning(ready).values()
    faults = [fault for kind in dict.fromkeys(kinds) for trial in (books.books, books.work) for fault in trial(kind)]
    text = "; ".join(f"{fault.where}: {fault.got}" for fault in faults)
    return {
        "name": "balances and signs",
        "passed": not faults,
        "text": text or f"{len(set(kinds))} learning types hold",
    }


def _lasting(ready: Study, calibration: Calibration, residual: Residual | None, steps: int) -> list[dict[str, Any]]:
    """One long run over the window's inputs again and again: it lasts, and wear never falls."""
    model, slow = ready.model, ready.model.slow
    parameters, starts = members_of(ready, calibration, residual)
    inputs = np.concatenate([record.inputs for record in ready.runs.records])
    state, done, alive = starts.copy(), 0, np.ones(starts.shape[1], bool)
    least = np.inf
    while done < steps and alive.all():
        piece = inputs[: steps - done]
        run = rollout(
            model, inputs=piece, sample_s=ready.window.step_s, parameters=parameters, start=state,
            options=ready.runs.options,
        )  # fmt: skip
        near = np.abs(run.final) < APART * np.maximum(model.nominal, 1e-300)[:, None]
        alive = alive & (run.status == 0) & near.all(axis=0)
        grown = (run.final - state)[slow] / np.maximum(np.abs(state[slow]), 1.0)
        least = min(least, float(grown[:, alive].min())) if slow.any() and alive.any() else least
        state = np.where(slow[:, None], starts, run.final)
        done += len(piece)
    lost = int((~alive).sum())
    return [
        {
            "name": "stable in a long run",
            "passed": lost == 0,
            "steps": done,
            "text": f"{lost} of {len(alive)} members came apart in {done:,} samples",
        },
        {
            "name": "wear only grows",
            "passed": least >= -HEALED,
            "text": "no part wears"
            if not slow.any()
            else f"least growth {least:.2g}"
            if least < 0
            else "it never fell",
        },
    ]


def _fading(ready: Study, residual: Residual) -> dict[str, Any]:
    """Every correction of every member has an end, and just beyond its fade-out it is zero, feature by feature."""
    kinds = _learning(ready)
    weights = {name: residual.weights[:, column] for column, name in enumerate(residual.names)}
    left = []
    for network in ready.assembly.plant.corrections:
        sides = [np.abs(values).max() for name, values in weights.items() if _is_box(name, network.key)]
        largest = max(map(abs, _beyond(network, kinds[network.part], weights)), default=np.inf)
        if largest > 0.0 or max(sides, default=np.inf) >= correction.UNBOUNDED:
            left.append(f"{network.part}.{network.correction} ({largest:.2g} left)")
    return {"name": "fades out off its data", "passed": not left, "text": ", ".join(left) or "to zero, every member"}


def _is_box(name: str, key: str) -> bool:
    return name.startswith((f"{key}.low_", f"{key}.high_"))


def _beyond(network: Network, kind: type[Component], weights: dict[str, Array]) -> list[float]:
    """Values of a correction just outside its box, for every member, side and feature."""
    declared = next(item for item in kind.declaration.corrections if item.name == network.correction)
    count = sum(name.startswith(f"{network.key}.low_") for name in weights)
    if network.layers:
        trace = correction.bounds(declared, count)
    else:
        trace = correction.network(declared, count, network.hidden, network.memory)
    value = sp.lambdify(list(trace.symbols.values()), trace.equations[correction.VALUE], "numpy")
    found = []
    for member in range(len(next(iter(weights.values()), ()))):
        low, high = (
            np.array([weights[f"{network.key}.{side}_{at}"][member] for at in range(count)]) for side in ("low", "high")
        )
        margin = correction.LEAST_MARGIN + correction.MARGIN_RATIO * (high - low) + BEYOND
        for at in range(count):
            for outside in (low[at] - margin[at], high[at] + margin[at]):
                point = np.where(np.arange(count) == at, outside, (low + high) / 2)
                given = {correction.feature_name(j): point[j] for j in range(count)} | {correction.RAW: 1.0}
                given |= {memory.state_name(unit): 1.0 for unit in range(network.memory)}
                numbers = [
                    given[name] if name in given else weights[f"{network.key}.{name}"][member] for name in trace.symbols
                ]
                found.append(float(value(*numbers)))
    return found


def _learning(ready: Study) -> dict[str, type[Component]]:
    """Type of every part that learns."""
    types = {part.id: ready.assembly.types[part.type] for part in ready.assembly.plant.parts}
    return {network.part: types[network.part] for network in ready.assembly.plant.corrections}
