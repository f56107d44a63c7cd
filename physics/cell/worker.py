"""One arm at work in one world: waits for a box, fetches it, sets it down, comes back.

A cycle begins when the arm stands ready and a box lies at the stop, and ends when the arm stands ready again; what the
arm waits for boxes is no part of it, so the cycle is the machine's own time, whatever feeds it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from physics.cell import layout
from physics.cell.chain import Floats
from physics.cell.path import Path
from physics.cell.planner import Planner

TRACKED_RAD, STILL_RAD_PER_S = 0.005, 0.05
"""A way has ended when every joint is this near and this slow: some 3 mm at the end of an arm of 0.6 m."""
STILL_M_PER_S, AT_STOP_M = 0.01, 0.02
"""A box counts as there when it is this slow and this near to the stop."""
PATIENCE_S = 20.0
"""An arm that does not get where it should within this time is stuck."""


class Phase(StrEnum):
    """What an arm is doing."""

    WAIT = "waiting for a box"
    FETCH = "on the way to a box"
    GRIP = "gripping"
    CARRY = "carrying"
    RELEASE = "letting go"
    RETURN = "on the way back"
    DONE = "done"
    FAILED = "failed"


@dataclass
class Cycle:
    """One box: its slot, and seconds since the start at which things happened to it (NaN before they do)."""

    box: int
    slot: int
    begun_s: float
    gripped_s: float = float("nan")
    placed_s: float = float("nan")
    ended_s: float = float("nan")


@dataclass
class Worker:
    """The arm of one world, as a state machine; `position`, `speed` and `push` are what it should do now."""

    world: int
    planner: Planner
    position: Floats
    phase: Phase = Phase.WAIT
    trouble: str = ""
    held: int = -1
    cycles: list[Cycle] = field(default_factory=list)
    speed: Floats = field(init=False)
    push: Floats = field(init=False)
    _path: Path | None = None
    _row: int = -1
    _until_s: float = 0.0
    _since_s: float = 0.0
    _way: int = 0

    def __post_init__(self) -> None:
        self.speed, self.push = np.zeros_like(self.position), np.zeros_like(self.position)
        self._slots = [int(slot) for slot in np.flatnonzero(self.planner.reach.slots)]

    @property
    def busy(self) -> bool:
        """Whether a cycle is under way."""
        return self.phase not in (Phase.WAIT, Phase.DONE, Phase.FAILED)

    @property
    def placed(self) -> list[int]:
        """The boxes that were set down."""
        return [cycle.box for cycle in self.cycles if np.isfinite(cycle.placed_s)]

    def step(self, now_s: float, arm: Floats, arm_speed: Floats, places: Floats, yaws: Floats, speeds: Floats) -> str:
        """One step.

        Args:
            now_s: Time since the start.
            arm: Joint positions, shape [J].
            arm_speed: Joint speeds, shape [J].
            places: Centres of this world's boxes, shape [B, 3].
            yaws: Their turns about z, shape [B].
            speeds: Their speeds, shape [B, 3].
        Returns: "hold" or "let go" when the cup shall, else "".
        """
        there = self._follow(arm, arm_speed)
        if self.phase is Phase.WAIT:
            self._look(now_s, places, yaws, speeds)
        elif self.phase in (Phase.FETCH, Phase.CARRY, Phase.RETURN) and not there:
            if now_s - self._since_s > PATIENCE_S:
                self._fail(f"stuck {self.phase.value}: {self._late(arm)}")
        elif self.phase is Phase.FETCH:
            self._dwell(Phase.GRIP, now_s, self.planner.spec.gripper.grip_s)
        elif self.phase is Phase.GRIP and now_s >= self._until_s:
            return self._take(now_s, places, yaws)
        elif self.phase is Phase.CARRY:
            self._dwell(Phase.RELEASE, now_s, self.planner.spec.gripper.release_s)
        elif self.phase is Phase.RELEASE and now_s >= self._until_s:
            self.cycles[-1].placed_s, self.held = now_s, -1
            self._go(Phase.RETURN, self.planner.back(self.position, self.cycles[-1].slot, self._way), now_s)
            return "let go"
        elif self.phase is Phase.RETURN:
            self.cycles[-1].ended_s = now_s
            self.phase = Phase.DONE if len(self.cycles) == len(self._slots) else Phase.WAIT
        return ""

    def lose(self, force_n: float) -> None:
        """The cup could not hold the box."""
        self._fail(
            f"lost box {self.held}: it pulled with {force_n:.0f} N, "
            f"the cup holds {self.planner.spec.gripper.hold_n:g} N"
        )
        self.held = -1

    def _look(self, now_s: float, places: Floats, yaws: Floats, speeds: Floats) -> None:
        """Begin a cycle when the next box lies at the stop."""
        if not self._slots:
            self._fail("no slot is within reach")
            return
        box = len(self.cycles)
        ahead = (layout.stopped_m(self.planner.spec) - places[box]) @ layout.along(self.planner.spec.belts[-1])
        if abs(ahead) > AT_STOP_M or np.abs(speeds[box]).max() > STILL_M_PER_S:
            return
        path = self.planner.to_box(self.position, places[box], float(yaws[box]))
        if path is None:
            self._fail(f"box {box} lies where the arm cannot reach it")
            return
        self.cycles.append(Cycle(box, self._slots[box], now_s))
        self._go(Phase.FETCH, path, now_s)

    def _take(self, now_s: float, places: Floats, yaws: Floats) -> str:
        cycle = self.cycles[-1]
        found = self.planner.to_slot(self.position, places[cycle.box], float(yaws[cycle.box]), cycle.slot)
        if found is None:
            self._fail(f"no way for box {cycle.box} to slot {cycle.slot}")
            return ""
        path, self._way = found
        cycle.gripped_s, self.held = now_s, cycle.box
        self._go(Phase.CARRY, path, now_s)
        return "hold"

    def _go(self, phase: Phase, path: Path, now_s: float) -> None:
        self.phase, self._path, self._row, self._since_s = phase, path, -1, now_s

    def _dwell(self, phase: Phase, now_s: float, time_s: float) -> None:
        self.phase, self._until_s = phase, now_s + time_s

    def _follow(self, arm: Floats, arm_speed: Floats) -> bool:
        """Take the next row of the path; whether its end was reached."""
        if self._path is None:
            return True
        last = len(self._path.position) - 1
        self._row = min(self._row + 1, last)
        self.position, self.speed, self.push = (
            rows[self._row] for rows in (self._path.position, self._path.speed, self._path.acceleration)
        )
        if self._row < last:
            return False
        return bool(np.abs(self.position - arm).max() < TRACKED_RAD and np.abs(arm_speed).max() < STILL_RAD_PER_S)

    def _late(self, arm: Floats) -> str:
        off = np.abs(self.position - arm)
        return f"joint {self.planner.chain.names[int(off.argmax())]} is {off.max():.3g} away from where it should be"

    def _fail(self, why: str) -> None:
        self.phase, self.trouble = Phase.FAILED, why
        self.speed, self.push = np.zeros_like(self.position), np.zeros_like(self.position)
