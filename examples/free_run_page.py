"""A free run's part of the page: one table of models for a single tag, one row a tag for several, bands, ablations."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from statistics import median
from typing import TYPE_CHECKING

from twin.services.judge import ARX_ORDER

if TYPE_CHECKING:
    from examples.free_run import FreeRun


PAGE_COLUMNS = 118


def section(rig: FreeRun, found: dict) -> list[str]:
    """Lines of the page for what was found of a rig so far."""
    lines: list[str] = []
    if "seeds" in found:
        tags = list(found["seeds"][0]["test"][str(rig.skip[0])])
        lines += _single(rig, found, tags[0]) if len(tags) == 1 else _several(rig, found, tags)
        lines += _leads(rig, found["seeds"])
        lines += ["", *textwrap.wrap(rig.why, PAGE_COLUMNS)] if rig.why else []
    return lines + _ablations(rig, found.get("ablations", []))


def verdict(rig: FreeRun, found: dict) -> tuple[str, str, str]:
    """The mark, what was reached, and how many bands are right: free runs over all seeds, leads of the first."""
    if "seeds" not in found:
        return "–", "not run", "–"
    rows, name = found["seeds"], str(rig.skip[0])
    tags = list(rows[0]["test"][name])
    free = sum(row["test"][name][tag]["band_right"] for row in rows for tag in tags)
    leads = rows[0]["leads"]
    bands = f"free run {free} of {len(rows) * len(tags)}, by lead {sum(row['right'] for row in leads)} of {len(leads)}"
    if rig.mark is None:
        error = {
            key: [median(row["test"][name][tag][key] for row in rows) for tag in tags]
            for key in ("rmse", "persistence")
        }
        boxes = [median(found.get("black_box", {}).get(tag, [float("inf")])) for tag in tags]
        better = sum(
            own < min(box, held) for own, box, held in zip(error["rmse"], boxes, error["persistence"], strict=True)
        )
        return "none", f"better than black box and persistence on {better} of {len(tags)} tags", bands
    per_si, unit = _shown(rig, tags[0], rows[0]["test"][name][tags[0]]["unit"])
    middle = median(row["test"][name][tags[0]]["rmse"] * per_si for row in rows)
    reached = "reached" if middle <= rig.mark else f"missed by {middle - rig.mark:.3f}"
    return f"RMSE {rig.mark} {unit}", f"{middle:.3f}: {reached}", bands


def _single(rig: FreeRun, found: dict, tag: str) -> list[str]:
    """One tag: a row a model, with what others reached, then a row a seed."""
    rows, name = found["seeds"], str(rig.skip[0])
    per_si, unit = _shown(rig, tag, rows[0]["test"][name][tag]["unit"])
    scores = [row["test"][name][tag] for row in rows]
    errors = {key: [score[key] * per_si for score in scores] for key in ("rmse", "physics", "persistence")}
    middle, worst = median(errors["rmse"]), max(errors["rmse"])
    mark = ""
    if rig.mark is not None:
        reached = "reached" if middle <= rig.mark else f"missed by {middle - rig.mark:.3f} {unit}"
        mark = f" Mark {rig.mark}: {reached} (worst seed {worst:.3f})."
    lines = [
        f"Test RMSE in {unit}, {len(rows)} seeds, first {name} samples not scored.{mark} {_about(rig, found)}",
        "",
        "| model | median | worst | source |",
        "| --- | --- | --- | --- |",
        _row("persistence", errors["persistence"]),
        *_peers(found, tag, per_si),
        _row("physics alone", errors["physics"]),
        _row("**the model that the gate let through**", errors["rmse"]),
        *[f"| {item['model']} | {item['figure']} | | {item['source']} |" for item in rig.known],
        "",
    ]
    for skip in rig.skip[1:]:
        later = [row["test"][str(skip)][tag]["rmse"] * per_si for row in rows]
        lines += [f"Scored from sample {skip} on: median {median(later):.3f}, worst {max(later):.3f}.", ""]
    return [
        *lines,
        "| seed | test | 90 % band covers | width | interval score | persistence's | band | through the gate | its "
        "last quarter: physics, hybrid | processor s |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
        *[_seed(row, score, tag, per_si) for row, score in zip(rows, scores, strict=True)],
    ]


def _several(rig: FreeRun, found: dict, tags: list[str]) -> list[str]:
    """Several tags: a row a tag, medians over seeds."""
    rows, name = found["seeds"], str(rig.skip[0])
    gates = ", ".join(f"{row['candidate']}, {row['status']}" for row in rows)
    lines = [
        f"Test RMSE, median of {len(rows)} seeds (worst in brackets), first {name} samples not scored. Through "
        f"the gate went: {gates}; {median(row['seconds'] for row in rows):.0f} s of processor time a seed. "
        f"{_about(rig, found)}",
        "",
        f"| tag | unit | persistence | ARX, order {ARX_ORDER} | black box alone | physics alone | "
        "**through the gate** | 90 % band covers | interval score over persistence's | band |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for tag in tags:
        scores = [row["test"][name][tag] for row in rows]
        per_si, unit = _shown(rig, tag, scores[0]["unit"])
        values = {key: [score[key] * per_si for score in scores] for key in ("persistence", "physics", "rmse")}
        boxes = [[value * per_si for value in found.get(who, {}).get(tag, [])] for who in ("arx", "black_box")]
        first = scores[0]
        cells = (
            tag, unit, _both(values["persistence"]), *map(_both, boxes), _both(values["physics"]),
            f"**{_both(values['rmse'])}**", _covers(first, "coverage_low", "coverage_high"),
            f"{first['interval_score'] / first['persistence_interval_score']:.2f}", _right(first["band_right"]),
        )  # fmt: skip
        lines.append(_line(cells))
    return lines


def _leads(rig: FreeRun, seeds: list[dict]) -> list[str]:
    """Bands by lead of forecasts from assimilated states, first seed."""
    rows = seeds[0]["leads"]
    if not rows:
        return []
    right, *later = (sum(row["right"] for row in seed["leads"]) for seed in seeds)
    others = f", for {', '.join(map(str, later))} of the other seeds" if later else ""
    lines = [
        "",
        "Forecasts from assimilated states all along the test record (first seed); the 90 % band is right for "
        f"{right} of {len(rows)} tags and leads{others}.",
        "",
        "| tag | lead, s | error | over persistence's | 90 % band covers | interval score over persistence's | band |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row in rows:
        per_si, unit = _shown(rig, row["tag"], row["unit"])
        cells = (
            row["tag"], f"{row['lead_s']:g}", f"{row['rmse'] * per_si:.3g} {unit}",
            f"{row['rmse'] / row['persistence']:.2f}", _covers(row, "low", "high"),
            f"{row['interval_score'] / row['persistence_interval_score']:.2f}", _right(row["right"]),
        )  # fmt: skip
        lines.append(_line(cells))
    return lines


def _ablations(rig: FreeRun, rows: list[dict]) -> list[str]:
    """A line a variant, everything else as in the first."""
    if not rows:
        return []
    per_si, unit = _shown(rig, rows[0]["tag"], rows[0]["unit"])
    head = (
        f"Ablations: test RMSE in {unit} of the hybrid before any gate, median of {len(rows[0]['hybrid'])} seeds "
        f"(all of them in brackets), beside physics alone with the same structure. {rows[0]['told']}"
    )
    lines = ["", head, "", "| what | variant | physics alone | hybrid |", "| --- | --- | --- | --- |"]
    for row in rows:
        cells = [row["what"], row["variant"]]
        for key in ("physics", "hybrid"):
            shown = [value * per_si for value in row[key]]
            cells.append(f"{median(shown):.3f} ({', '.join(f'{value:.3f}' for value in shown)})")
        lines.append(_line(cells))
    return lines


def _seed(row: dict, score: dict, tag: str, per_si: float) -> str:
    gate = (f"{row['gate'][name][tag] * per_si:.3f}" if name in row["gate"] else "–" for name in ("physics", "hybrid"))
    cells = (
        row["seed"], f"{score['rmse'] * per_si:.3f}", _covers(score, "coverage_low", "coverage_high"),
        f"{score['width'] * per_si:.2f}", f"{score['interval_score'] * per_si:.2f}",
        f"{score['persistence_interval_score'] * per_si:.2f}", _right(score["band_right"]),
        f"{row['candidate']}, {row['status']}", ", ".join(gate), f"{row['seconds']:.0f}",
    )  # fmt: skip
    return _line(cells)


def _about(rig: FreeRun, found: dict) -> str:
    boxes = ""
    if "black_box_seconds" in found:
        boxes = f"The black boxes are ours, of like size; all of them took {found['black_box_seconds']:.0f} s. "
    return f"{boxes}What the plant file says, and why: examples/{rig.folder.name}/README.md."


def _peers(found: dict, tag: str, per_si: float) -> list[str]:
    labels = {"arx": f"ARX, order {ARX_ORDER}", "black_box": "black box alone"}
    return [_row(label, [v * per_si for v in found[who][tag]]) for who, label in labels.items() if who in found]


def _row(label: str, values: list[float]) -> str:
    return f"| {label} | {median(values):.3f} | {max(values):.3f} | this run |"


def _line(cells: Iterable[object]) -> str:
    return "| " + " | ".join(map(str, cells)) + " |"


def _shown(rig: FreeRun, tag: str, si_unit: str) -> tuple[float, str]:
    told = rig.show.get(tag, {})
    return float(told.get("per_si", 1.0)), str(told.get("unit", si_unit))


def _both(values: list[float]) -> str:
    return f"{median(values):.3g} ({max(values):.3g})" if values else "–"


def _covers(score: dict, low: str, high: str) -> str:
    share, least, most = (100 * score[key] for key in ("coverage", low, high))
    return f"{share:.1f} % [{least:.1f}, {most:.1f}]"


def _right(right: bool) -> str:
    return "right" if right else "not right"
