"""The bottling hall that "really" stands there, a day at a time, with what happens to it on some of them.

The equations are the reference's (SciPy, nothing of Plantwin's engine); wear jumps and repairs come on top.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.integrate import solve_ivp

from examples.bottling import log, reference, schedule

ROWS_A_DAY = round(86_400 / schedule.STEP_S)

BEARING_WEAR = 0.45
"""Of the pump on the first day: it shall last until its repair."""
State = np.ndarray
Edit = Callable[[State], None]


def begin() -> State:
    """The plant on its first day."""
    start = {**reference.BEGIN, "wear1": BEARING_WEAR}
    return np.array([start.get(name, 0.0) for name in reference.STATES])


def columns_of(drives: schedule.Drives) -> np.ndarray:
    """What is held between changes, shape [T, 5]."""
    return np.column_stack([
        drives.pump_rad_per_s, drives.conveyor_rad_per_s, drives.load_kg, drives.filler_rad_per_s, drives.heat_w,
    ])  # fmt: skip


def simulate(
    drives: schedule.Drives, first: int, last: int, state: State, edits: dict[int, Edit] | None = None
) -> tuple[dict[str, np.ndarray], State]:
    """True signals of the rows from first to before last, SI, and the state after; edits happen at their row."""
    columns, edits = columns_of(drives), edits or {}
    moved = np.flatnonzero(np.any(np.diff(columns[first:last], axis=0) != 0, axis=1)) + first + 1
    edges = sorted({first, last, *moved.tolist(), *(row for row in edits if first < row < last)})
    states, state = [], state.copy()
    for begun, ended in zip(edges[:-1], edges[1:], strict=True):
        if begun in edits:
            edits[begun](state)
        times = np.arange(begun, ended + 1) * schedule.STEP_S
        rates = _rates(drives, columns[begun])
        run = solve_ivp(
            rates, (times[0], times[-1]), state, "LSODA", t_eval=times, rtol=1e-5, atol=1e-7, max_step=900.0
        )
        assert run.success, run.message
        states.append(run.y.T[:-1])
        state = run.y[:, -1]
    course = np.concatenate(states)
    rows = [
        reference._signals(course[k - first], columns[max(k - 1, 0)], drives.outdoor_k[k]) for k in range(first, last)
    ]
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}, state


def _rates(drives: schedule.Drives, held: np.ndarray) -> Callable[[float, State], list[float]]:
    count = len(drives.times)

    def rates(t: float, z: State) -> list[float]:
        k = min(t / schedule.STEP_S, count - 1.000001)
        low = int(k)
        air = tuple(reference._between(series, low, k - low) for series in (drives.outdoor_k, drives.hall_k))
        return reference._rates(z, held, air)

    return rates


def readings(truth: dict[str, np.ndarray], rng: np.random.Generator) -> dict[str, np.ndarray]:
    """What the sensors read, SI: their noise on top."""
    return {
        tag: values + log.SENSORS[tag].noise / log.SENSORS[tag].per_si * rng.standard_normal(len(values))
        for tag, values in truth.items()
    }


def written(
    drives: schedule.Drives, first: int, last: int, truth: dict[str, np.ndarray], rng: np.random.Generator
) -> dict[str, list[str]]:
    """The historian's columns of a stretch: local time, then every tag in its own unit and digits."""
    found = {"time": [log._local(time) for time in drives.times[first:last]]}
    for tag, values in readings(truth, rng).items():
        found[tag] = _cells(values, log.SENSORS[tag])
    for tag, values in log._inputs(drives).items():
        found[tag] = _cells(np.asarray(values)[first:last], log.INPUTS[tag])
    return found


def _cells(values: np.ndarray, column: log.Column) -> list[str]:
    return [f"{value:.{column.digits}f}" for value in (values - column.zero) * column.per_si]


def set_to(name: str, value: float) -> Edit:
    """A state that is put to a value: a repair."""

    def edit(state: State) -> None:
        state[reference.AT[name]] = value

    return edit


def add_to(name: str, value: float) -> Edit:
    """A state that jumps: sudden damage."""

    def edit(state: State) -> None:
        state[reference.AT[name]] += value

    return edit
