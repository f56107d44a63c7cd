"""What drives the bottling hall: shifts, products, set speeds, weather. One row a minute, UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

ZONE = ZoneInfo("Europe/Berlin")
START = datetime(2025, 3, 17, tzinfo=ZONE).astimezone(UTC)
"""A Monday; summer time begins on the second Sunday of the log."""

STEP_S = 60.0
STOP_DAY, STOP_HOURS = 1, (9.0, 11.0)
"""The pause for maintenance: filter rinsed on the first Tuesday, 09:00 to 11:00 local."""

PRODUCTS = ("still water", "lemonade", "juice")
LINE_SPEED = {"still water": 1.0, "lemonade": 0.88, "juice": 0.76}
BOTTLE_LOAD_KG = {"still water": 120.0, "lemonade": 95.0, "juice": 140.0}
PROCESS_HEAT_W = {"still water": 9500.0, "lemonade": 12500.0, "juice": 16500.0}


@dataclass(frozen=True)
class Drives:
    """Inputs over time, SI, shape [T] each; `product` is the index of PRODUCTS, -1 while the line stands."""

    times: list[datetime]
    pump_rad_per_s: NDArray[np.float64]
    conveyor_rad_per_s: NDArray[np.float64]
    load_kg: NDArray[np.float64]
    filler_rad_per_s: NDArray[np.float64]
    heat_w: NDArray[np.float64]
    outdoor_k: NDArray[np.float64]
    hall_k: NDArray[np.float64]
    product: NDArray[np.int64]


def make(days: float, seed: int) -> Drives:
    """Two shifts on weekdays, one on Saturday, none on Sunday; set points change every half hour to few hours."""
    stream = np.random.default_rng([seed, 1])
    count = round(days * 86_400 / STEP_S)
    times = [START + timedelta(seconds=STEP_S * k) for k in range(count)]
    local = [time.astimezone(ZONE) for time in times]
    hour = np.array([time.hour + time.minute / 60 for time in local])
    day = np.array([(time.date() - local[0].date()).days for time in local])
    weekday = np.array([time.weekday() for time in local])
    stopped = (day == STOP_DAY) & (hour >= STOP_HOURS[0]) & (hour < STOP_HOURS[1])
    ends = np.where(weekday < 5, 22.0, np.where(weekday == 5, 14.0, 6.0))
    running = (hour >= 6.0) & (hour < ends) & ~stopped
    product = np.where(running, _held(stream.integers(0, len(PRODUCTS), count), 240), -1)

    def by_product(table: dict[str, float]) -> NDArray[np.float64]:
        return np.array([*(table[name] for name in PRODUCTS), 0.0])[product]

    speed = by_product(LINE_SPEED) * _held(stream.uniform(0.85, 1.0, count), 60)
    pump = np.where(running, _held(stream.uniform(0.78, 1.0, count), 90), _held(stream.uniform(0.70, 0.85, count), 180))
    outdoor_k, hall_k = _weather(stream, hour, day)
    return Drives(
        times=times,
        pump_rad_per_s=_rpm(1450.0) * pump * ~stopped,
        conveyor_rad_per_s=_rpm(1400.0) * speed,
        load_kg=by_product(BOTTLE_LOAD_KG) * _held(stream.uniform(0.6, 1.1, count), 30),
        filler_rad_per_s=_rpm(400.0) * speed,
        heat_w=1200.0 * ~stopped + by_product(PROCESS_HEAT_W) * speed * _held(stream.uniform(0.85, 1.1, count), 30),
        outdoor_k=outdoor_k,
        hall_k=hall_k + 1.5 * running,
        product=product,
    )


def _weather(stream, hour, day):
    """Outdoor and hall temperature: a daily wave, fronts that come and go over days, small gusts."""
    nodes = np.arange(day[-1] + 2)
    front = np.interp(day + hour / 24, nodes, 3.0 * stream.standard_normal(len(nodes)))
    gusts = np.convolve(stream.standard_normal(len(hour)), np.ones(45) / 45, mode="same")
    outdoor = 281.0 + 5.0 * np.sin((hour - 9.0) / 24 * 2 * np.pi) + front + gusts
    hall = 292.5 + 1.2 * np.sin((hour - 10.0) / 24 * 2 * np.pi) + 0.15 * front
    return outdoor, hall


def _held(values, minutes):
    """Each value kept for some minutes."""
    return np.repeat(values[:: max(minutes, 1)], max(minutes, 1))[: len(values)]


def _rpm(speed: float) -> float:
    return speed * 2 * np.pi / 60
