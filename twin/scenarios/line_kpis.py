"""Figures of a line for a what-if: rows with paired differences, stations, bottleneck, and what it all costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from physics.flow.energy import drawn, electrical_j
from physics.flow.intervals import interval
from physics.flow.kernels import tables
from physics.flow.kpis import QUANTILES
from physics.flow.layout import Layout, Part
from physics.flow.simulate import FlowRun, Status
from physics.flow.worlds import LineWorlds, by_world
from twin.scenarios.paired import difference, spread
from twin.scene.line import CouplingKind
from twin.scene.scene import Scene, split_path
from twin.units import conversion

Floats = NDArray[np.float64]
Media = Mapping[str, tuple[Floats, str, str]]
DAY_S = 86_400.0
ELECTRICAL = "electrical energy"
AMOUNTS = {"_w": ("J", "kWh"), "_m3_per_s": ("m**3", ""), "_kg_per_s": ("kg", "")}
"""Ending of a quantity that flows, and the unit, and the one shown, of what has flown."""


@dataclass(frozen=True)
class Figure:
    """A figure of the line, one number a world [W]: SI unit, unit shown, which way is better."""

    name: str
    values: Floats
    unit: str
    shown: str = ""
    better: str = ""


def figures(run: FlowRun, scene: Scene, media: Media, *, focus: str) -> list[Figure]:
    """What an engineer asks of a line, world by world.

    Args:
        run: What was counted.
        scene: For prices and values.
        media: What the physics took over the time that counts, by name: amount [W], SI unit and unit shown.
        focus: Station whose OEE stands for the line, its bottleneck; "" for none.
    """
    worlds = by_world(run)
    items = worlds.throughput_per_s * run.counted_s
    media = _taken(run, scene, media)
    found = [Figure("throughput", worlds.throughput_per_s, "1/s", "1/h", "higher")]
    if len(worlds.by_product_per_s) > 1:
        found += [Figure(f"throughput of {name}", values, "1/s", "1/h", "higher")
                  for name, values in worlds.by_product_per_s.items()]  # fmt: skip
    if focus in worlds.stations:
        station, name = worlds.stations[focus], names_of(scene)[focus]
        found += [Figure(f"{word} of {name}", values, "1", "percent", "higher") for word, values in (
            ("OEE", station.oee), ("availability", station.availability), ("performance", station.performance),
            ("quality", station.quality))]  # fmt: skip
    found += [
        Figure("work in progress", worlds.items, "1"),
        Figure("lead time", worlds.lead_s, "s", "min", "lower"),
        Figure("scrap", _per(worlds.scrapped, items + worlds.scrapped), "1", "percent", "lower"),
        Figure("repairs", worlds.repairs, "1"),
    ]
    found += [Figure(f"{name} per item", _per(amount, items), unit, shown, "lower")
              for name, (amount, unit, shown) in media.items()]  # fmt: skip
    return found + _money(run, scene, worlds, items, media)


def _taken(run: FlowRun, scene: Scene, media: Media) -> Media:
    """What the physics took, with the power that the line's own parts declare, and what `work` couplings draw."""
    found = dict(media)
    own = electrical_j(run)
    if own:
        before = media[ELECTRICAL][0] if ELECTRICAL in media else 0.0
        found[ELECTRICAL] = (sum(own.values(), start=before + np.zeros(len(run.status))), "J", "kWh")
    for item in scene.couplings:
        units = next((units for ending, units in AMOUNTS.items() if item.quantity.endswith(ending)), None)
        if item.kind is CouplingKind.WORK and units:
            name = names_of(scene)[split_path(item.quantity)[0]]
            amount = drawn(run, item.part, item.numbers["working"], item.numbers.get("idle", 0.0))
            found[item.quantity if name in found else name] = (amount, *units)
    return found


def _money(run: FlowRun, scene: Scene, worlds: LineWorlds, items: Floats, media: Media) -> list[Figure]:
    """Cost and margin over the time that counts; nothing where the scene names no prices."""
    prices, unit = scene.prices, scene.prices.currency
    per_s = prices.person.value / conversion(prices.person.per, "s").factor
    per_j = prices.energy.value / conversion(prices.energy.per, "J").factor
    cost = worlds.repairs * prices.repair + per_s * people(run.line.layout) * run.counted_s
    if ELECTRICAL in media:
        cost = cost + per_j * media[ELECTRICAL][0]
    value = sum(
        (run.counted_s * worlds.by_product_per_s[product.name] * product.value for product in scene.products),
        start=np.zeros(len(items)),
    )
    priced = bool(prices.repair or per_s or (per_j and ELECTRICAL in media))
    found = [Figure("cost per item", _per(cost, items), unit, "", "lower")] if priced else []
    if any(product.value for product in scene.products):
        found.append(Figure("margin", value - cost, unit, "", "higher"))
    return found


