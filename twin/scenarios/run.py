"""Answers a what-if: the same worlds with and without the changes, compared pair by pair."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from physics.simulate.model import Model
from twin.assembly.assembly import Assembly
from twin.prediction.failure_modes import FailureMode, limit_of, modes_of
from twin.prediction.model_error import offsets
from twin.prediction.runs import Run
from twin.prediction.shares import share
from twin.prediction.worlds import Worlds
from twin.records.model import Band
from twin.records.scenario import Outcome, Scenario
from twin.scenarios import kpis as merit
from twin.scenarios.both import READ_BY_LINE, Both, Remember, anew, both, held, media
from twin.scenarios.changes import prepare
from twin.scenarios.line_compare import LinePair, answer_line, told
from twin.scenarios.paired import Difference, difference, spread
from twin.scenarios.validity import Envelope, judge
from twin.scenarios.verdict import verdict

Floats = NDArray[np.float64]
Tell = Callable[[float], None]
Read = Callable[[str], Floats]

POINTS = 241
"""Points kept of each series: every two minutes of eight hours."""
REASONS = 2
"""How many reasons for lost worlds are told of each side."""
QUANTILES = {"p05": 0.05, "p50": 0.50, "p95": 0.95}


@dataclass(frozen=True)
class Setting:
    """Where a scenario starts from: plant, possible worlds, what drives them, what is known of the model, its line.

    `followed` is whether the worlds stand where the log was followed to: then the band grows from there. `remember`
    knows baselines of earlier questions.
    """

    assembly: Assembly
    worlds: Worlds
    inputs: Floats
    band: Band | None = None
    envelope: Envelope | None = None
    line: LinePair | None = None
    followed: bool = True
    remember: Remember = anew


def observed(assembly: Assembly) -> tuple[str, ...]:
    """Quantities that a what-if watches beside the sensors."""
    crossing = [item.quantity for item in assembly.couplings if item.kind in READ_BY_LINE]
    return (*merit.paths_of(merit.kpis_of(assembly)), *(mode.path for mode in modes_of(assembly)), *crossing)


def compare(scenario: Scenario, setting: Setting, *, provenance: dict[str, Any], tell: Tell | None = None) -> Outcome:
    """Run baseline and scenario and compare them.

    Args:
        scenario: The question; its worlds and seed are those of `setting`.
        setting: Compiled with `observed` quantities.
        provenance: What the caller knows of where the numbers come from; the digest of the runs is added.
        tell: Called with the share done.
    Raises: InvalidInput, with every change that cannot be made.
    """
    worlds, assembly, model = setting.worlds, setting.assembly, setting.worlds.model
    doing = prepare(scenario.changes, assembly, model, samples=len(setting.inputs), sample_s=scenario.sample_s)
    inputs = held(setting.inputs, assembly, model)
    driven = doing.schedule(inputs)
    runs = both(scenario, worlds, assembly, setting.line, doing, (inputs, driven), remember=setting.remember, tell=tell)
    before, after = runs.before, runs.after
    alive = before.alive & after.alive
    pair = tuple(_alive(item, alive) for item in (before, after))
    of_line = _line(scenario, setting, runs, pair)
    places = [model.output_names.index(path) for path in assembly.outputs]
    levels = tuple(item[:, places] for item in pair)
    error = offsets(
        levels[0], assembly.sensor_tags, setting.band,
        sample_s=scenario.sample_s, followed=setting.followed, seed=scenario.seed,
    )  # fmt: skip
    error.add(*levels)
    by_path = [dict(zip(assembly.outputs, np.moveaxis(level, 1, 0), strict=True)) for level in levels]
    plain = [_reader(model, item, {}) for item in pair]
    shown = [_reader(model, item, own) for item, own in zip(pair, by_path, strict=True)]
    figures = tuple(_kpi_row(kpi, plain, shown, scenario.sample_s) for kpi in merit.kpis_of(assembly))
    failed = tuple(_failure_row(mode, worlds, pair) for mode in modes_of(assembly))
    valid = judge(
        scenario.changes,
        worlds,
        _tag_series(assembly, model, levels[1], driven),
        setting.envelope,
        alive=alive,
        why=tuple(dict.fromkeys(str(reason) for run in (before, after) for reason in run.why[:REASONS])),
    )
    rows = (*of_line.pop("rows", ()), *figures)
    words = verdict(rows, failed, valid, worlds=int(alive.sum()))
    if of_line.get("trouble"):
        valid = {"inside": False, "reasons": [*valid["reasons"], *of_line["trouble"]]}
    return Outcome(
        scenario=scenario,
        kpis=rows,
        series=_series(assembly, levels, scenario.sample_s),
        failures=failed,
        verdict=told(words, of_line) if of_line else words,
        validity=valid,
        provenance={**provenance, "digest": runs.digest},
        line=of_line,
    )


def _line(scenario: Scenario, setting: Setting, runs: Both, pair: tuple[Floats, ...]) -> dict[str, Any]:
    """What the line says, with what the plant took for it; nothing for a plant without."""
    if setting.line is None or runs.lines is None:
        return {}
    taken = [media(setting.assembly, setting.worlds.model, item, scenario.sample_s) for item in pair]
    return answer_line(scenario, setting.line, runs.lines, (taken[0], taken[1]))


def _alive(item: Run, alive: NDArray[np.bool_]) -> Floats:
    return item.outputs if alive.all() else np.where(alive, item.outputs, np.nan)


def _reader(model: Model, outputs: Floats, own: Mapping[str, Floats]) -> Read:
    """Gives a quantity by its path, shape [T, W]: those of `own` as they stand there, others from the outputs."""

    def read(path: str) -> Floats:
        return own[path] if path in own else np.asarray(outputs[:, model.output_names.index(path)])

    return read


def _kpi_row(kpi: merit.Kpi, plain: Sequence[Read], shown: Sequence[Read], sample_s: float) -> dict[str, Any]:
    """Levels with the model's error, the difference without: it is equal in both runs and would cancel."""
    with_error = [merit.evaluate(kpi, read, sample_s) for read in shown]
    exact = [merit.evaluate(kpi, read, sample_s) for read in plain]
    return {
        "name": kpi.name,
        "unit": kpi.unit,
        "better": kpi.better,
        "baseline": asdict(spread(with_error[0])),
        "scenario": asdict(spread(with_error[1])),
        "difference": _flat(difference(exact[0], exact[1])),
    }


