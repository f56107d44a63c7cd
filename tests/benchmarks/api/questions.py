"""What-ifs of the demo plant that differ from each other: drives, set points, loads, wear and maintenance."""

from __future__ import annotations

from typing import Any

PLANT = "bottling"
KINDS: tuple[tuple[str, str, tuple[float, ...]], ...] = (
    ("input", "utilities/cooling/motor-1.speed_set_rad_per_s", (0.7, 0.8, 0.9, 1.05)),
    ("setting", "flow/belt.speed_m_per_s", (0.9, 1.1)),
    ("setting", "flow/buffer-1.capacity_count", (2.0, 4.0)),
    ("setting", "flow/fitters.crew_count", (2.0,)),
    ("input", "utilities/outdoor.temperature_k", (0.98, 1.01, 1.02)),
    ("input", "utilities/hall.temperature_k", (0.99, 1.02)),
    ("parameter", "utilities/cooling/valve-1.flow_coefficient_m3_per_s", (0.9, 1.2)),
    ("parameter", "line-1/filler/jacket-1.conductance_w_per_k", (0.9, 1.1)),
    ("fault", "utilities/cooling/leak-1.area_m2", (2.0, 5.0)),
)
MAINTAINED = (
    "utilities/cooling/bearing-1",
    "utilities/cooling/filter-1",
    "line-1/filler/pump-3",
    "utilities/cooling/pump-1",
)

WEEK_H, WEEK_ROWS = 168.0, 480
WEEKLY: tuple[tuple[str, dict[str, Any]], ...] = (
    ("second repair crew", {"target": "flow/fitters.crew_count", "value": 2.0}),
    ("conveyor 10 % faster", {"target": "flow/belt.speed_m_per_s", "factor": 1.1}),
    ("buffer from 5 to 20", {"target": "flow/buffer-1.capacity_count", "value": 20.0}),
)
"""What an engineer asks of a line, for a week, with as many rows as the dashboard asks for."""


def changes() -> list[dict[str, Any]]:
    """Twenty-four single changes."""
    found = [{"kind": kind, "target": target, "factor": f} for kind, target, factors in KINDS for f in factors]
    return found + [{"kind": "maintenance", "target": asset} for asset in MAINTAINED]


def question(number: int, *, worlds: int = 256, hours: float = 8.0, seed: int = 0) -> dict[str, Any]:
    """The body of a POST: one of the changes, from now on."""
    known = changes()
    return _body(f"question {number}", known[number % len(known)], hours, worlds, seed, 60.0)


def weekly(number: int, *, worlds: int = 256, seed: int = 0) -> dict[str, Any]:
    """The body of a POST: one of the week's questions, from now on."""
    name, change = WEEKLY[number]
    return _body(name, {"kind": "setting", **change}, WEEK_H, worlds, seed, WEEK_H * 3600.0 / WEEK_ROWS)


def _body(name: str, change: dict[str, Any], hours: float, worlds: int, seed: int, sample_s: float) -> dict[str, Any]:
    return {
        "name": name, "changes": [change], "horizon_s": hours * 3600.0, "worlds": worlds, "seed": seed,
        "start": "now", "sample_s": sample_s,
    }  # fmt: skip
