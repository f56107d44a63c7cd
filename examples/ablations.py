"""What each habit of the training is worth: one thing changed at a time, scored by the free run over the test record.

The usual training is made a little shorter than a night's, so that many fit into one run; `every` samples of a fast log
are averaged into one. The hybrid is scored as it comes out, whatever a gate would say, its features unbounded.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from physics.simulate.rollout import rollout
from residual_models.dataset import START, FreeRuns, Numbers, Record, averaged
from residual_models.ensemble import central, cross_fit
from residual_models.starts import settle
from residual_models.train import Fit, Plan, fit
from twin.assembly.assemble import assemble
from twin.calibration.fit import first_guesses
from twin.calibration.replay import START_SAMPLES
from twin.calibration.study import Study, study
from twin.scene.scene import Asset
from twin.services import plants, windows
from twin.services.context import Context

Array = np.ndarray
USUAL: Mapping[str, Any] = {"member_count": 3, "rounds": [6, 10], "starts": 3, "every": 1}
PHYSICS = Plan(rounds=(8, 12))
"""How physics alone is fitted before any variant is trained."""


@dataclass(frozen=True)
class Records:
    """Training and test record of one tag, ready to run; own, start values that each record finds for itself."""

    train: FreeRuns
    test: FreeRuns
    own: Numbers
    weights: Numbers
    floor: Array


@dataclass(frozen=True)
class Way:
    """How to train: all as usual by default. `penalty` divides the spread that weights are given beforehand."""

    members: int
    rounds: tuple[int, ...]
    starts: int
    horizon: int | None = None
    joint: bool = True
    penalty: float = 1.0


def run(
    context: Context, plant: str, train: Sequence[int], test: Sequence[int], asked: Mapping[str, Any], *, skip: int,
    seeds: int,
) -> list[dict]:  # fmt: skip
    """Train every variant from every seed.

    Args:
        context: Access to the database, with the plant and its log.
        plant: Name; it has one sensor.
        train: First and last instant of the training record, µs.
        test: Of the test record.
        asked: Of rig.yaml: `structure`, a list of {variant, set}; `horizon`, samples; `members`; `penalty`, factors;
            anything of `USUAL`.
        skip: First samples of the test record that are not scored, as logged.
        seeds: How many.
    Returns: A row a variant: what, variant, tag, unit, physics and hybrid errors of each seed in SI, seconds.
    """
    usual = {**USUAL, **{key: asked[key] for key in USUAL if key in asked}}
    way = Way(usual["member_count"], tuple(usual["rounds"]), usual["starts"])
    told = (
        f"Usual: {way.members} members, at most {'+'.join(map(str, way.rounds))} iterations beyond the fit of physics "
        "alone, whole records, "
        f"{usual['every']} samples averaged into one."
    )
    tag, unit, full = _records(context, plant, train, test, {}, usual["every"])
    plain = [_physics(full, way, seed) for seed in range(seeds)]
    rows = []
    for what, variant, changed, other in _variants(asked, way):
        started, records, fits = time.process_time(), full, plain
        if changed:
            records = _records(context, plant, train, test, changed, usual["every"])[2]
            fits = [_physics(records, way, seed) for seed in range(seeds)]
        first = -(-skip // usual["every"])
        pairs = [_trained(records, fitted, other, seed, first) for seed, fitted in enumerate(fits)]
        row = {"what": what, "variant": variant, "tag": tag, "unit": unit, "told": told}
        rows.append(
            {**row, "physics": [pair[0] for pair in pairs], "hybrid": [pair[1] for pair in pairs],
             "seconds": time.process_time() - started}
        )  # fmt: skip
        print(f"{plant} {what}, {variant}: {pairs}, {rows[-1]['seconds']:.0f} s", flush=True)
    return rows


def _variants(asked: Mapping[str, Any], way: Way) -> list[tuple[str, str, Mapping[str, float], Way]]:
    """What is changed, in words, parameters of the plant, and the way to train."""
    found: list[tuple[str, str, Mapping[str, float], Way]] = [("–", "as usual", {}, way)]
    found += [("structure", item["variant"], item["set"], way) for item in asked.get("structure", [])]
    found += [
        ("horizon", f"runs of {samples} samples", {}, replace(way, horizon=samples))
        for samples in asked.get("horizon", [])
    ]
    found += [("joint or frozen", "parameters frozen at the fit of physics alone", {}, replace(way, joint=False))]
    found += [("members", str(count), {}, replace(way, members=count)) for count in asked.get("members", [])]
    found += [
        ("penalty", f"weights' spread beforehand over {factor:g}", {}, replace(way, penalty=factor))
        for factor in asked.get("penalty", [])
    ]
    return found


def _records(
    context: Context, plant: str, train: Sequence[int], test: Sequence[int], changed: Mapping[str, float], every: int
) -> tuple[str, str, Records]:
    """Tag, its unit and the records of a plant with some parameters set instead of fitted."""
    scene, _revision = plants.get(context, plant)
    scene = replace(scene, assets=tuple(_set(asset, changed) for asset in scene.assets))
    assembly = assemble(scene, types=plants.types(context))
    model = assembly.compile()
    first, second = (study(assembly, model, windows.window(context, plant, *span)) for span in (train, test))
    tag = assembly.sensor_tags[0]
    records = Records(_coarse(first, every), _coarse(second, every), first.own, first.weights, first.floor)
    return tag, assembly.units[tag].si_unit, records


def _coarse(ready: Study, every: int) -> FreeRuns:
    """A study's runs with inputs averaged over some samples and measurements taken at the first of them."""
    records = tuple(
        Record(averaged(r.inputs, every), r.measured[::every], r.mask[::every], r.start) for r in ready.runs.records
    )
    return _on(ready.runs, records, ready.runs.sample_s * every)


