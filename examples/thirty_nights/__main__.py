"""Thirty nights of the demo plant: wear that speeds up, a sensor that lies, a night of bad data, a repair.

    python -m examples.thirty_nights HOME [--nights 30]        # goes on where it was stopped

A week of log makes the first model; then each day is simulated, logged and followed by its night.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import time
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np

from examples.bottling import schedule
from examples.thirty_nights import hall

ROOT = Path(__file__).parents[2]
PLANT, FIRST_DAYS, SEED = "bottling", 7, 1
CHEAP = {"members": 3, "worlds": 8, "stable_steps": 20_000, "explain": False}
"""Less than a plant would ask for, so that thirty nights take an hour; the first model and all nights alike."""
FIRST = {**CHEAP, "starts": 8, "rounds": [6, 8, 10], "learn_days": FIRST_DAYS}
NIGHTLY = {**CHEAP, "rounds": [4], "learn_days": 4}
SAMPLING = ("sampling_s: 300.0", "sampling_s: 600.0")
"""The plant file's line, and what it is here: learning from every second row."""
FASTER_FROM, FASTER_A_DAY = 12, 0.04
"""From this day on the pump's bearing wears by so much more a day than the plant file's law can say."""
BIAS_DAYS, BIAS_BAR = range(14, 17), 0.15
"""On these days PT-301 reads so much too high, until it is changed."""
BAD_DAY = 17
"""On this day the historian writes "Bad" from four in the morning on."""
REPAIR_DAY, REPAIRED_WEAR = 19, 0.05
"""The bearing is changed on the morning of this day."""
SAMPLE_ROWS = 5
"""One row in five is logged: the plant learns from a row every five minutes."""


def main() -> None:
    """Run what is not done yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--nights", type=int, default=30)
    asked = parser.parse_args()
    os.environ["TWIN_HOME"] = str(asked.home)
    asked.home.mkdir(parents=True, exist_ok=True)
    drives = schedule.make(FIRST_DAYS + asked.nights + 1, SEED)
    days = local_days(drives)
    context = opened()
    for number in range(FIRST_DAYS + asked.nights):
        simulate_day(asked.home, drives, days, number)
    for number in range(FIRST_DAYS + asked.nights):
        if not reported(context, days[number]):
            take_in(context, asked.home, days, number)
            if number >= FIRST_DAYS - 1:
                run_night(context, days[number], first=number == FIRST_DAYS - 1)


def local_days(drives: schedule.Drives) -> list[date]:
    """Every whole local day of the drives."""
    return sorted({moment.astimezone(schedule.ZONE).date() for moment in drives.times})


def opened():
    """The home with the plant in it."""
    from twin.cli.terminal import open_context
    from twin.errors import NotFound
    from twin.services import plants

    context = open_context()
    try:
        plants.get(context, PLANT)
    except NotFound:
        text = (ROOT / "examples/bottling/plant.yaml").read_text()
        assert SAMPLING[0] in text
        plants.create(context, text.replace(*SAMPLING), author="example", reason="")
    return context


def simulate_day(home: Path, drives: schedule.Drives, days: list[date], number: int) -> None:
    """Simulate a local day unless that was done, and write its log as the historian would, beside the plant's state."""
    path = home / f"log-{days[number]}.csv"
    if path.exists():
        return
    local = np.array([moment.astimezone(schedule.ZONE).date() for moment in drives.times])
    rows = np.flatnonzero(local == days[number])
    first, last = int(rows[0]), int(rows[-1]) + 1
    state = hall.begin() if number == 0 else np.load(home / f"state-{number - 1:02}.npy")
    truth, after = hall.simulate(drives, first, last, state, edits_of(drives, first, number))
    columns = hall.written(drives, first, last, truth, np.random.default_rng([SEED, number]))
    spoil(columns, number)
    np.save(home / f"state-{number:02}.npy", after)
    part = path.with_suffix(".part")
    with part.open("w", newline="", encoding="utf-8") as file:
        lines = list(zip(*columns.values(), strict=True))[::SAMPLE_ROWS]
        csv.writer(file).writerows([tuple(columns), *lines])
    part.rename(path)


def take_in(context, home: Path, days: list[date], number: int) -> None:
    """Ingest a day's log and its maintenance book; what is known already is passed over."""
    from twin.services import events, ingest

    path = home / f"log-{days[number]}.csv"
    ingest.ingest(context, PLANT, path, (ROOT / "examples/bottling/mapping.yaml").read_text())
    events.save(context, PLANT, happened(days[number], number))


def reported(context, day: date) -> bool:
    """Whether a day has its night's report."""
    from twin.services import nights

    return any(found.day == day.isoformat() for found in nights.listed(context, PLANT, count=nights.MEMORY_DAYS))


def edits_of(drives: schedule.Drives, first: int, number: int) -> dict[int, hall.Edit]:
    """What happens to the plant on a day that no law of the plant file knows."""
    edits: dict[int, hall.Edit] = {}
    if number == 1:
        edits[first + 10 * 60] = hall.set_to("clog", 0.05)
    if FASTER_FROM <= number < REPAIR_DAY:
        edits |= {first + hour * 60: hall.add_to("wear1", FASTER_A_DAY / 8) for hour in range(1, 24, 3)}
    if number == REPAIR_DAY:
        edits[first + 9 * 60] = hall.set_to("wear1", REPAIRED_WEAR)
    return edits


def spoil(columns: dict[str, list[str]], number: int) -> None:
    """What happens to the log of a day."""
    count = len(columns["time"])
    if number in BIAS_DAYS:
        begin = count // 2 if number == BIAS_DAYS[0] else 0
        cells = columns["PT-301"]
        cells[begin:] = [f"{float(cell) + BIAS_BAR:.3f}" for cell in cells[begin:]]
    if number == BAD_DAY:
        for tag in hall.log.SENSORS:
            columns[tag][count // 6 :] = ["Bad"] * (count - count // 6)


def happened(day: date, number: int):
    """Entries of the maintenance book."""
    from twin.records.event import EventKind, PlantEvent

    visits = {
        1: ("utilities/cooling/filter-1", "Cartridge rinsed"),
        REPAIR_DAY: ("utilities/cooling/bearing-1", "Bearing changed"),
    }
    if number not in visits:
        return []
    asset, text = visits[number]
    begin = datetime(day.year, day.month, day.day, 9, tzinfo=schedule.ZONE)
    start_us = round(begin.timestamp() * 1e6)
    return [PlantEvent(EventKind.MAINTENANCE, asset, start_us, start_us + 3_600_000_000, text)]


def run_night(context, day: date, *, first: bool) -> None:
    """The night after a day; one that has its report is passed over."""
    from twin.services import night_steps

    started = time.perf_counter()
    options = {**(FIRST if first else NIGHTLY), "seed": 0}
    found = night_steps.run(context, PLANT, day + timedelta(days=1), options=options)
    skill = found.scores.get("skill")
    line = {
        "day": found.day,
        "verdict": found.verdict.value,
        "model": found.model_after,
        "skill": skill and round(skill, 3),
        "findings": [item.text for item in found.findings],
        "seconds": round(time.perf_counter() - started, 1),
    }
    print(json.dumps(line), flush=True)  # noqa: T201 - a script's own words


if __name__ == "__main__":
    main()
