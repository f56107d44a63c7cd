"""The two runs of a what-if: the plant with and without the changes, and its line beside it or coupled to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from physics.flow.simulate import FlowRun
from physics.simulate.model import Model
from twin.assembly.assembly import Assembly
from twin.assembly.line import links_of
from twin.prediction.remembered import array_bytes, digest
from twin.prediction.runs import Jump, Run, keep, run
from twin.prediction.worlds import Worlds
from twin.records.scenario import Scenario
from twin.scenarios import kpis as merit
from twin.scenarios.beside import beside
from twin.scenarios.changes import Intervention
from twin.scenarios.line_compare import LinePair, exchange_of, masked, run_alone
from twin.scenarios.line_compare import digest as line_digest
from twin.scenarios.line_run import together
from twin.scene.line import CouplingKind
from twin.scene.scene import Reduction

Floats = NDArray[np.float64]
Tell = Callable[[float], None]

READ_BY_LINE = (CouplingKind.SPEED, CouplingKind.DERATE, CouplingKind.TRIP)
"""Couplings that read an output of the plant."""


@dataclass(frozen=True)
class Half:
    """One run: of the plant, and of a line that is coupled to it; it holds on to its worlds.

    `digest` names all that the plant did.
    """

    worlds: Worlds
    plant: Run
    line: FlowRun | None = None
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        """Here both runs' are worked out side by side, and a remembered one's is remembered."""
        object.__setattr__(self, "digest", digest(self.plant.outputs))

    @property
    def held_bytes(self) -> int:
        """What it takes to keep."""
        return array_bytes(self.worlds, self.plant, *([] if self.line is None else [self.line]))


Remember = Callable[[tuple[Floats | str, ...], Callable[[], Half]], Half]
"""Gives the run that was made of the same arrays and words before, else makes it."""


def anew(_made_of: tuple[Floats | str, ...], compute: Callable[[], Half]) -> Half:
    """Remembers nothing."""
    return compute()


@dataclass(frozen=True)
class Both:
    """Baseline and scenario: runs of the plant, their digest, and runs of its line where it has one."""

    before: Run
    after: Run
    digest: str
    lines: tuple[FlowRun, FlowRun] | None = None


def both(
    scenario: Scenario,
    worlds: Worlds,
    assembly: Assembly,
    line: LinePair | None,
    doing: Intervention,
    inputs: tuple[Floats, Floats],
    *,
    remember: Remember = anew,
    tell: Tell | None = None,
) -> Both:
    """Run the worlds twice, the second time with what is done.

    Args:
        scenario: The question.
        worlds: Of the plant.
        assembly: For its couplings.
        line: Both lines, None for a plant without.
        doing: What the scenario does to the plant.
        inputs: Of the plant in each run, shape [T, I] or [T, I, W].
        remember: Asked for the baseline, which questions in a row share.
        tell: Called with the share done.
    """
    coupled = None if line is None or not assembly.couplings else line

    def half(at: int, jump: Jump, told: Tell) -> Half:
        if coupled is None:
            return Half(worlds, run(worlds, inputs[at], scenario.sample_s, cuts=doing.cuts, jump=jump, tell=told))
        compiled = (coupled.before, coupled.after)[at]
        found = together(
            compiled, worlds, inputs[at], links_of(assembly.couplings), sample_s=scenario.sample_s,
            exchange_s=exchange_of(coupled.scene, scenario), warm_s=coupled.warm.warm_s, seed=scenario.seed,
            cuts=doing.cuts, jump=jump, tell=told,
        )  # fmt: skip
        return Half(worlds, found.plant, masked(found.line, found.plant.alive))

    words = _words(scenario, worlds, assembly, coupled, doing)
    made_of = (words, worlds.parameters, worlds.start, inputs[0])
    before, after = beside(
        [lambda told: remember(made_of, lambda: half(0, keep, told)), lambda told: half(1, doing.jump, told)], tell
    )
    if before.line is not None and after.line is not None:
        found: tuple[FlowRun, FlowRun] | None = (before.line, after.line)
    else:
        found = None if line is None else run_alone(scenario, line)
    return Both(before.plant, after.plant, digest(before.digest, after.digest, *_named(found)), found)


def _named(runs: tuple[FlowRun, FlowRun] | None) -> tuple[str, ...]:
    """The name of what was counted in a line."""
    return () if runs is None else (line_digest(runs),)


def _words(scenario: Scenario, worlds: Worlds, assembly: Assembly, line: LinePair | None, doing: Intervention) -> str:
    """All that a baseline is made of beside its worlds and inputs."""
    facts: tuple[object, ...] = (id(worlds.model), scenario.sample_s, doing.cuts)
    if line is not None:
        exchange_s = exchange_of(line.scene, scenario)
        facts += (scenario.seed, repr(line.before.layout), assembly.couplings, exchange_s, line.warm.warm_s)
    return repr(facts)


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

    def series(path: str) -> Floats:
        return np.asarray(outputs[:, model.output_names.index(path)])

    return {
        kpi.name: (merit.evaluate(kpi, series, sample_s), kpi.unit, shown.get(kpi.name, "kWh"))
        for kpi in merit.kpis_of(assembly)
        if kpi.reduction is Reduction.INTEGRAL and kpi.better == "lower"
    }
