"""`twin cell`: simulate robot cells in 3D, and give their cycle times to the line."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated, Any

import typer
from ruamel.yaml import YAML, YAMLError

from twin.cli.terminal import Json, open_context, progress_bar, read_text, show, table
from twin.errors import Fault, InvalidInput
from twin.records.cell import CellResult
from twin.services import cells

What = Annotated[str, typer.Argument(help="A cell's file, or the name of a plant.")]
Asset = Annotated[str | None, typer.Argument(help="The robot cell of that plant.")]
Film = Annotated[Path | None, typer.Option("--film", help="Write the animation here too, a GIF.")]


def register(parent: typer.Typer) -> None:
    """Add `cell` to the terminal."""
    app = typer.Typer(help="Robot cells, simulated in 3D.", no_args_is_help=True)
    app.command("run")(run)
    app.command("show")(show_cell)
    app.command("list")(list_cells)
    app.command("import")(bring)
    parent.add_typer(app, name="cell")


def run(what: What, asset: Asset = None, film: Film = None, as_json: Json = False) -> None:
    """Simulate a cell file, or a cell of a plant, whose line then takes its cycle times; a second time is free."""
    context = open_context()
    spec = cells.of_asset(context, what, asset) if asset else _document(Path(what))
    with progress_bar("cell") as progress:
        cell = cells.simulate(context, spec, progress=progress)
    if asset:
        cells.adopt(context, what, asset, cell, author="terminal")
    _show(cell, film, as_json)


def show_cell(
    what: Annotated[str, typer.Argument(help="A cell's id or its beginning, or the name of a plant.")],
    asset: Asset = None,
    film: Film = None,
    as_json: Json = False,
) -> None:
    """What a simulated cell did: cycle times, reach, collisions, joint loads, energy."""
    context = open_context()
    _show(cells.latest(context, what, asset) if asset else cells.get(context, what), film, as_json)


def list_cells(as_json: Json = False) -> None:
    """Every simulated cell of this home."""
    rows = [_row(cell) for cell in cells.find(open_context())]
    show(rows, as_json=as_json, text=lambda _document: table(rows, list(rows[0]) if rows else []))


def bring(
    folder: Annotated[Path, typer.Argument(help="A folder of another home's cells/.")], as_json: Json = False
) -> None:
    """Take in a result that was simulated elsewhere: its film and report are shown here too."""
    _show(cells.bring(open_context(), folder), None, as_json)


def _document(file: Path) -> Any:
    """A cell's description from YAML or JSON."""
    try:
        return YAML(typ="safe").load(read_text(file))
    except YAMLError as error:
        raise InvalidInput([Fault(str(file), str(error).splitlines()[0], "YAML or JSON")]) from error


def _show(cell: CellResult, film: Path | None, as_json: bool) -> None:
    if film is not None and cell.film is not None:
        shutil.copyfile(cell.film, film)
    show({"id": cell.id, "provenance": cell.provenance, **cell.result}, as_json=as_json, text=lambda _view: _text(cell))


def _row(cell: CellResult) -> dict[str, Any]:
    cycle = cell.result["cycle"]
    done = [world["done"] for world in cell.result["worlds"]]
    return {
        "cell": cell.id[:12],
        "name": cell.result["name"],
        "worlds done": f"{sum(done)} of {len(done)}",
        "cycle": f"{cycle['mean_s']:.3g} ± {cycle['sd_s']:.2g} s" if cycle["count"] else "none",
    }


def _text(cell: CellResult) -> str:
    found = cell.result
    cycle, energy, reach, placing = (found[name] for name in ("cycle", "energy", "reach", "placing"))
    lines = [f"{found['name']}, cell {cell.id[:12]}: {_row(cell)['worlds done']} worlds done"]
    if cycle["count"]:
        lines += [
            f"cycle     {cycle['mean_s']:.3g} s, 90 % within {cycle['low_s']:.3g} to {cycle['high_s']:.3g} s "
            f"({cycle['count']} cycles)",
            f"energy    {energy['electrical_j_per_box']:.4g} J a box, {energy['working_w']:.4g} W at work, "
            f"{energy['waiting_w']:.4g} W waiting; the cup holds up to {energy['pull_peak_n']:.3g} N",
            f"placing   {1000 * placing['mean_m']:.2g} mm off, {1000 * placing['worst_m']:.2g} mm at worst",
        ]
    lines.append(f"reach     {reach['reached']} of {reach['slots']} slots")
    lines += [f"blocked   no way to slot {item['slot']}: {item['by']}" for item in reach.get("blocked", [])]
    lines += [f"hit       {' and '.join(hit['bodies'])}, {hit['force_n']:.3g} N, first at {hit['first_s']:.2f} s, "
              f"in {len(hit['worlds'])} worlds" for hit in found["collisions"]]  # fmt: skip
    lines += [f"world {world['world']}   {world['trouble']}" for world in found["worlds"] if world["trouble"]]
    rows = [
        {
            "joint": joint["name"],
            "peak": f"{joint['torque_peak_n_m']:.3g} N·m",
            "rms": f"{joint['torque_rms_n_m']:.3g} N·m",
            "limit": "-" if joint["torque_limit_n_m"] is None else f"{joint['torque_limit_n_m']:.3g} N·m",
            "speed": f"{joint['speed_peak_rad_per_s']:.3g} of {joint['speed_limit_rad_per_s']:.3g} rad/s",
        }
        for joint in found["joints"]
    ]
    return "\n".join([*lines, "", table(rows, list(rows[0]))])
