"""The two runs of a what-if: the plant with and without the changes, and its line beside it or coupled to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from physics.flow.pack import CompiledLine
from physics.flow.simulate import FlowRun
from physics.simulate.model import Model
from twin.assembly.assembly import Assembly
from twin.assembly.line import links_of
from twin.prediction.runs import Jump, Run, keep, run
from twin.prediction.worlds import Worlds
from twin.records.scenario import Scenario
from twin.scenarios import kpis as merit
from twin.scenarios.changes import Intervention
from twin.scenarios.line_compare import LinePair, exchange_of, masked, run_alone
from twin.scenarios.line_run import together
from twin.scene.line import CouplingKind
from twin.scene.scene import Reduction

Floats = NDArray[np.float64]
Tell = Callable[[float], None]

READ_BY_LINE = (CouplingKind.SPEED, CouplingKind.DERATE, CouplingKind.TRIP)
"""Couplings that read an output of the plant."""


@dataclass(frozen=True)
class Both:
    """Baseline and scenario: runs of the plant, and of its line where it has one."""

    before: Run
    after: Run
    lines: tuple[FlowRun, FlowRun] | None = None


def both(
    scenario: Scenario,
    worlds: Worlds,
    assembly: Assembly,
    line: LinePair | None,
    doing: Intervention,
    inputs: tuple[Floats, Floats],
    tell: Tell | None,
) -> Both:
    """Run the worlds twice, the second time with what is done.

    Args:
        scenario: The question.
        worlds: Of the plant.
        assembly: For its couplings.
        line: Both lines, None for a plant without.
        doing: What the scenario does to the plant.
        inputs: Of the plant in each run, shape [T, I] or [T, I, W].
        tell: Called with the share done.
    """
    jumps = (keep, doing.jump)
    halves = [_half(tell, 0.0), _half(tell, 0.5)]
    if line is not None and assembly.couplings:
        compiled = (line.before, line.after)
        pairs = [
            _coupled(scenario, worlds, assembly, line, compiled[at], inputs[at], doing.cuts, jumps[at], halves[at])
            for at in (0, 1)
        ]
        return Both(pairs[0][0], pairs[1][0], (pairs[0][1], pairs[1][1]))
    before, after = (
        run(worlds, inputs[at], scenario.sample_s, cuts=doing.cuts, jump=jumps[at], tell=halves[at]) for at in (0, 1)
    )
    return Both(before, after, None if line is None else run_alone(scenario, line))


def held(inputs: Floats, assembly: Assembly, model: Model) -> Floats:
    """Inputs with those that the line switches at what they are while it runs, shape as before."""
    found = inputs.copy()
    for item in assembly.couplings:
        if item.kind is CouplingKind.DRIVE:
            found[:, model.input_names.index(item.quantity)] = item.numbers["running"]
    return found


def media(assembly: Assembly, model: Model, outputs: Floats, sample_s: float) -> Mapping[str, tuple[Floats, str, str]]:
    """What the plant took over the run: its integrals that should be low, by name: amount [W], SI unit, unit shown."""
    shown = {item.name: item.conversion.unit for item in assembly.kpis}
    return {
        kpi.name: (merit.evaluate(kpi, model, outputs, sample_s), kpi.unit, shown.get(kpi.name, "kWh"))
        for kpi in merit.kpis_of(assembly)
        if kpi.reduction is Reduction.INTEGRAL and kpi.better == "lower"
    }


def _coupled(
    scenario: Scenario, worlds: Worlds, assembly: Assembly, pair: LinePair, line: CompiledLine, inputs: Floats,
    cuts: tuple[int, ...], jump: Jump, tell: Tell | None,
) -> tuple[Run, FlowRun]:  # fmt: skip
    found = together(
        line, worlds, inputs, links_of(assembly.couplings), sample_s=scenario.sample_s,
        exchange_s=exchange_of(pair.scene, scenario), warm_s=pair.warm.warm_s, seed=scenario.seed, cuts=cuts,
        jump=jump, tell=tell,
    )  # fmt: skip
    return found.plant, masked(found.line, found.plant.alive)


def _half(tell: Tell | None, offset: float) -> Tell | None:
    return None if tell is None else lambda done: tell(offset + done / 2)
