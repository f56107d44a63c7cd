"""What a what-if says of a line: both runs, the rows that compare them, and a document with all that a page draws."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from physics.flow.bottleneck import Gain, gains
from physics.flow.kernels import tables
from physics.flow.pack import CompiledLine
from physics.flow.simulate import FlowRun, Status
from physics.flow.worlds import by_world
from twin.assembly.line import compile_layout, layout_of
from twin.prediction.remembered import Remembered
from twin.records.scenario import Change, ChangeKind, Outcome, Scenario
from twin.scenarios import line_kpis
from twin.scenarios.line_changes import changed
from twin.scenarios.line_run import alone
from twin.scenarios.line_warm import WarmUp, longest, warm_up
from twin.scenarios.verdict import verdict
from twin.scene import measured
from twin.scene.scene import Scene

Floats = NDArray[np.float64]
Media = Mapping[str, tuple[Floats, str, str]]

CANDIDATES, GAIN_WORLDS, GAIN_S = 4, 16, 2 * 86_400.0
"""Parts whose speed-up is tried, those that wait least, pairs of worlds for each, and the time that they count at most:
the answer comes with its interval, and a week of it would take longer than the week itself."""
GAIN_SEED = 0
"""Of those pairs, whatever the question's: what a speed-up is worth is then found once for a line."""


_kept_gains: Remembered[list[Gain]] = Remembered(16)
"""Those of the baseline are the same for questions in a row."""
MOST_EXCHANGES = 200
"""Of one run: a week's are then 50 minutes apart, far less than wear and temperatures of machines take."""


@dataclass(frozen=True)
class LinePair:
    """The line of the scene and the one with the changes, both after the same warm-up.

    Attributes: scene, for prices and couplings.
    """

    scene: Scene
    before: CompiledLine
    after: CompiledLine
    warm: WarmUp


def pair_of(scene: Scene, scenario: Scenario, *, begins_s: float) -> LinePair:
    """Both lines of a scenario.

    Args:
        scene: With a line.
        scenario: The question; its changes of kind SETTING are made.
        begins_s: Time since the calendars' beginning at which counting starts.
    Raises: InvalidInput, with every change that cannot be made, or every fault of the changed line.
    """
    layout = layout_of(scene)
    other = changed(layout, settings_of(scenario.changes))
    before = compile_layout(layout, scene)
    after = before if other == layout else compile_layout(other, scene)
    facts = {"horizon_s": scenario.horizon_s, "seed": scenario.seed, "begins_s": begins_s}
    warm = warm_up(before, **facts)  # type: ignore[arg-type]  # seconds and a seed
    if after is not before:
        warm = longest(warm, warm_up(after, **facts))  # type: ignore[arg-type]  # as above
    return LinePair(scene, before, after, warm)


def settings_of(changes: Sequence[Change]) -> list[tuple[int, Change]]:
    """Changes of the line, each with its number in the scenario."""
    return [(at, change) for at, change in enumerate(changes) if change.kind is ChangeKind.SETTING]


def compare_line(scenario: Scenario, pair: LinePair, *, provenance: dict[str, Any]) -> Outcome:
    """Answer a what-if of a plant that is a line alone."""
    both = run_alone(scenario, pair)
    answer = answer_line(scenario, pair, both, ({}, {}))
    good = (both[0].status == Status.OK) & (both[1].status == Status.OK)
    validity = {"inside": not answer["trouble"], "reasons": answer["trouble"]}
    found = answer.pop("rows")
    return Outcome(
        scenario=scenario,
        kpis=tuple(found),
        series={},
        failures=(),
        verdict=told(verdict(found, (), {"inside": True}, worlds=int(good.sum())) if good.any() else "", answer),
        validity=validity,
        provenance={**provenance, "digest": digest(both)},
        line=answer,
    )


def run_alone(scenario: Scenario, pair: LinePair) -> tuple[FlowRun, FlowRun]:
    """Both lines at their declared speeds, in the same worlds."""
    facts = {"horizon_s": scenario.horizon_s, "warm_s": pair.warm.warm_s}
    before, after = (
        alone(line, worlds=scenario.worlds, seed=scenario.seed, **facts) for line in (pair.before, pair.after)
    )
    return before, after


def answer_line(
    scenario: Scenario, pair: LinePair, both: tuple[FlowRun, FlowRun], media: tuple[Media, Media]
) -> dict[str, Any]:
    """Everything that both runs say, as a document; `rows` are figures as in `Outcome.kpis`.

    Args:
        scenario: The question.
        pair: Both lines.
        both: Their runs.
        media: What the physics took in each, by name: amount [W], SI unit and unit shown.
    """
    ranked = [_gains(scenario, pair, both[0])]
    ranked.append(ranked[0] if pair.after is pair.before else _gains(scenario, pair, both[1]))
    focus = next((gain.part for gain in ranked[0] if _is_station(both[0], gain.part)), "")
    runs = [line_kpis.figures(run, pair.scene, taken, focus=focus) for run, taken in zip(both, media, strict=True)]
    names = ("baseline", "scenario")
    coupled = bool(pair.scene.couplings)
    return {
        "rows": line_kpis.rows((runs[0], runs[1])),
        "how": _how(scenario, pair, coupled=coupled),
        "said": _said(ranked, line_kpis.names_of(pair.scene)),
        "trouble": [f"{name}: {text}" for name, run in zip(names, both, strict=True) for text in run.trouble()],
        **{name: _run(run, found) for name, run, found in zip(names, both, ranked, strict=True)},
    }