def _flat(found: Difference) -> dict[str, Any]:
    row = asdict(found)
    return {**row.pop("spread"), **row}


def _failure_row(mode: FailureMode, worlds: Worlds, pair: tuple[Floats, ...]) -> dict[str, Any]:
    """Share of worlds in which the limit is reached within the horizon, and the wear at its end over the limit."""
    place, limit = worlds.model.output_names.index(mode.path), limit_of(mode, worlds)
    row: dict[str, Any] = {"asset": mode.asset, "mode": mode.mode, "action": mode.action}
    for name, outputs in zip(("baseline", "scenario"), pair, strict=True):
        path = outputs[:, place]
        known = np.isfinite(path).all(axis=0)
        reached = (path[:, known] >= limit[known]).any(axis=0)
        row[name] = {**share(int(reached.sum()), int(known.sum())), "wear": asdict(spread(path[-1] / limit))}
    row["wear_difference"] = _flat(difference(pair[0][-1, place] / limit, pair[1][-1, place] / limit))
    return row


def _series(assembly: Assembly, levels: tuple[Floats, ...], sample_s: float) -> dict[str, dict[str, Any]]:
    rows = np.unique(np.linspace(0, len(levels[0]) - 1, POINTS).round().astype(np.int64))
    found = {}
    for place, tag in enumerate(assembly.sensor_tags):
        entry: dict[str, Any] = {"unit": assembly.units[tag].si_unit, "times_s": (rows * sample_s).tolist()}
        for name, level in zip(("baseline", "scenario"), levels, strict=True):
            values = level[rows, place]
            known = values[:, np.isfinite(values).all(axis=0)]
            if known.shape[1]:
                curves = np.quantile(known, list(QUANTILES.values()), axis=1)
                entry[name] = dict(zip(QUANTILES, curves.tolist(), strict=True))
        found[tag] = entry
    return found


def _tag_series(assembly: Assembly, model: Model, levels: Floats, driven: Floats) -> dict[str, Floats]:
    series = {tag: levels[:, place] for place, tag in enumerate(assembly.sensor_tags)}
    for tag, path in zip(assembly.input_tags, assembly.drives, strict=True):
        if path in model.input_names:
            series[tag] = driven[:, model.input_names.index(path)]
    return series
