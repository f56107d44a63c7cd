"""The days after the demo's log: the same hall goes on from where its ten days ended, and its truth is known."""

from __future__ import annotations

import csv
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np

from examples.bottling import demo, log, reference, schedule
from examples.thirty_nights import hall

SEED, NOISE_SEED = 1, 7
"""The demo's own seed; the historian's noise from there on."""
Truth = dict[str, np.ndarray]


def first_day() -> date:
    """The first one that the demo's log lacks."""
    return schedule.START.astimezone(schedule.ZONE).date() + timedelta(days=demo.DAYS)


def went_on(days: int) -> tuple[schedule.Drives, Truth]:
    """Drives and true signals (SI, shape [T] each) of the demo's days and of so many more."""
    known, longer = schedule.make(demo.DAYS, SEED), schedule.make(demo.DAYS + days, SEED)
    count = len(known.times)
    local = [moment.astimezone(schedule.ZONE) for moment in known.times]
    rinsed = [
        row for row, moment in enumerate(local)
        if (moment.date() - local[0].date()).days == schedule.STOP_DAY and moment.hour == schedule.STOP_HOURS[0]
    ][:1]  # fmt: skip
    begin = np.array([reference.BEGIN.get(name, 0.0) for name in reference.STATES])
    before, state = hall.simulate(known, 0, count, begin, dict.fromkeys(rinsed, hall.set_to("clog", 0.05)))
    after, _state = hall.simulate(longer, count, len(longer.times), state)
    arrays = [item.name for item in fields(longer) if item.name != "times"]
    joined = {name: np.concatenate([getattr(known, name), getattr(longer, name)[count:]]) for name in arrays}
    return replace(longer, **joined), {name: np.concatenate([before[name], after[name]]) for name in before}


def write(folder: Path, drives: schedule.Drives, truth: Truth) -> Path:
    """The log of the days after the demo's as its historian writes it, in a folder."""
    whole, _events = log.write(folder, drives, truth, NOISE_SEED)
    with whole.open(encoding="utf-8") as file:
        rows = list(csv.reader(file))
    begin = datetime.combine(first_day(), datetime.min.time())
    path = folder / "after.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([rows[0], *(row for row in rows[1:] if datetime.fromisoformat(row[0]) >= begin)])
    return path