def _run(run: FlowRun, found: Sequence[Gain]) -> dict[str, Any]:
    """What one run's line did."""
    return {
        "parts": line_kpis.stations(run),
        "contents": line_kpis.contents(run),
        "lead_s": line_kpis.lead_times(run),
        "gains": [{"asset": gain.part, **asdict(gain.elasticity)} for gain in found],
    }


def told(words: str, answer: Mapping[str, Any]) -> str:
    """A verdict with what the line adds to it: worlds that ended early, and where a speed-up pays."""
    return " ".join(text for text in (words, *(f"{text}." for text in answer["trouble"]), answer["said"]) if text)


def digest(both: tuple[FlowRun, FlowRun]) -> str:
    """Of everything that was counted in both runs."""
    found = hashlib.sha256()
    for run in both:
        for counted in (run.finished, run.state_s, run.lead_sum_s, run.item_s, run.status):
            found.update(np.ascontiguousarray(counted).data)
    return found.hexdigest()


def masked(run: FlowRun, alive: NDArray[np.bool_]) -> FlowRun:
    """The run with worlds marked as stalled whose plant could not be simulated."""
    return run if alive.all() else replace(run, status=np.where(alive, run.status, Status.STALLED))


def _gains(scenario: Scenario, pair: LinePair, run: FlowRun) -> list[Gain]:
    """What a speed-up of each of the busiest parts is worth, at the declared speeds."""
    waits = (tables.BLOCKED, tables.STARVED, tables.OFF)
    idle = {
        name: float(np.nanmean(station.shares[:, waits].sum(axis=1)))
        for name, station in by_world(run).stations.items()
        if np.isfinite(station.shares).any() and run.line.place_kinds[run.line.places_of(name)[0]] != tables.VEHICLE
    }
    tried = sorted(idle, key=lambda name: idle[name])[:CANDIDATES]
    if not tried:
        return []
    facts = {
        "horizon_s": min(scenario.horizon_s, GAIN_S), "worlds": min(GAIN_WORLDS, scenario.worlds),
        "seed": GAIN_SEED, "warm_s": pair.warm.warm_s, "parts": tried,
    }  # fmt: skip
    key = repr((run.line.layout, sorted(facts.items())))
    return _kept_gains.get(key, lambda: gains(run.line, **facts))  # type: ignore[arg-type]  # as `gains` names them


def _is_station(run: FlowRun, part: str) -> bool:
    return bool(run.line.place_kinds[run.line.places_of(part)[0]] == tables.STATION)


def _how(scenario: Scenario, pair: LinePair, *, coupled: bool) -> str:
    text = (
        f"Replication-deletion: {scenario.worlds} independent worlds, each from an empty line, {pair.warm.how}; then "
        f"{scenario.horizon_s / 3600.0:.4g} h count. Intervals are Student's over worlds, differences are paired on "
        f"common random numbers."
    )
    if coupled:
        text += f" Line and physics meet every {exchange_of(pair.scene, scenario):.4g} s."
    names = line_kpis.names_of(pair.scene)
    cells = (f"{names[asset.id]}: {measured.told(asset, pair.scene.plant)}" for asset in measured.cells_of(pair.scene))
    return " ".join((text, *cells))


def exchange_of(scene: Scene, scenario: Scenario) -> float:
    """Time between exchanges: the scene's, but no more of them than a long horizon has patience for."""
    return max(scene.exchange_s, scenario.horizon_s / MOST_EXCHANGES)


def _said(ranked: Sequence[Sequence[Gain]], names: Mapping[str, str]) -> str:
    """Where a speed-up pays most, before and after, as far as the tried worlds can tell."""
    if not ranked[0]:
        return ""
    first = ranked[0][0]
    if not _sure(first):
        return "No speed-up of a single part clearly pays."
    text = f"A speed-up pays most at {names[first.part]} ({_percent(first)} of throughput for 1 %)"
    if ranked[1] and ranked[1][0].part != first.part and _sure(ranked[1][0]):
        return f"{text}; with the changes at {names[ranked[1][0].part]} ({_percent(ranked[1][0])})."
    return f"{text}."


def _sure(gain: Gain) -> bool:
    return gain.elasticity.mean > gain.elasticity.half_width


def _percent(gain: Gain) -> str:
    return f"{gain.elasticity.mean:.2f} ± {gain.elasticity.half_width:.2f} %"
