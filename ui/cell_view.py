"""One robot cell as a plant engineer reads it: film, cycle times, reach and collisions, joints, energy, origin."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import dash_mantine_components as dmc
from dash import html

from api.schemas.cells import CellStandingView, CellView
from ui import blocks
from ui.client import PREFIX
from ui.figures.cell import cycles, torques
from ui.words import number, when

COLOURS = {"measured": "green", "stale": "yellow", "changed": "yellow", "stated": "blue"}


def standing(found: CellStandingView) -> Any:
    """Where the cycle times of the line come from, and what is missing to measure them here."""
    lines = [dmc.Text(found.told, size="sm")]
    if not found.described:
        lines.append(dmc.Text("The plant file describes no cell: `settings.cell`, see docs/cell.md.", size="sm"))
    if not found.available:
        text = f"{found.how_to_get}. Everything else works without it; a result of another machine is taken in with"
        lines += [dmc.Text(text, size="sm"), blocks.command("twin cell import FOLDER")]
    return dmc.Alert(dmc.Stack(lines, gap=4), color=COLOURS.get(found.standing, "gray"), variant="light")


def cell_page(cell: CellView, plant: str, asset: str, zone: ZoneInfo) -> Any:
    """Everything that a simulation said."""
    result, spec = cell.result, cell.spec
    film = f"{PREFIX}/plants/{quote(plant)}/cells/film?asset={quote(asset, safe='')}&cell={cell.id[:12]}"
    picture: Any = dmc.Text(f"No film: {result['film'] if 'film' in result else 'not asked for'}.", c="dimmed")
    if cell.has_film:
        picture = html.Img(src=film, alt=f"Film of {asset} at work", style={"width": "100%", "borderRadius": 4})
    seen = blocks.card(picture, title="The cell at work", note=_film_note(spec))
    shown = blocks.card(
        blocks.graph(cycles(result["worlds"])),
        title="Cycle times",
        note="From a box at the stop to an arm that is ready again.",
    )
    loads = blocks.card(blocks.graph(torques(result["joints"])), title="Joint torques")
    told = blocks.card(_report(result), title="Reach and collisions")
    columns = [
        dmc.GridCol(dmc.Stack(list(cards)), span={"base": 12, "lg": 6}) for cards in ((seen, told), (shown, loads))
    ]
    return dmc.Stack(
        [
            dmc.SimpleGrid(_headlines(result), cols={"base": 2, "md": 4}),
            dmc.Grid(columns),
            dmc.Text(_origin(cell, zone), size="xs", c="dimmed"),
        ]
    )


def _headlines(result: Mapping[str, Any]) -> list[Any]:
    """Cycle, reach, collisions and energy as four numbers."""
    cycle, reach, energy = result["cycle"], result["reach"], result["energy"]
    per_box_j, hits = energy["electrical_j_per_box"], result["collisions"]
    spread = f"nine in ten between {number(cycle['low_s'])} and {number(cycle['high_s'])} s" if cycle["count"] else ""
    watts = f"{number(energy['working_w'])} W at work, {number(energy['waiting_w'])} W waiting"
    return [
        blocks.stat("Cycle a box", f"{number(cycle['mean_s'])} s" if cycle["count"] else "none", spread),
        blocks.stat("Places reached", f"{reach['reached']} of {reach['slots']}"),
        blocks.stat("Collisions", str(len(hits)) if hits else "none", "pairs of bodies that met" if hits else ""),
        blocks.stat("Electricity a box", f"{number(per_box_j / 3600.0)} Wh" if per_box_j else "unknown", watts),
    ]


def _report(result: Mapping[str, Any]) -> Any:
    """What was out of reach, what met what, which worlds failed, how exactly boxes lie, in sentences."""
    reach, placing = result["reach"], result["placing"]
    missing = ", ".join(str(place["slot"]) for place in reach["out_of_reach"])
    lines = [f"Out of reach: places {missing}." if missing else "Every place of the pallet is within reach."]
    lines += [f"No way to place {item['slot']}: {item['by']} stands in it." for item in reach.get("blocked", [])]
    lines += [
        f"{' and '.join(hit['bodies'])} met with {number(hit['force_n'])} N at most, "
        f"first at {number(hit['first_s'])} s, in {len(hit['worlds'])} of {len(result['worlds'])} worlds."
        for hit in result["collisions"]
    ] or ["Nothing met what it should not."]
    done = sum(world["done"] for world in result["worlds"])
    lines.append(f"{done} of {len(result['worlds'])} worlds filled their pallet.")
    lines += [f"World {world['world']}: {world['trouble']}." for world in result["worlds"] if world["trouble"]]
    if placing["placed"]:
        off = (
            f"{number(1000.0 * placing['mean_m'])} mm off on average, {number(1000.0 * placing['worst_m'])} mm at worst"
        )
        lines.append(f"Boxes lie {off}; the cup carried up to {number(result['energy']['pull_peak_n'])} N.")
    return dmc.List([dmc.ListItem(line) for line in lines], size="sm", spacing=4)


def _film_note(spec: Mapping[str, Any]) -> str:
    film = spec.get("film") or {}
    faster = film.get("faster", 2.0)
    return f"World {film.get('world', 0)} of {spec.get('worlds', 8)}, played {faster:g} times as fast."


def _origin(cell: CellView, zone: ZoneInfo) -> str:
    """By what, when and with which versions it was simulated."""
    told, boxes = cell.provenance.get("when", ""), cell.spec.get("boxes", {})
    at = f" on {when(datetime.fromisoformat(told), zone)}" if told else ""
    mass = boxes.get("mass_kg", {})
    mean = mass.get("mean") if isinstance(mass, Mapping) else mass
    return (
        f"Cell {cell.id[:12]}, simulated{at} by Genesis {cell.provenance.get('genesis', '?')} in "
        f"{cell.spec.get('worlds', 8)} worlds: boxes of {number(mean)} kg, of varied mass, friction, place and arrival."
    )