def _on(runs: FreeRuns, records: tuple[Record, ...], sample_s: float) -> FreeRuns:
    """The same runs over other records, every sample kept."""
    rows = np.arange(sum(record.measured.size for record in records))
    return replace(runs, records=records, rows=rows, thin=1, sample_s=sample_s)


def _set(asset: Asset, changed: Mapping[str, float]) -> Asset:
    """The asset with its share of the changed parameters, "<asset>.<parameter>"."""
    own = {
        path.removeprefix(f"{asset.id}."): value for path, value in changed.items() if path.startswith(f"{asset.id}.")
    }
    return replace(asset, parameters={**asset.parameters, **own})


def _physics(records: Records, way: Way, seed: int) -> Fit:
    """Physics alone, from several first guesses."""
    guesses = first_guesses(records.train.numbers, way.starts, seed)
    return fit(records.train, guesses, own_starts=records.own, floor=records.floor, plan=PHYSICS)


def _trained(records: Records, found: Fit, way: Way, seed: int, skip: int) -> tuple[float, float]:
    """Test errors of physics alone and of the hybrid."""
    runs, own = records.train, records.own
    best = found.values[:, [int(np.argmin(np.nan_to_num(found.cost, nan=np.inf)))]]
    physics = _error(records.test, own, runs.numbers, best, found.sigma, skip)
    free = np.full(len(best), way.joint)
    if way.horizon is not None:
        free &= [not name.endswith(START) for name in runs.numbers.names]
    begun = _fixed(settle(runs, best, own, found.sigma, START_SAMPLES), best, free)
    made = cross_fit(
        begun if way.horizon is None else _cut(begun, way.horizon),
        best[free, 0],
        weights=replace(records.weights, sd=records.weights.sd / way.penalty),
        members=way.members,
        seed=seed,
        own_starts=own,
        floor=records.floor,
        plan=Plan(rounds=way.rounds),
    )
    test = _fixed(records.test, best, free)
    return physics, _error(test, own, made.numbers, made.fit.values, made.fit.sigma, skip)


def _fixed(runs: FreeRuns, best: Array, free: Array) -> FreeRuns:
    """The runs with some of their numbers free, the others where a fit [F, 1] left them."""
    starts = [runs.world_starts(record, best)[:, 0] for record in runs.records]
    return runs.with_starts(starts).with_numbers(runs.numbers.only(free), runs.world_parameters(best)[:, 0])


def _cut(runs: FreeRuns, samples: int) -> FreeRuns:
    """Records of at most so many samples; each begins where the free run of the whole stands."""
    pieces = []
    for record in runs.records:
        state = record.start[:, None]
        for first in range(0, len(record.inputs) - 2 * START_SAMPLES, samples):
            rows = slice(first, first + samples)
            pieces.append(Record(record.inputs[rows], record.measured[rows], record.mask[rows], state[:, 0]))
            state = rollout(
                runs.model, inputs=record.inputs[rows], sample_s=runs.sample_s, parameters=runs.parameters[:, None],
                start=state,
            ).final  # fmt: skip
    return _on(runs, tuple(pieces), runs.sample_s)


def _error(runs: FreeRuns, own: Numbers, numbers: Numbers, values: Array, sigma: Array, skip: int) -> float:
    """Root mean square of the members' median over one tag's samples after the first ones."""
    free = runs.with_numbers(numbers, runs.parameters)
    begun = settle(free, values, own, sigma, START_SAMPLES)
    off = [
        np.where(record.mask, middle - record.measured, np.nan)[skip:]
        for record, middle in zip(begun.records, central(begun.simulate(values)), strict=True)
    ]
    return float(np.sqrt(np.nanmean(np.concatenate(off) ** 2)))
