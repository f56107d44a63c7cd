"""Writes the page of the nights of a home: each night's verdict, the gate's figures, and forecasts beside rivals.

    python -m examples.thirty_nights.page HOME docs/thirty_nights.md

Rivals of a day's forecast: physics alone from the same log, the free run of the days before, and the first model kept
in service for ever. Days are scored here once and remembered in HOME, all by the same code.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from examples.bottling import schedule
from examples.thirty_nights import __main__ as story

HEADS = (
    "day",
    "verdict",
    "model",
    "skill",
    "possible",
    "of the possible",
    "physics alone",
    "first model kept",
    "free run",
    "in band",
    "the gate",
    "found",
)

KEPT = ("skill", "possible", "coverage", "rivals")
"""Of a day's scores."""


def main(home: Path, path: Path) -> None:
    """Write the page and say where."""
    found = reports(home)
    path.write_text(text(found, first_kept(home, found)), encoding="utf-8")


def reports(home: Path) -> list:
    """Every night of the plant, oldest first, its day scored as the code that runs here scores it."""
    from twin.services import nights

    found = reversed(nights.listed(_context(home), story.PLANT, count=100))
    return [
        replace(night, scores={**night.scores, **scored(home, night, night.model_before)}) if night.scores else night
        for night in found
    ]


def _context(home: Path):
    from twin.services.context import Context
    from twin.settings import Settings

    return Context.open(Settings(home=home))


def first_kept(home: Path, found: list) -> dict[str, float]:
    """Skill of the first model on each scored day, as if no later one had come."""
    skills = {night.day: scored(home, night, 1).get("skill") for night in found if night.scores}
    return {day: skill for day, skill in skills.items() if skill is not None}


def scored(home: Path, night, version: int) -> dict:
    """Scores of a version's forecast for the day of a night, remembered in the home; empty where it has none."""
    from twin.services import nights
    from twin.services.basis import stand_on
    from twin.services.night_watch import run_of_day, scores_of

    path = home / f"scores-{night.day}-{version}.json"
    if not path.exists():
        context = _context(home)
        excluded = (*nights.exclusions(context, story.PLANT, before=night.day), *nights.exclusions_of(night))
        basis = stand_on(context, story.PLANT, version=version)
        run = run_of_day(context, basis, night.start_us, night.end_us, excluded)
        found = scores_of(run) if run else {}
        path.write_text(json.dumps({name: found[name] for name in KEPT if name in found}))
    return json.loads(path.read_text())


def text(found: list, kept: dict[str, float]) -> str:
    """The page."""
    rows = ["| " + " | ".join(row(night, kept.get(night.day))) + " |" for night in found]
    table = ["| " + " | ".join(HEADS) + " |", "| " + " | ".join("---" for _head in HEADS) + " |", *rows]
    return "\n".join([
        "# Thirty nights",
        "",
        "Written by `python -m examples.thirty_nights HOME` and `python -m examples.thirty_nights.page HOME",
        "docs/thirty_nights.md`; what it shows and how it is to be read stands in [Nights](nights.md).",
        "",
        *summary(found, kept),
        "",
        "![Forecast skill and models night by night](thirty_nights.svg)",
        "",
        *happened(),
        "",
        *table,
        "",
        "Skill: one less the CRPS of the 24 h forecast issued at midnight over that of “as yesterday”, which is given",
        "the spread that suits the day best. Possible: what it is of one who knows all but the sensors' stated noise.",
        "A row's model is the one in service after its night; the one before it forecast the day.",
        "",
    ])  # fmt: skip


def summary(found: list, kept: dict[str, float]) -> list[str]:
    """What the nights come to, in figures that the table has."""
    promoted = [night for night in found if night.verdict.value == "promoted"]
    back = [night for night in found if night.verdict.value == "rolled_back"]
    scored = [night for night in found if night.scores]
    lines = [f"- Nights: {len(found)}; promotions: {len(promoted)}; rolled back: {len(back)}."]
    for name, some in (("first", scored[:5]), ("last", scored[-5:])):
        own = _mean([night.scores["skill"] for night in some])
        alone = _mean([night.scores["rivals"].get("physics") for night in some])
        old = _mean([kept.get(night.day) for night in some])
        share = _mean([won(night.scores) for night in some])
        lines.append(
            f"- Mean skill of the {name} {len(some)} scored days: {own}, {share} of the possible; "
            f"physics alone {alone}; first model kept {old}."
        )
    return lines


def happened() -> list[str]:
    """What was done to the plant and its log, which the product was not told, but for the maintenance book."""
    first = schedule.START.astimezone(schedule.ZONE).date()
    day = lambda number: date.fromordinal(first.toordinal() + number).isoformat()  # noqa: E731
    bias = (
        f"from noon of {day(story.BIAS_DAYS[0])} to {day(story.BIAS_DAYS[-1])} PT-301 reads {story.BIAS_BAR} bar more"
    )
    return [
        f"What happened: a leak grows all the time; from {day(story.FASTER_FROM)} on the pump's bearing wears by",
        f"{story.FASTER_A_DAY:g} a day more than the plant file's law can say; {bias};",
        f"on {day(story.BAD_DAY)} the historian writes “Bad” from four in the morning on; on {day(story.REPAIR_DAY)}",
        "the bearing is changed, which the maintenance book says.",
    ]


def won(scores: dict) -> float | None:
    """Share of the possible skill that a day's forecast had."""
    return scores["skill"] / scores["possible"] if scores.get("possible") else None


def row(night, kept: float | None) -> list[str]:
    """One night's cells."""
    scores = night.scores or {}
    rivals = scores.get("rivals", {})
    findings = "; ".join(item.text for item in night.findings) or "–"
    share = [scores.get("skill"), scores.get("possible"), won(scores)]
    share += [rivals.get("physics"), kept, rivals.get("free_run"), scores.get("coverage")]
    verdict = night.verdict.value.replace("_", " ")
    return [night.day, verdict, str(night.model_after), *map(_percent, share), gate(night), findings]


def gate(night) -> str:
    """What the gate's figures were, or why nothing was judged."""
    tests = {test["name"]: test for test in night.gate.get("tests", ())}
    paired = tests.get("better than champion")
    if not tests:
        return night.sentence
    failed = [name for name, test in tests.items() if not test["passed"]]
    words = "first model"
    if paired:
        size = f"{100 * abs(paired['gain']):.0f} % {'less' if paired['gain'] >= 0 else 'more'} squared error"
        words = f"{size}, chance {_chance(paired['chance'])}, allowed {_chance(paired['alpha'])}"
    return words + (f"; failed: {', '.join(failed)}" if failed else "")


def _mean(values: list) -> str:
    known = [value for value in values if value is not None]
    return _percent(sum(known) / len(known)) if known else "–"


def _chance(share: float) -> str:
    if share < 1e-3:
        return "under 0.1 %"
    return f"{100 * share:.0f} %" if share >= 0.1 else f"{100 * share:.2g} %"


def _percent(share: float | None) -> str:
    return "–" if share is None or share != share else f"{100 * share:.0f} %"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
