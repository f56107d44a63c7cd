"""Are sensor faults told from faults of the plant? Injected cases on the demo plant, and the table of what was found.

    python -m examples.thirty_nights.faults HOME [--tuning] [--write docs/faults.md]

HOME holds a finished first night (`python -m examples.thirty_nights HOME`). The model that it made follows four healthy
days and one with a fault that the reference simulator, not the engine, has put into the plant or into a sensor. Whoever
changes a limit does so on the cases of `--tuning`, of other sensors, sizes, hours, weather and noise.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from examples.bottling import log, schedule
from examples.thirty_nights import hall

PLANT, BEFORE_DAYS, STEP_ROWS = "bottling", 4, 5
WEATHERS = 3
"""So many weeks of weather and production; the cases take turns."""
LEAK = "utilities/cooling/leak-1.area_m2"
"""The reference lets it grow by a third in two weeks in every case, so to find it is no false alarm."""
KINDS = (
    "healthy", "plant, sudden", "plant, slow", "sensor bias", "sensor stuck", "sensor noise", "sensor gap",
    "the hall's own leak",
)  # fmt: skip
Signals = dict[str, np.ndarray]


@dataclass(frozen=True)
class Case:
    """One injected fault.

    Attributes: kind, of KINDS; where, a state of the hall or a tag; edits, of the state at a row of the day; daily,
    what a state gains on each of the days before and on it; spoil, of the day's readings.
    """

    kind: str
    where: str
    edits: dict[int, hall.Edit]
    daily: tuple[str, float] | None = None
    spoil: Callable[[Signals, np.random.Generator], None] = lambda _signals, _rng: None


def cases(*, tuning: bool) -> Iterator[Case]:
    """The injected cases: those that limits were tuned on, or those of the table."""
    size = 1.0 if tuning else 0.8
    hours = (8,) if tuning else (7, 13)
    for _number in range(3 if tuning else 8):
        yield Case("healthy", "", {})
    jumps = {"clog": 0.8, "wear1": 0.3} if tuning else {"clog": 0.7, "wear1": 0.25, "wear2": 0.3, "wear3": 0.8}
    for hour in hours:
        for name, jump in jumps.items():
            yield Case("plant, sudden", name, {hour * 60: hall.add_to(name, jump)})
        for tag in ("PT-101", "TT-104") if tuning else ("FT-101", "IT-201", "PT-301", "VT-101"):
            yield Case("sensor bias", tag, {}, spoil=shifted(tag, size * 8.0, hour))
        for tag in ("IT-101",) if tuning else ("TT-102", "FT-301"):
            yield Case("sensor noise", tag, {}, spoil=louder(tag, 4.0 * size))
        for tag in ("TT-103",) if tuning else ("PT-102", "LT-101"):
            yield Case("sensor stuck", tag, {}, spoil=frozen(tag, hour, hours=4))
        for tag in ("ZT-101",) if tuning else ("TT-101", "SI-101"):
            yield Case("sensor gap", tag, {}, spoil=silent(tag, hour, hours=5))
    for name, gain in (("wear1", 0.05),) if tuning else (("wear1", 0.04), ("wear2", 0.05), ("wear3", 0.12)):
        yield Case("plant, slow", name, {}, daily=(name, gain))


def shifted(tag: str, noises: float, hour: int) -> Callable[[Signals, np.random.Generator], None]:
    """A zero that jumps by so many times the sensor's noise."""
    return lambda signals, _rng: _add(signals[tag], hour * 60, noises * _noise(tag))


def louder(tag: str, times: float) -> Callable[[Signals, np.random.Generator], None]:
    """A sensor with so many times its noise."""

    def spoil(signals: Signals, rng: np.random.Generator) -> None:
        signals[tag] += np.sqrt(times**2 - 1) * _noise(tag) * rng.standard_normal(len(signals[tag]))

    return spoil


def frozen(tag: str, hour: int, *, hours: int) -> Callable[[Signals, np.random.Generator], None]:
    """A sensor that repeats its value."""

    def spoil(signals: Signals, _rng: np.random.Generator) -> None:
        signals[tag][hour * 60 : (hour + hours) * 60] = signals[tag][hour * 60]

    return spoil


def silent(tag: str, hour: int, *, hours: int) -> Callable[[Signals, np.random.Generator], None]:
    """A sensor that says nothing."""

    def spoil(signals: Signals, _rng: np.random.Generator) -> None:
        signals[tag][hour * 60 : (hour + hours) * 60] = np.nan

    return spoil


def _noise(tag: str) -> float:
    return log.SENSORS[tag].noise / log.SENSORS[tag].per_si


def _add(values: np.ndarray, first: int, size: float) -> None:
    values[first:] += size


def found_of(case: Case, judge: Callable[[Signals, schedule.Drives], list], weather: int, noise: int) -> list:
    """What the night says of a case."""
    rows, rng = hall.ROWS_A_DAY, np.random.default_rng([noise, 7])
    drives = schedule.make(BEFORE_DAYS + 1, weather)
    days, state = healthy(weather) if case.daily is None else wearing(weather, *case.daily)
    if case.edits:
        edits = {BEFORE_DAYS * rows + row: edit for row, edit in case.edits.items()}
        days = (*days[:-1], hall.simulate(drives, BEFORE_DAYS * rows, (BEFORE_DAYS + 1) * rows, state, edits)[0])
    read = [hall.readings(truth, rng) for truth in days]
    case.spoil(read[-1], rng)
    return judge({tag: np.concatenate([day[tag] for day in read]) for tag in read[0]}, drives)


