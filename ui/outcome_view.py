"""An answer to a what-if on screen: verdict, KPIs, pictures, failures, validity and provenance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import dash_mantine_components as dmc
from dash import html

from api.schemas.base import Display, Interval
from api.schemas.plants import PlantView
from api.schemas.scenarios import KpiView, LevelView, OutcomeView
from ui import blocks
from ui.changes import Targets
from ui.line_view import compared
from ui.words import NOTHING, chance, duration, number, plain, shown, shown_width, unit, with_unit

LEAST_WEAR_RATIO = 1e-4
"""Less of a limit than this says nothing to a plant engineer."""


def outcome_view(outcome: OutcomeView, targets: Targets, zone: ZoneInfo, plant: PlantView | None = None) -> dmc.Stack:
    """The whole answer, the verdict first; with `plant`, its line too."""
    scenario = outcome.scenario
    changes = "; ".join(map(targets.sentence, scenario.changes)) or "no change"
    note = f"{changes}. {duration(scenario.horizon_s)} from {scenario.start}, {scenario.worlds} paired worlds."
    tags = list(outcome.series)
    choice = dmc.Select(
        id="what-if-tag", data=tags, value=tags[0] if tags else None, label="Tag", w=220, allowDeselect=False
    )
    inside = bool(outcome.validity.get("inside", True))
    return dmc.Stack(
        [
            dmc.Alert(outcome.verdict, title=scenario.name, color="teal" if inside else "yellow", id="what-if-verdict"),
            _validity(outcome.validity),
            blocks.card(kpi_tables(outcome.kpis, tags), title="Figures of merit", note=note),
            *_line(outcome, plant),
            *_courses(outcome, choice, targets),
            _provenance(outcome, zone),
        ]
    )


def _line(outcome: OutcomeView, plant: PlantView | None) -> list[Any]:
    if plant is None or outcome.line is None:
        return []
    return [blocks.card(compared(plant, outcome.line), title="The line", note="Items from left to right, both runs.")]


def _courses(outcome: OutcomeView, choice: dmc.Select, targets: Targets) -> list[Any]:
    """Tags over time and failures; a line alone has neither."""
    if outcome.line is not None and not outcome.series:
        return [dmc.Box([choice, html.Div(id="what-if-bands")], style={"display": "none"})]
    return [
        blocks.card(choice, html.Div(id="what-if-bands"), title="Over time", note="Line: median; band: 5 % to 95 %."),
        blocks.card(failure_table(outcome.failures, targets), title="Failures within the horizon"),
    ]


def kpi_table(kpis: Sequence[KpiView], *, single: bool = False) -> Any:
    """One row a KPI: baseline, what-if, paired difference with its interval, and whether it is certain.

    With `single` the baseline alone.
    """
    if not kpis:
        return dmc.Text("This plant declares no KPIs.", size="sm", c="dimmed")
    if single:
        rows = [[dmc.Text(plain(kpi.name), size="sm"), _level(kpi.baseline, kpi.display, _unit(kpi))] for kpi in kpis]
        return blocks.table((), rows, numeric=True)
    names = ("", "Baseline", "What-if", "Difference (95 %)", "")
    return blocks.table(names, [_kpi_row(kpi) for kpi in kpis], numeric=True)


def kpi_tables(kpis: Sequence[KpiView], tags: Sequence[str]) -> Any:
    """The plant's own figures; those of single tags fold away below them."""
    of_tags = [kpi for kpi in kpis if kpi.name.rpartition(" ")[0] in tags]
    own = [kpi for kpi in kpis if kpi not in of_tags]
    if not own or not of_tags:
        return kpi_table(kpis)
    control = dmc.AccordionControl(f"Mean and maximum of {len({kpi.name.rpartition(' ')[0] for kpi in of_tags})} tags")
    more = dmc.AccordionItem([control, dmc.AccordionPanel(kpi_table(of_tags))], value="tags")
    return dmc.Stack([kpi_table(own), dmc.Accordion(more, variant="contained")])


def _kpi_row(kpi: KpiView) -> list[Any]:
    display, spelled = kpi.display, _unit(kpi)
    difference = kpi.difference
    low, mean, high = (
        shown_width(value, display) for value in (difference.mean_low, difference.mean, difference.mean_high)
    )
    same = difference.mean_low == difference.mean_high == 0
    worlds = f": {difference.worlds_needed} worlds would tell" if difference.worlds_needed else ""
    unclear = "the same" if same else f"not told apart{worlds}"
    word, colour = ("certain", "blue") if difference.separated else (unclear, "gray")
    if difference.separated and kpi.better and mean:
        improved = (mean < 0) == (kpi.better == "lower")
        word, colour = ("better, certain", "teal") if improved else ("worse, certain", "orange")
    return [
        dmc.Text(plain(kpi.name), size="sm", fw=600),
        _level(kpi.baseline, display, spelled),
        _level(kpi.scenario, display, spelled),
        dmc.Stack([dmc.Text(with_unit(_signed(mean), spelled), size="sm", fw=600), _small(low, high)], gap=0),
        dmc.Badge(word, color=colour, variant="light", tt="none"),
    ]


