"""What the historian makes of the truth: noise, drift, outliers, gaps, words instead of numbers, repeated rows."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from examples.bottling import schedule

Signals = dict[str, NDArray[np.float64]]


@dataclass(frozen=True)
class Column:
    """How one signal is written: `written = (si - zero) * per_si`, with noise and digits in the written unit."""

    per_si: float
    zero: float = 0.0
    noise: float = 0.0
    digits: int = 2


BAR, CELSIUS, RPM = Column(1e-5, 101_325.0, 0.008, 3), Column(1.0, 273.15, 0.2, 2), Column(60 / (2 * np.pi), digits=1)

SENSORS = {
    "FT-101": Column(60_000.0, noise=0.6),
    "PT-101": BAR,
    "PT-102": Column(1e-3, noise=0.25),
    "IT-101": Column(1.0, noise=0.02, digits=3),
    "TT-101": Column(1.0, 273.15, 0.08),
    "TT-102": Column(1.0, 273.15, 0.08),
    "TT-103": CELSIUS,
    "TT-104": CELSIUS,
    "LT-101": Column(100.0, noise=0.3),
    "ZT-101": Column(100.0, noise=0.5),
    "SI-101": Column(100.0, noise=0.5),
    "FT-105": Column(3.6e6, noise=0.08),
    "VT-101": Column(1.0, noise=0.05, digits=3),
    "IT-201": Column(1.0, noise=0.008, digits=4),
    "TT-201": CELSIUS,
    "ST-201": Column(1.0, noise=0.003, digits=4),
    "FT-301": Column(60_000.0, noise=0.15),
    "PT-301": Column(1e-5, 101_325.0, 0.02, 3),
    "IT-301": Column(1.0, noise=0.02, digits=3),
}
INPUTS = {
    "SC-101": RPM, "SC-201": RPM, "WT-201": Column(1.0, digits=1), "SC-301": RPM, "QH-101": Column(1e-3, digits=3),
    "TT-190": Column(1.0, 273.15, 0.05), "TT-191": Column(1.0, 273.15, 0.05),
}  # fmt: skip

DRIFT_PER_DAY = {"PT-301": 250.0, "TT-103": 0.03, "FT-101": 1.0e-6}
"""How far a sensor's zero wanders in a day, SI."""

OUTLIER_SHARE, OUTLIER_SIZE = 3e-4, 40.0
"""One reading in some 3000 is off by about 40 times the noise."""

WORDS = ("Bad", "No Data", "I/O Timeout")


def write(folder: Path, drives: schedule.Drives, truth: Signals, seed: int) -> tuple[Path, Path]:
    """Write log.csv (local time) and events.csv; the same seed writes the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    stream = np.random.default_rng([seed, 2])
    columns = {tag: _column(stream, truth[tag], column, tag) for tag, column in SENSORS.items()}
    columns |= {tag: _column(stream, values, INPUTS[tag], tag) for tag, values in _inputs(drives).items()}
    _spoil(stream, columns)
    rows = list(zip(map(_local, drives.times), *columns.values(), strict=True))
    for row in sorted(stream.integers(0, len(rows), 25).tolist(), reverse=True):
        rows.insert(row, rows[row])  # the historian sends some rows twice
    log = folder / "log.csv"
    with log.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("time", *columns), *rows])
    return log, _write_events(folder / "events.csv", drives)


def _inputs(drives: schedule.Drives) -> Signals:
    return {
        "SC-101": drives.pump_rad_per_s, "SC-201": drives.conveyor_rad_per_s, "WT-201": drives.load_kg,
        "SC-301": drives.filler_rad_per_s, "QH-101": drives.heat_w, "TT-190": drives.outdoor_k,
        "TT-191": drives.hall_k,
    }  # fmt: skip


def _column(stream: np.random.Generator, values: NDArray[np.float64], column: Column, tag: str) -> list[str]:
    days = np.arange(len(values)) * schedule.STEP_S / 86_400
    written = (values + DRIFT_PER_DAY.get(tag, 0.0) * days - column.zero) * column.per_si
    written = written + column.noise * stream.standard_normal(len(values))
    if tag in SENSORS:
        outliers = stream.random(len(values)) < OUTLIER_SHARE
        written = written + outliers * OUTLIER_SIZE * column.noise * stream.choice([-1.0, 1.0], len(values))
    return [f"{value:.{column.digits}f}" for value in written]


def _spoil(stream: np.random.Generator, columns: dict[str, list[str]]) -> None:
    """Gaps, words and a frozen sensor; inputs lose single cells only."""
    count = len(next(iter(columns.values())))
    for tag in SENSORS:
        for _ in range(max(count // 5000, 1)):
            first, length = int(stream.integers(0, count)), int(stream.integers(5, 90))
            text = str(stream.choice(["", *WORDS]))
            for k in range(first, min(first + length, count)):
                columns[tag][k] = text
    for tag in INPUTS:
        for k in stream.integers(1, count, count // 4000).tolist():
            columns[tag][k] = ""
    frozen = slice(count // 3, min(count // 3 + 150, count))
    columns["TT-201"][frozen] = [columns["TT-201"][frozen.start]] * (frozen.stop - frozen.start)


def _local(time: datetime) -> str:
    return time.astimezone(schedule.ZONE).strftime("%Y-%m-%d %H:%M:%S")


def _write_events(path: Path, drives: schedule.Drives) -> Path:
    rows: list[tuple[str, str, str, str, str]] = []
    begun = drives.times[0].astimezone(schedule.ZONE)
    stop = begun.replace(hour=int(schedule.STOP_HOURS[0])) + timedelta(days=schedule.STOP_DAY)
    end = stop + timedelta(hours=schedule.STOP_HOURS[1] - schedule.STOP_HOURS[0])
    if stop < drives.times[-1]:
        rows.append(
            ("maintenance", "utilities/cooling/filter-1", stop.isoformat(), end.isoformat(), "Cartridge rinsed")
        )
    changes = np.flatnonzero(np.diff(drives.product, prepend=-1) != 0)
    for k in changes:
        if drives.product[k] >= 0:
            time = drives.times[k].astimezone(schedule.ZONE).isoformat()
            rows.append(("product_change", "line-1/filler", time, "", schedule.PRODUCTS[drives.product[k]]))
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("kind", "asset", "start", "end", "text"), *rows])
    return path