def names_of(scene: Scene) -> dict[str, str]:
    """What people call each asset: its name, else its id."""
    return {asset.id: asset.name or asset.id for asset in scene.assets}


def people(layout: Layout) -> float:
    """Operators and repairers on shift, mean over their calendars."""
    parts = {part.name: part for part in layout.parts}
    counts = {"operator_pool": "operator_count", "repair_crew": "crew_count"}
    return sum(
        float(part.settings.get(counts[part.type], 1)) * _level(parts.get(part.settings.get("calendar", "")))
        for part in layout.parts
        if part.type in counts
    )


def _level(calendar: Part | None) -> float:
    """Mean level of a calendar, 1 without one."""
    if calendar is None:
        return 1.0
    rows, period_s = calendar.settings["shifts"], float(calendar.settings.get("period_s", DAY_S))
    ends = [row[0] for row in rows[1:]] + [period_s]
    return float(sum(row[1] * (end - row[0]) for row, end in zip(rows, ends, strict=True))) / period_s


def rows(pair: tuple[list[Figure], list[Figure]]) -> list[dict[str, Any]]:
    """Figures of both runs side by side, with the paired difference; those without any number are left out."""
    after = {figure.name: figure for figure in pair[1]}
    return [
        {
            "name": figure.name,
            "unit": figure.unit,
            "shown": figure.shown,
            "better": figure.better,
            "baseline": _level_of(figure.values),
            "scenario": _level_of(after[figure.name].values),
            "difference": _flat(figure.values, after[figure.name].values),
        }
        for figure in pair[0]
        if figure.name in after and np.isfinite(figure.values).any()
    ]


def _level_of(values: Floats) -> dict[str, float]:
    """Median and range over worlds, and the mean with its 95 % interval."""
    finite = values[np.isfinite(values)]
    mean = interval(finite)
    return {**asdict(spread(values)), "mean": mean.mean, "mean_low": mean.mean - mean.half_width,
            "mean_high": mean.mean + mean.half_width}  # fmt: skip


def _flat(before: Floats, after: Floats) -> dict[str, Any]:
    row = asdict(difference(before, after))
    return {**row.pop("spread"), **row}


def stations(run: FlowRun) -> list[dict[str, Any]]:
    """Each part with stations, belts or vehicles: shares of time (sum one), OEE in three, items; means of worlds."""
    good = run.status == Status.OK
    worlds = by_world(run)
    found = []
    for name, station in worlds.stations.items():
        places = list(run.line.places_of(name))
        at = {part.name: part.type for part in run.line.layout.parts}[name]
        found.append(
            {
                "asset": name,
                "type": at,
                "shares": dict(zip(tables.STATES, _means(station.shares[good]), strict=True)),
                "availability": _mean(station.availability),
                "performance": _mean(station.performance),
                "quality": _mean(station.quality),
                "oee": _mean(station.oee),
                "done": float(run.done[good][:, places].sum(axis=1).mean()) if good.any() else None,
                "scrapped": float(run.scrapped[good][:, places].sum(axis=1).mean()) if good.any() else None,
            }
        )
    return found


def contents(run: FlowRun) -> dict[str, dict[str, float]]:
    """Items that each buffer and conveyor holds on average, and how many it has room for."""
    good = run.status == Status.OK
    kinds = zip(run.line.place_names, run.line.place_kinds, strict=True)
    holds = [(at, name) for at, (name, kind) in enumerate(kinds) if kind in (tables.QUEUE, tables.BELT)]
    room = run.line.arrays["places"]["capacity"]
    return {
        name: {"items": float(run.content_s[good, at].mean() / run.counted_s), "capacity": float(room[at])}
        for at, name in holds
        if good.any()
    }


def lead_times(run: FlowRun) -> dict[str, float]:
    """Quantiles of lead times over items of all worlds, in s; empty where no item came through."""
    kept = run.lead_s[run.status == Status.OK]
    kept = kept[np.isfinite(kept)]
    names = [f"p{round(100 * q):02d}" for q in QUANTILES]
    return dict(zip(names, map(float, np.quantile(kept, QUANTILES)), strict=True)) if len(kept) else {}


def _per(amount: Floats, items: Floats) -> Floats:
    return np.asarray(np.divide(amount, items, out=np.full(len(items), np.nan), where=items > 0))


def _mean(values: Floats) -> float | None:
    finite = values[np.isfinite(values)]
    return float(finite.mean()) if len(finite) else None


def _means(values: Floats) -> list[float]:
    return [float(value) for value in values.mean(axis=0)] if len(values) else [0.0] * values.shape[1]
