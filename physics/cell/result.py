"""What a run of a cell says, as plain JSON: cycle times, reach, collisions, joint loads, energy, riding and placing."""

from __future__ import annotations

from typing import Any

import numpy as np

from physics.cell.chain import Floats
from physics.cell.run import Run
from physics.cell.worker import Phase, Worker

SCHEMA = "plantwin.cell/1"


def document(run: Run) -> dict[str, Any]:
    """Everything that is kept of a run; times in s, all else as its name says."""
    return {
        "schema": SCHEMA,
        "name": run.spec.name,
        "simulated_s": run.time_s,
        "cycle": _cycle(run),
        "worlds": [_world(run, worker) for worker in run.workers],
        "reach": _reach(run),
        "collisions": _collisions(run),
        "joints": _joints(run),
        "energy": _energy(run),
        "belt": _belt(run),
        "placing": _placing(run),
        "film": _film(run),
    }


def cycle_times(run: Run) -> Floats:
    """Every whole cycle of every world, s, in order of size."""
    times = [cycle.ended_s - cycle.begun_s for worker in run.workers for cycle in worker.cycles]
    found = np.array(times)
    return np.sort(found[np.isfinite(found)])


def _cycle(run: Run) -> dict[str, Any]:
    times = cycle_times(run)
    if not len(times):
        return {
            "values_s": [],
            "count": 0,
            "mean_s": None,
            "sd_s": None,
            "low_s": None,
            "median_s": None,
            "high_s": None,
        }
    low, median, high = np.quantile(times, (0.05, 0.5, 0.95))
    return {
        "values_s": [round(float(value), 6) for value in times],
        "count": len(times),
        "mean_s": float(times.mean()),
        "sd_s": float(times.std(ddof=1)) if len(times) > 1 else 0.0,
        "low_s": float(low),
        "median_s": float(median),
        "high_s": float(high),
    }


def _world(run: Run, worker: Worker) -> dict[str, Any]:
    draws, world = run.draws, worker.world
    boxes = [
        {
            "box": cycle.box,
            "slot": cycle.slot,
            "mass_kg": float(draws.mass_kg[world, cycle.box]),
            "friction_ratio": float(draws.friction_ratio[world, cycle.box]),
            **{name: _number(getattr(cycle, name)) for name in ("begun_s", "gripped_s", "placed_s", "ended_s")},
        }
        for cycle in worker.cycles
    ]
    return {"world": world, "done": worker.phase is Phase.DONE, "trouble": worker.trouble, "boxes": boxes}


def _reach(run: Run) -> dict[str, Any]:
    reach = run.planner.reach
    return {
        "slots": len(reach.slots),
        "reached": int(reach.slots.sum()),
        "out_of_reach": [
            {"slot": int(slot), "position_m": [float(value) for value in run.planner.slots[slot]]}
            for slot in np.flatnonzero(~reach.slots)
            if slot not in reach.blocked
        ],
        "blocked": [{"slot": slot, "by": name} for slot, name in sorted(reach.blocked.items())],
    }


def _collisions(run: Run) -> list[dict[str, Any]]:
    found = sorted(run.ledger.hits.touches.items(), key=lambda item: item[1].first_s)
    return [
        {"bodies": list(pair), "worlds": sorted(touch.worlds), "first_s": touch.first_s, "force_n": touch.force_n}
        for pair, touch in found
    ]


def _joints(run: Run) -> list[dict[str, Any]]:
    ledger, chain = run.ledger, run.chain
    steps = max(float(ledger.steps.sum()), 1.0)
    effective = np.sqrt(ledger.squares.sum(axis=0) / steps)
    return [
        {
            "name": name,
            "torque_peak_n_m": float(ledger.peak_torque[:, at].max()),
            "torque_rms_n_m": float(effective[at]),
            "torque_limit_n_m": _number(float(chain.torque[at])),
            "speed_peak_rad_per_s": float(ledger.peak_speed[:, at].max()),
            "error_peak_rad": float(ledger.peak_error[:, at].max()),
            "speed_limit_rad_per_s": float(chain.speed[at]),
        }
        for at, name in enumerate(chain.names)
    ]


def _energy(run: Run) -> dict[str, Any]:
    """Energy of the arms while they work; between cycles they draw what they draw at rest."""
    ledger, count = run.ledger, len(cycle_times(run))
    busy_s = float(ledger.steps.sum()) * run.spec.step_s
    return {
        "mechanical_j_per_box": float(ledger.mechanical_j.sum()) / count if count else None,
        "electrical_j_per_box": float(ledger.electrical_j.sum()) / count if count else None,
        "working_w": float(ledger.electrical_j.sum()) / busy_s if busy_s else None,
        "waiting_w": run.spec.drive.standby_w,
        "pull_peak_n": float(ledger.pull_n.max()),
    }


def _belt(run: Run) -> list[dict[str, Any]]:
    ledger = run.ledger
    return [
        {
            "world": int(world),
            "box": int(box),
            "friction_ratio": float(run.draws.friction_ratio[world, box]),
            "caught_up_s": float(ledger.caught_s[world, box]),
            "slip_m": float(ledger.slip_m[world, box]),
        }
        for world, box in zip(*np.nonzero(np.isfinite(ledger.caught_s)), strict=True)
    ]


def _placing(run: Run) -> dict[str, Any]:
    """How far boxes lie from the middle of their slots at the end."""
    away = [
        float(np.linalg.norm(run.places_m[worker.world, cycle.box] - run.planner.slots[cycle.slot]))
        for worker in run.workers
        for cycle in worker.cycles
        if np.isfinite(cycle.placed_s)
    ]
    if not away:
        return {"placed": 0, "mean_m": None, "worst_m": None}
    return {"placed": len(away), "mean_m": float(np.mean(away)), "worst_m": float(np.max(away))}


def _film(run: Run) -> str:
    """Whether there is an animation, or why not."""
    if run.frames:
        return f"{len(run.frames)} frames"
    return (
        "not asked for" if run.spec.film is None else "none: this machine lacks EGL (Debian: libegl1 libgl1-mesa-dri)"
    )


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
