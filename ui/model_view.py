"""One model version on screen: the gate's word with figures, what was calibrated, and where it comes from."""

from __future__ import annotations

from typing import Any

import dash_mantine_components as dmc

from api.schemas.models import GateView, ModelView
from api.schemas.plants import PlantView, PriorView
from ui import blocks
from ui.figures.models import Fitted, posteriors, scores
from ui.words import asset_names, leaf, number, plain, site_zone, unit_of_name, when


def model_view(model: ModelView, plant: PlantView) -> dmc.Stack:
    """The whole version, the verdict first."""
    zone = site_zone(plant.site.time_zone)
    start, end = model.gate.window
    note = f"Free run from {when(start, zone)} to {when(end, zone)}: data no contender was trained on."
    rows = fitted(model, plant)
    pairs = model.calibration.unidentifiable
    trade = (
        [_trade_off([f"{short(first, plant)} and {short(second, plant)}" for first, second in pairs])] if pairs else []
    )
    return dmc.Stack(
        [
            dmc.Alert(
                model.gate.verdict, id="models-verdict", color="teal" if model.gate.promoted else "orange",
                title=f"Version {model.version}: {'promoted' if model.gate.promoted else 'not promoted'}",
            ),
            dmc.SimpleGrid(
                [
                    blocks.card(blocks.graph(scores(model.gate), id="models-scores"), title="Error by tag", note=note),
                    dmc.Stack(
                        [
                            blocks.card(checks_table(model.gate), title="What the gate checked"),
                            blocks.card(_lineage(model, zone), title="Where it comes from"),
                        ]
                    ),
                ],
                cols={"base": 1, "lg": 2},
            ),
            dmc.SimpleGrid(
                [
                    blocks.card(
                        blocks.graph(posteriors(rows), id="models-posteriors"), *trade,
                        title="What calibration learned",
                        note="Grey: prior of the plant file; green: after the fit; both ± 2 standard deviations.",
                    ),
                    blocks.card(parameter_table(rows), title="Calibrated numbers"),
                ],
                cols={"base": 1, "lg": 2},
            ),
            *told_by_the_log(model, plant),
        ]
    )  # fmt: skip


def told_by_the_log(model: ModelView, plant: PlantView) -> list[Any]:
    """What the log leaves open and what would tell more; nothing where that was not looked at."""
    known = model.calibration.identifiability
    if known is None:
        return []
    told = ", ".join(f"{tag} {number(count, 2)}" for tag, count in known.independent.items())
    loose = [
        [" and ".join(short(name, plant) for name in row.names), f"{100 * (row.left or 0):.0f} % of the prior spread"]
        for row in known.directions
    ] + [
        [f"{short(row.first, plant)} against {short(row.second, plant)}", f"correlation {number(row.correlation, 2)}"]
        for row in known.pairs
    ]
    more = [
        [
            f"a tag on {short(row.what, plant)}"
            if row.kind == "tag"
            else f"a test that moves {short(row.what, plant)}",
            f"{short(row.number, plant)} to {100 * (row.left or 0):.0f} % of its spread",
        ]
        for row in known.remedies
    ]
    cards = [
        blocks.card(
            blocks.table(("together", "is left"), loose, size="xs"), title="What the log leaves open",
            note=f"Samples that say something of their own: {told}.",
        ),
        blocks.card(blocks.table(("would tell more", "brings"), more, size="xs"), title="What would tell more"),
    ]  # fmt: skip
    return [dmc.SimpleGrid(cards, cols={"base": 1, "lg": 2})]


def fitted(model: ModelView, plant: PlantView) -> list[Fitted]:
    """Each calibrated number beside its prior in the plant file."""
    priors: dict[str, PriorView | float | list[tuple[float, float]]] = {}
    for asset in plant.assets:
        priors |= {f"{asset.id}.{name}": value for name, value in asset.parameters.items()}
        priors |= {f"{asset.id}.{name}@start": value for name, value in asset.start.items()}
    rows = []
    columns = zip(model.calibration.names, model.calibration.values, model.calibration.spread, strict=True)
    for name, value, spread in columns:
        prior = priors.get(name)
        before = (prior.prior, prior.sd) if isinstance(prior, PriorView) else (None, None)
        rows.append(Fitted(short(name, plant), before[0], before[1], value or 0.0, spread or 0.0, unit_of_name(name)))
    return rows


def short(name: str, plant: PlantView) -> str:
    """`utilities/loop/pump-1.resistance_ohm` as Main pump · resistance."""
    asset, _, quantity = name.partition(".")
    start = " at start" if quantity.endswith("@start") else ""
    words = plain(quantity.rpartition(".")[2].removesuffix("@start"))
    return f"{asset_names(plant).get(asset, leaf(asset))} · {words}{start}"


def parameter_table(rows: list[Fitted]) -> Any:
    """Prior and calibrated value with spread, in SI."""
    if not rows:
        return dmc.Text("This plant file declares nothing to fit.", size="sm", c="dimmed")
    cells = [
        [
            f"{row.name}, {row.unit}" if row.unit else row.name,
            f"{number(row.prior)} ± {number(row.prior_sd, 2)}",
            f"{number(row.value, 4)} ± {number(row.spread, 2)}",
        ]
        for row in rows
    ]
    return blocks.table(("", "prior", "calibrated"), cells, size="xs")


def checks_table(gate: GateView) -> Any:
    """Every check of the gate with its figures."""
    if not gate.tests:
        return dmc.Text("This version was not judged.", size="sm", c="dimmed")
    lines = []
    for test in gate.tests:
        passed = bool(test.get("passed", test.get("pass")))
        word, colour = ("pass", "teal") if passed else ("fail", "red")
        badge = dmc.Badge(word, color=colour, variant="light", tt="none", miw=52)
        facts = {name: value for name, value in test.items() if name not in ("name", "passed", "pass")}
        words = facts.get("text") or ", ".join(f"{plain(name)} {_fact(value)}" for name, value in facts.items())
        lines.append(
            [badge, dmc.Text(str(test.get("name", "check")), size="sm"), dmc.Text(words, size="sm", c="dimmed")]
        )
    return blocks.table((), lines)


def _fact(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return number(float(value))


def _trade_off(pairs: list[str]) -> dmc.Alert:
    lines = [dmc.Text("These move the outputs alike; the log tells only their combination:", size="sm")]
    lines.append(dmc.List([dmc.ListItem(pair) for pair in pairs], size="sm"))
    return dmc.Alert(lines, color="yellow", title="Not told apart", mt="sm")


def _lineage(model: ModelView, zone: Any) -> Any:
    start, end = model.calibration.window
    rows: list[tuple[Any, Any]] = [
        ("made", when(model.created, zone)),
        ("plant revision", str(model.scene_revision)),
        ("after version", str(model.parent) if model.parent is not None else "none, the first"),
        ("fitted on", f"{when(start, zone)} to {when(end, zone)}"),
        ("residual", model.residual.digest[:16] if model.residual else "none: physics alone"),
    ]
    known = ("scene_revision", "parent")
    rows += blocks.facts({name: fact for name, fact in model.provenance.items() if name not in known}, zone)
    return blocks.definitions(rows)