@lru_cache(maxsize=8)
def healthy(weather: int) -> tuple[tuple[Signals, ...], hall.State]:
    """True signals of all days without a fault, and the state before the last."""
    return wearing(weather, "wear1", 0.0)


def wearing(weather: int, name: str, gain: float) -> tuple[tuple[Signals, ...], hall.State]:
    """The same with a state that gains so much a day."""
    drives, rows = schedule.make(BEFORE_DAYS + 1, weather), hall.ROWS_A_DAY
    state, days, before = hall.begin(), [], hall.begin()
    for number in range(BEFORE_DAYS + 1):
        before = state
        edits = {number * rows + hour * 60: hall.add_to(name, gain / 8) for hour in range(1, 24, 3)} if gain else {}
        truth, state = hall.simulate(drives, number * rows, (number + 1) * rows, state, edits)
        days.append(truth)
    return tuple(days), before


def judge_of(home: Path) -> Callable[[Signals, schedule.Drives], list]:
    """The night's own way to look at a day, with the first model of a home."""
    from twin.calibration.replay import replay
    from twin.calibration.study import study
    from twin.night.quality import assess
    from twin.records.batch import TagSeries
    from twin.records.window import SignalWindow
    from twin.services import nights
    from twin.services.basis import stand_on
    from twin.services.context import Context
    from twin.services.day_faults import findings_of
    from twin.services.night_watch import DayRun
    from twin.settings import Settings

    context = Context.open(Settings(home=home))
    basis = stand_on(context, PLANT, version=1)
    assembly, model, version = basis.assembly, basis.assembly.compile(), basis.version
    sensors = {sensor.tag: sensor.noise_sd for sensor in basis.scene.modelled_sensors}

    def judge(signals: Signals, drives: schedule.Drives) -> list:
        rows = slice(0, None, STEP_ROWS)
        measured = np.column_stack([signals[tag][rows] for tag in assembly.sensor_tags])
        driven = np.column_stack([np.asarray(log._inputs(drives)[tag])[rows] for tag in assembly.input_tags])
        step_s = schedule.STEP_S * STEP_ROWS
        start_us = round(drives.times[0].timestamp() * 1e6)
        window = SignalWindow(
            PLANT, start_us, step_s, assembly.sensor_tags, measured, np.isfinite(measured), assembly.input_tags,
            driven, np.ones(len(measured), bool), ((0, len(measured)),), 0,
        )  # fmt: skip
        first = BEFORE_DAYS * hall.ROWS_A_DAY // STEP_ROWS
        times = window.times_us()
        day = (int(times[first]), int(times[-1]) + round(step_s * 1e6))
        series = []
        for at, tag in enumerate(assembly.sensor_tags):
            kept = np.isfinite(measured[first:, at])
            quality = np.zeros(int(kept.sum()), np.uint8)
            series.append(TagSeries(tag, times[first:][kept], measured[first:, at][kept], quality))
        quality = assess(series, sensors, start_us=day[0], end_us=day[1], spacing_us=step_s * 1e6)
        ready = study(assembly, model, nights.without(window, quality.exclusions))
        free = replay(ready, version.calibration, version.residual)
        return list(findings_of(DayRun(ready, version, ready.measured(), free, first), quality, *day))

    return judge


def verdict(found: list) -> tuple[str, str]:
    """Kind and subject of the most telling finding: a sensor that is silent, still or loud, else the best cause."""
    if found and found[0].subject == LEAK:
        return "the hall's own leak", LEAK
    words = {"slow change": "plant, slow", "sudden change": "plant, sudden"}
    if not found:
        return "healthy", ""
    return words.get(found[0].kind.value, found[0].kind.value), found[0].subject


def main() -> None:
    """Judge every case and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--tuning", action="store_true")
    parser.add_argument("--write", type=Path)
    asked = parser.parse_args()
    judge, counts = judge_of(asked.home), Counter()
    for number, case in enumerate(cases(tuning=asked.tuning)):
        found = found_of(case, judge, (500 if asked.tuning else 900) + number % WEATHERS, number)
        kind, subject = verdict(found)
        counts[case.kind, kind] += 1
        print(json.dumps([case.kind, case.where, kind, subject, [item.text for item in found]]), flush=True)  # noqa: T201
    text = table(counts)
    print(text)  # noqa: T201
    if asked.write:
        asked.write.write_text(text + "\n", encoding="utf-8")


def table(counts: Counter) -> str:
    """Injected against found."""
    head = f"| injected | {' | '.join(KINDS)} |\n| --- |{' --- |' * len(KINDS)}"
    rows = [f"| {kind} | {' | '.join(str(counts[kind, told] or '') for told in KINDS)} |" for kind in KINDS[:-1]]
    return "\n".join([head, *rows])


if __name__ == "__main__":
    main()
