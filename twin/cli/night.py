"""`twin night`: run a night by hand, and read what nights found."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from twin.cli.terminal import Json, open_context, progress_bar, show, table
from twin.errors import Fault, InvalidInput
from twin.night.page import page, percent
from twin.records.night import NightReport
from twin.services import night_steps, nights, plants
from twin.store.documents import plain

Plant = Annotated[str, typer.Argument(help="Name of the plant.")]
Day = Annotated[str | None, typer.Option("--day", help="The day that is looked at, ISO date; the newest by default.")]
Html = Annotated[Path | None, typer.Option("--html", help="Write the report as one HTML page to this file.")]
Count = Annotated[int, typer.Option("--count", min=1, max=1000, help="How many reports, newest first.")]


def register(parent: typer.Typer) -> None:
    """Add `night` to the terminal."""
    group = typer.Typer(help="Nights: learn from the day, judge, forecast, report.", no_args_is_help=True)
    group.command()(run)
    group.command()(report)
    group.command("list")(list_)
    parent.add_typer(group, name="night")


def run(plant: Plant, day: Day = None, as_json: Json = False) -> None:
    """Look at a day (yesterday by default), learn, judge, forecast and report; a reported day is not run again."""
    context = open_context()
    zone = ZoneInfo(plants.get(context, plant)[0].site.time_zone)
    looked = _date(day) if day else context.clock().astimezone(zone).date() - night_steps.ONE_DAY
    with progress_bar(plant) as progress:
        found = night_steps.run(context, plant, looked + night_steps.ONE_DAY, progress=progress)
    show(plain(found), as_json=as_json, text=lambda _document: _text(found))


def report(plant: Plant, day: Day = None, html: Html = None, as_json: Json = False) -> None:
    """What a night found; --html writes the page that a browser or a mail shows."""
    context = open_context()
    found = nights.get(context, plant, _date(day).isoformat()) if day else nights.latest(context, plant)
    if html is not None:
        html.write_text(page(found), encoding="utf-8")
    show(plain(found), as_json=as_json, text=lambda _document: _text(found))


def list_(plant: Plant, count: Count = 30, as_json: Json = False) -> None:
    """The last nights, one line each."""
    found = nights.listed(open_context(), plant, count=count)
    rows = [
        {
            "day": item.day,
            "verdict": item.verdict.value.replace("_", " "),
            "model": item.model_after,
            "log": percent(item.quality.share),
            "skill": percent(item.scores.get("skill")),
            "findings": len(item.findings),
        }
        for item in found
    ]
    show(plain(found), as_json=as_json, text=lambda _document: table(rows, list(rows[0]) if rows else ()))


def _date(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a calendar day has no zone
    except ValueError:
        raise InvalidInput([Fault("--day", repr(text), "a date like 2026-03-02")]) from None


def _text(found: NightReport) -> str:
    lines = [f"{found.plant}, {found.day}: {found.sentence}", ""]
    lines += [f"  to do: {line}" for line in found.actions] or ["  nothing asks for attention"]
    lines += [f"  log: {line}" for line in found.quality.notes]
    if found.scores:
        skill, kept = percent(found.scores["skill"]), percent(found.scores["coverage"])
        lines.append(f"  forecast: {skill} better than “as yesterday”, {kept} of readings in its band")
    lines += [f"  found: {item.kind.value}: {item.text}" for item in found.findings]
    lines += [
        f"  {'ok' if test['passed'] else 'NO':3} {test['name']}: {test['text']}" for test in found.gate.get("tests", ())
    ]
    return "\n".join(lines)
