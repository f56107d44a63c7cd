"""Worlds of a line that run on from one exchange with the physics to the next.

Between two exchanges everything is exact; what crosses at an exchange holds until the next one: speeds and failures go
in, times in each state, items on a conveyor and finished repairs come out.
"""

from __future__ import annotations

from copy import copy

import numpy as np
from numpy.typing import ArrayLike, NDArray

from physics.flow.kernels import tables
from physics.flow.lanes import Lanes
from physics.flow.pack import CompiledLine
from physics.flow.simulate import FlowRun, Method, gathered, read_out

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


class Exchange:
    """A line's worlds, all at `now_s`."""

    def __init__(
        self,
        line: CompiledLine,
        *,
        worlds: int,
        seed: int,
        first_world: int = 0,
        most_events: int = 1 << 30,
        lead_count: int = 1,
        threads: int = 2,
    ) -> None:
        self.line, self.worlds, self.most_events = line, worlds, most_events
        self.now_s = self._since_s = 0.0
        self._batch = Lanes(line, seed, worlds, first=first_world, leads=lead_count, threads=threads)
        speeds = np.repeat(line.arrays["places"]["speed"][None].astype(np.float64), worlds, axis=0)
        self._speeds = np.ascontiguousarray(speeds)
        self._tripped = np.zeros((worlds, len(line.stop_names)), dtype=np.int32)
        self._before = np.zeros((worlds, len(line.place_names), len(tables.STATES)))
        self._spent = self._before

    def copied(self) -> Exchange:
        """The same worlds once more, to go on from here in another way."""
        other = copy(self)
        other._batch, other._speeds, other._tripped = self._batch.copied(), self._speeds.copy(), self._tripped.copy()
        return other

    def run(self, until_s: float) -> None:
        """Carry all worlds on to the next exchange.

        Raises: ValueError, for a time that does not lie ahead.
        """
        if not until_s > self.now_s:
            raise ValueError(f"until_s: got {until_s:g} s at {self.now_s:g} s, need a later time.")
        if self.now_s == 0:
            self._batch.run(0.0, self.most_events)
        self._batch.adopt(self._speeds, self._tripped)
        self._tripped[:] = 0
        self._batch.run(until_s, self.most_events)
        self.now_s = until_s
        booked = self._batch.read("state_s")
        self._spent, self._before = booked - self._before, booked

    def forget(self) -> None:
        """Count anew from now on: what came before was warm-up."""
        self._batch.forget(self.now_s)
        self._since_s = self.now_s
        self._before = np.zeros_like(self._before)

    def counted(self) -> FlowRun:
        """Everything that was counted since the beginning, or since the warm-up was forgotten."""
        return gathered(self.line, self.now_s - self._since_s, [read_out(self.line, self._batch)], Method.EVENTS)

    def set_speed(self, part: str, speed: ArrayLike) -> None:
        """From now on a part works, or runs, at this many times its declared speed; 0 stands still.

        Args:
            part: With stations or conveyors.
            speed: One for all worlds, or shape [W].
        Raises: KeyError, for a part without places; ValueError, for a speed below zero or not finite.
        """
        given = np.broadcast_to(np.asarray(speed, dtype=np.float64), (self.worlds,))
        if not (np.isfinite(given) & (given >= 0)).all():
            raise ValueError(f"{part}: got speeds from {given.min():g} to {given.max():g}, need 0 or more.")
        self._speeds[:, self._places(part)] = given[:, None]

    def fail(self, failure: str, worlds: ArrayLike) -> None:
        """A `physical_failure` comes in the worlds marked, shape [W]; where it is under repair nothing happens."""
        self._tripped[np.asarray(worlds, dtype=bool), self._stop(failure)] = 1

    def spent_s(self, part: str) -> Floats:
        """Seconds in each of `tables.STATES` since the last exchange, mean of the part's places, shape [W, 9]."""
        return np.asarray(self._spent[:, self._places(part)].mean(axis=1))

    def held(self, part: str) -> Counts:
        """Items in the part's places now, shape [W]."""
        return np.asarray(self._batch.read("places")["count"][:, self._places(part)].sum(axis=1), dtype=np.int64)

    def done(self, part: str) -> Counts:
        """Items that the part has worked on, or a sink has taken, since the beginning, shape [W]."""
        return np.asarray(self._batch.read("places")["done"][:, self._places(part)].sum(axis=1), dtype=np.int64)

    def standing(self, part: str) -> NDArray[np.bool_]:
        """Where a part is down, under service or off shift now, all places of it, shape [W]."""
        places = self._batch.read("places")
        return np.asarray((places["holds"] + places["off"] > 0)[:, self._places(part)].all(axis=1))

    def under_repair(self, failure: str) -> NDArray[np.bool_]:
        """Where a failure has come and its repair is not over, shape [W]."""
        return np.asarray(self._batch.read("stops")["phase"][:, self._stop(failure)] != tables.ARMED)

    def repairs(self, failure: str) -> Counts:
        """Finished repairs since the beginning, shape [W]."""
        return np.asarray(self._batch.read("stops")["ended"][:, self._stop(failure)], dtype=np.int64)

    def finished(self) -> Counts:
        """Items by product since the beginning, shape [W, P]."""
        return self._batch.read("finished").astype(np.int64)

    def status(self) -> Counts:
        """How each world goes, `simulate.Status`, shape [W]."""
        return self._batch.read("world")["status"].astype(np.int64)

    def balance(self) -> Counts:
        """Items that came in less those that left, were scrapped, used up or are inside: zero, shape [W]."""
        world, places = self._batch.read("world"), self._batch.read("places")
        gone = world["finished"] + world["consumed"] + places["scrapped"].sum(axis=1)
        return np.asarray(world["created"] - gone - world["items"], dtype=np.int64)

    def _places(self, part: str) -> list[int]:
        found = list(self.line.places_of(part))
        if not found:
            raise KeyError(part)
        return found

    def _stop(self, failure: str) -> int:
        return self.line.stop_names.index(failure)
