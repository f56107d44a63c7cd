"""A line on screen: its headline figures, its picture, and how it was counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import dash_mantine_components as dmc

from api.schemas.lines import LineAnswer, LineRun
from api.schemas.plants import PlantView
from api.schemas.scenarios import KpiView
from ui import blocks
from ui.figures import line as figures
from ui.words import NOTHING, asset_names, number, shown, unit, with_unit


def headlines(run: LineRun, kpis: Sequence[KpiView], names: Mapping[str, str]) -> dmc.SimpleGrid:
    """Throughput, OEE, items in the line, lead time and the bottleneck of the baseline."""
    found = {kpi.name: kpi for kpi in kpis}
    oee = next((kpi for name, kpi in found.items() if name.startswith("OEE of ")), None)
    cards = [
        blocks.stat("Throughput", *level(found.get("throughput"))),
        blocks.stat("OEE", level(oee)[0], oee_split(oee, found)),
        blocks.stat("In the line", level(found.get("work in progress"))[0], "items on average"),
        blocks.stat("Lead time", level(found.get("lead time"))[0], figures.lead_time(run.lead_s)),
        blocks.stat("A speed-up pays most at", *pays_most(run, names)),
    ]
    return dmc.SimpleGrid(cards, cols={"base": 2, "lg": 5})


def pays_most(run: LineRun, names: Mapping[str, str]) -> tuple[str, str]:
    """The bottleneck, as far as the worlds can tell one, and what one percent of speed brings there."""
    if not run.gains:
        return NOTHING, ""
    best = run.gains[0]
    name = names.get(best.asset, best.asset)
    gain = f"{number(best.mean, 2)} ± {number(best.half_width, 2)} % of throughput for 1 % speed"
    sure = best.mean is not None and best.half_width is not None and best.mean > best.half_width
    return (name, gain) if sure else ("None clearly", f"first {name}: {gain}")


def level(kpi: KpiView | None) -> tuple[str, str]:
    """A figure's mean in its display unit, and its interval in small print."""
    if kpi is None or kpi.baseline.mean is None:
        return NOTHING, ""
    spelled = unit(kpi.display.unit if kpi.display else kpi.unit)
    mean, high = (shown(value, kpi.display) for value in (kpi.baseline.mean, kpi.baseline.mean_high))
    half = None if mean is None or high is None else high - mean
    return with_unit(number(mean), spelled), f"± {number(half, 2)} (95 %)"


def oee_split(oee: KpiView | None, found: Mapping[str, KpiView]) -> str:
    """The three factors of OEE and the station that it is of."""
    if oee is None:
        return ""
    station = oee.name.removeprefix("OEE of ")
    factors = [
        f"{word} {level(found[f'{word} of {station}'])[0]}"
        for word in ("availability", "performance", "quality")
        if f"{word} of {station}" in found
    ]
    return f"{station}: {' × '.join(factors)}"


def picture(plant: PlantView, run: LineRun, identity: str) -> Any:
    """The line from left to right."""
    order = figures.flow_order(plant.line, plant.links)
    return blocks.graph(figures.shares(order, run, asset_names(plant)), id=identity)


def compared(plant: PlantView, answer: LineAnswer) -> dmc.Stack:
    """Both runs of a what-if, one below the other, and where a speed-up pays in each."""
    names = asset_names(plant)
    rows: list[Any] = []
    for word, run, identity in (
        ("Baseline", answer.baseline, "what-if-line-before"),
        ("What-if", answer.scenario, "what-if-line-after"),
    ):
        pays = ", ".join(
            f"{names.get(gain.asset, gain.asset)} {number(gain.mean, 2)} ± {number(gain.half_width, 2)} %"
            for gain in run.gains
        )
        rows += [
            dmc.Text(word, fw=600, size="sm"),
            picture(plant, run, identity),
            dmc.Text(f"1 % more speed gives of throughput: {pays}." if pays else "", size="sm", c="dimmed"),
        ]
    return dmc.Stack([*rows, trouble(answer), dmc.Text(answer.how, size="xs", c="dimmed")], gap="xs")


def trouble(answer: LineAnswer) -> Any:
    """Worlds that locked up, with place and time; nothing where all went well."""
    if not answer.trouble:
        return dmc.Box()
    items = [dmc.ListItem(text) for text in answer.trouble]
    return dmc.Alert(dmc.List(items, size="sm"), title="Some worlds ended early and are left out", color="orange")