def failure_table(failures: Sequence[Mapping[str, Any]], targets: Targets) -> Any:
    """Chance to fail within the horizon, and wear at its end, per asset and mode in both runs."""
    if not failures:
        return dmc.Text("No asset of this plant has a failure mode.", size="sm", c="dimmed")
    heads = ("Asset", "Failure mode", "Fails, baseline", "Fails, what-if", "Wear, baseline", "Wear, what-if")
    rows = [
        [
            dmc.Text(targets.name(str(item["asset"])), size="sm", fw=600),
            str(item["mode"]),
            *(chance(_share(item[run])) for run in ("baseline", "scenario")),
            *(_wear(item[run]) for run in ("baseline", "scenario")),
        ]
        for item in failures
    ]
    return blocks.table(heads, rows)


def _wear(value: Any) -> str:
    """Wear at the end of the horizon, as a share of the limit."""
    median = value.get("wear", {}).get("median") if isinstance(value, Mapping) else None
    if median is not None and abs(median) < LEAST_WEAR_RATIO:
        return "0 % of limit" if median == 0 else "< 0.01 % of limit"
    return with_unit(number(None if median is None else 100 * median, 4), "% of limit")


def _share(value: Any) -> float | None:
    return value.get("value", value.get("median")) if isinstance(value, Mapping) else value


def _validity(validity: Mapping[str, Any]) -> Any:
    reasons = [dmc.ListItem(str(reason)) for reason in validity.get("reasons") or ()]
    if validity.get("inside", True):
        text = "Inside the envelope in which the model was calibrated."
        return dmc.Group(
            [dmc.Badge("valid", color="teal", variant="light", tt="none"), dmc.Text(text, size="sm")], gap="xs"
        )
    return dmc.Alert(
        dmc.List(reasons, size="sm"), title="Outside the calibrated envelope: treat as a hint", color="orange"
    )


def replay_notice(result: Mapping[str, Any]) -> dmc.Alert:
    """Whether a replay gave the same bits, and if not what is different now."""
    if result["identical"]:
        return dmc.Alert(
            "Every bit is the same as in the first run.", title="Replayed", color="teal", withCloseButton=True
        )
    found = [dmc.ListItem(str(item)) for item in result.get("differences") or ("nothing that we record",)]
    return dmc.Alert(
        [dmc.Text("What differs from the first run:", size="sm"), dmc.List(found, size="sm")],
        title="Replayed: not the same",
        color="orange",
        withCloseButton=True,
    )


def _provenance(outcome: OutcomeView, zone: ZoneInfo) -> dmc.Accordion:
    rows = blocks.facts(outcome.provenance, zone)
    replay = dmc.Group(
        [
            dmc.Button("Replay", id="what-if-replay", size="compact-sm", variant="light"),
            dmc.Text("Runs it again and says whether every bit is the same.", size="sm", c="dimmed"),
        ]
    )
    panel = dmc.AccordionPanel(dmc.Stack([blocks.definitions([("answer", outcome.id), *rows]), replay]))
    return dmc.Accordion(dmc.AccordionItem([dmc.AccordionControl("Provenance"), panel], value="p"), variant="contained")


def _unit(kpi: KpiView) -> str:
    return unit(kpi.display.unit if kpi.display else kpi.unit)


def _level(values: LevelView, display: Display | None, spelled: str) -> dmc.Stack:
    """The mean with its interval where there is one, else the median with the range of worlds."""
    if values.mean is None:
        return _interval(values, display, spelled)
    return _interval(Interval(median=values.mean, low=values.mean_low, high=values.mean_high), display, spelled)


def _interval(values: Interval, display: Display | None, spelled: str) -> dmc.Stack:
    middle = with_unit(number(shown(values.median, display)), spelled)
    return dmc.Stack(
        [dmc.Text(middle, size="sm"), _small(shown(values.low, display), shown(values.high, display))], gap=0
    )


def _small(low: float | None, high: float | None) -> dmc.Text:
    text = NOTHING if low is None and high is None else f"{number(low)} … {number(high)}"
    return dmc.Text(text, size="xs", c="dimmed")


def _signed(value: float | None) -> str:
    return f"+{number(value)}" if value is not None and value > 0 else number(value)
