"""Use cases of robot cells: simulate one, keep it by what it says, give its times and power to the line.

A result is a folder `cells/<id>` of the home: JSON and a film, never code. The id follows from the description and the
code, so asking twice costs nothing, and a result whose folder is there is whole: it is moved there in one step.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from physics.cell import runner
from physics.cell.process import FILM, RESULT, SPEC
from physics.cell.read import read
from physics.cell.result import SCHEMA
from twin.errors import Fault, InvalidInput, NotFound, NotReady, TwinError
from twin.records.cell import CellResult, CellStanding
from twin.records.plant import PlantRevision
from twin.scene import measured
from twin.scene.line import CouplingKind
from twin.scene.rewrite import rewritten
from twin.scene.rules_cells import TYPE
from twin.scene.scene import Asset
from twin.services import plants
from twin.services.context import Context, Progress, silent
from twin.services.steps import State

CELLS, WORK, PROVENANCE = "cells", "work", "provenance.json"


def simulate(context: Context, spec: Mapping[str, Any], *, progress: Progress = silent) -> CellResult:
    """Simulate a cell, or give what is kept of it.

    Raises: InvalidInput, with every fault of the description; NotReady, without the extra; TwinError, where the
    simulation broke; what `progress` raises, which ends it.
    """
    check(spec)
    found = runner.digest(spec)
    if (_folder(context, found) / RESULT).is_file():
        return get(context, found)
    versions = {
        "plantwin": version("plantwin"),
        "genesis": runner.genesis_version(),
        "code": runner.code_digest(),
        "when": context.clock().isoformat(timespec="seconds"),
    }
    work = context.home / WORK / f"cell-{found[:16]}"
    try:
        runner.simulate(spec, work, progress)
    except runner.NoGenesis as error:
        raise NotReady(str(error)) from error
    except runner.CellRefused as error:
        raise InvalidInput([Fault(**vars(fault)) for fault in error.faults]) from error
    except runner.CellBroke as error:
        raise TwinError(str(error)) from error
    (work / PROVENANCE).write_text(json.dumps(versions))
    _keep(work, _folder(context, found))
    return get(context, found)


def check(spec: Any) -> None:
    """Judge a description as far as that goes without an arm.

    Raises: InvalidInput, with every fault.
    """
    faults = read(spec)[1]
    if faults:
        raise InvalidInput([Fault(**vars(fault)) for fault in faults])


def get(context: Context, cell: str) -> CellResult:
    """What is kept of a simulated cell, by its id or the beginning of it.

    Raises: NotFound.
    """
    known = _kept(context)
    found = [name for name in known if name.startswith(cell)] if cell else []
    if len(found) != 1:
        raise NotFound("cell", cell, [name[:12] for name in known])
    folder = _folder(context, found[0])
    spec, result, provenance = (json.loads((folder / name).read_text()) for name in (SPEC, RESULT, PROVENANCE))
    film = folder / FILM
    return CellResult(found[0], spec, result, provenance, film if film.is_file() else None)


def find(context: Context) -> list[CellResult]:
    """Every simulated cell of this home, the newest first."""
    names = sorted(_kept(context), key=lambda name: -(_folder(context, name) / RESULT).stat().st_mtime)
    return [get(context, name) for name in names]


def of_asset(context: Context, plant: str, asset: str) -> Mapping[str, Any]:
    """The description of a cell of a plant's line.

    Raises: NotFound; InvalidInput, where the asset is no cell or has no description.
    """
    scene, _revision = plants.get(context, plant)
    cells = {item.id: item for item in scene.assets if item.type == TYPE}
    if asset not in cells:
        raise NotFound("robot cell", asset, sorted(cells))
    return _description(cells[asset])


def bring(context: Context, folder: Path) -> CellResult:
    """Take in a result of another home, as from a machine that has the extra to one that has not.

    Raises: InvalidInput, where the folder holds no result, or its parts do not belong together.
    """
    try:
        spec, result, versions = (json.loads((folder / name).read_text()) for name in (SPEC, RESULT, PROVENANCE))
        schema, found = result["schema"], runner.digest(spec, code=versions["code"])
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        step = "Give a folder of the other home's `cells/`."
        raise InvalidInput([Fault(str(folder), str(error), f"{SPEC}, {RESULT} and {PROVENANCE}", step)]) from error
    check(spec)
    if schema != SCHEMA:
        raise InvalidInput([Fault(f"{folder / RESULT}", f"schema {schema!r}", SCHEMA, "Simulate the cell anew.")])
    work = context.home / WORK / f"cell-{found[:16]}"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    for name in (SPEC, RESULT, PROVENANCE, FILM):
        if (folder / name).is_file():
            shutil.copy2(folder / name, work)
    _keep(work, _folder(context, found))
    return get(context, found)


def latest(context: Context, plant: str, asset: str) -> CellResult:
    """The result that belongs to a plant's cell: of its description by this code, else the one that measured its times.

    Raises: NotFound; InvalidInput; NotReady, where neither is kept here.
    """
    found = runner.digest(of_asset(context, plant, asset))
    kept = [name for name in (found, _measured_by(context, plant, asset)) if name in _kept(context)]
    if not kept:
        raise NotReady(f"cell {asset!r}: no simulation of it is kept here. Run `twin cell run {plant} {asset}`.")
    return get(context, kept[0])


def standings(context: Context, plant: str) -> list[CellStanding]:
    """Every robot cell of a plant's line: where its cycle times come from, and whether that still holds.

    Raises: NotFound.
    """
    scene, _revision = plants.get(context, plant)
    found = []
    for asset in measured.cells_of(scene):
        described = isinstance(asset.settings.get("cell"), Mapping)
        kept = described and runner.digest(asset.settings["cell"]) in _kept(context)
        found.append(
            CellStanding(
                asset=asset.id,
                standing=measured.standing(asset).value,
                told=measured.told(asset, plant),
                described=described,
                kept=bool(kept or _measured_by(context, plant, asset.id)),
                available=runner.available(),
                how_to_get=runner.HOW_TO_GET,
            )
        )
    return found


def adopt(context: Context, plant: str, asset: str, cell: CellResult, *, author: str) -> PlantRevision:
    """Give a cell's cycle times and power to the line, with what they were measured by: a new revision.

    The power becomes that of a `work` coupling of the cell, else the part's own `working_w` and `idle_w`.

    Raises: NotFound; NotReady, where no pallet was filled; Outdated, when somebody else wrote meanwhile.
    """
    scene, revision = plants.get(context, plant)
    settings = scene.asset(asset).settings
    turns_s = cell.turns_s(int(settings.get("box_count", 1)))
    if not turns_s:
        trouble = next((world["trouble"] for world in cell.result["worlds"] if world["trouble"]), "no box came")
        raise NotReady(f"cell {asset!r}: no item was finished, so there is no cycle time. {trouble}.")
    power = {"working": cell.result["energy"]["working_w"], "idle": cell.result["energy"]["waiting_w"]}
    couplings = {
        at: power
        for at, item in enumerate(scene.couplings)
        if item.kind is CouplingKind.WORK and item.part == asset and item.quantity.endswith("_w")
    }
    changes: dict[str, Any] = {"cycle_s": _distribution(turns_s)}
    if not couplings:
        changes |= {f"{name}_w": round(value, 1) for name, value in power.items()}
    changes["measured"] = {
        "cell": cell.id[: measured.SHOWN],
        "description": measured.description(settings),
        "times": measured.times(changes),
        "when": cell.provenance.get("when", ""),
    }
    text, _revision = plants.text(context, plant)
    changed = rewritten(text, asset, changes, couplings)
    reason = f"cycle times of {asset} as simulated, cell {cell.id[:12]}"
    return plants.update(context, plant, changed, etag=revision.etag, author=author, reason=reason)


def _distribution(turns_s: Sequence[Sequence[float]]) -> dict[str, Any]:
    """Cycle times as a setting: items of a pallet in turn, each one of those seen at its place."""
    if len(turns_s) == 1:
        return {"empirical": {"values_s": sorted(turns_s[0])}}
    return {"sequence": {"turns_s": [sorted(turn) for turn in turns_s]}}


def _measured_by(context: Context, plant: str, asset: str) -> str:
    """The kept result that the plant file names, "" where none is or its description is another one now."""
    scene, _revision = plants.get(context, plant)
    found = scene.asset(asset)
    if measured.standing(found) in (measured.Standing.STATED, measured.Standing.STALE):
        return ""
    name = str(measured.record(found).get("cell", ""))
    return next((kept for kept in _kept(context) if name and kept.startswith(name)), "")


def _simulate_step(context: Context, state: State, progress: Progress) -> State:
    cell = simulate(context, of_asset(context, state["plant"], state["asset"]), progress=progress)
    return {**state, "cell": cell.id}


def _adopt_step(context: Context, state: State, _progress: Progress) -> State:
    cell = get(context, state["cell"])
    revision = adopt(context, state["plant"], state["asset"], cell, author=state["author"])
    cycle = {name: value for name, value in cell.result["cycle"].items() if name != "values_s"}
    return {**state, "result": {"cell": cell.id, "revision": revision.revision, "cycle": cycle}}


STEPS = (("simulate", _simulate_step), ("adopt", _adopt_step))


def _description(asset: Asset) -> Mapping[str, Any]:
    cell = asset.settings.get("cell")
    if not isinstance(cell, Mapping):
        step = "Describe its arm, belts, boxes and pallet under `settings.cell` (docs/cell.md)."
        raise InvalidInput([Fault(f"{asset.id}.settings.cell", "nothing", "the description of a cell", step)])
    return cell


def _keep(work: Path, target: Path) -> None:
    """Move a result to its place; where another process was faster, its own is as good."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for path in work.iterdir():
        if path.name not in (SPEC, RESULT, PROVENANCE, FILM):
            path.unlink()
    try:
        work.replace(target)
    except OSError:
        shutil.rmtree(work)


def _folder(context: Context, cell: str) -> Path:
    return context.home / CELLS / cell


def _kept(context: Context) -> list[str]:
    folder = context.home / CELLS
    return sorted(path.name for path in folder.iterdir() if (path / RESULT).is_file()) if folder.is_dir() else []
