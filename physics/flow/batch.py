"""Worlds of one line in memory: made, carried on, asked what happened."""

from __future__ import annotations

import hashlib
from copy import copy
from typing import Any

import numpy as np
import warp as wp
from numpy.typing import NDArray

from physics.flow import program
from physics.flow.kernels import ahead, present, tables
from physics.flow.pack import CompiledLine
from physics.simulate import device

FIELDS = {
    "places": tables.Place, "inlets": tables.Inlet, "routers": tables.Router, "emissions": tables.Emission,
    "stops": tables.Stop, "pools": tables.Pool, "spares": tables.Spare, "calendars": tables.Calendar,
    "belts": tables.Belt, "fleets": tables.Fleet, "pickups": tables.Pickup, "durations": tables.Duration,
    "stages": tables.Stage, "gates": tables.Gate, "hands": tables.Hands, "links": wp.int32, "choices": wp.int32,
    "values": wp.float64, "branches": wp.int32, "feeders": wp.int32,
}  # fmt: skip


WRITTEN_FIRST = ("words", "ahead", "items", "free", "rings", "todo", "clock", "leads")
"""Stores of a world that are written before they are read; the others begin at zero."""


def keys(streams: tuple[str, ...], seed: int) -> NDArray[np.uint64]:
    """Philox keys of streams, shape [E, 2], as `physics/simulate/streams.py` makes them."""
    digests = [hashlib.blake2b(f"{seed}\0{name}".encode(), digest_size=16).digest() for name in streams]
    return np.frombuffer(b"".join(digests), dtype="<u8").astype(np.uint64).reshape(-1, 2)


def tables_of(line: CompiledLine, seed: int, on: str = "cpu") -> Any:
    """The line's tables on a device."""
    found = tables.Line()
    for name, kind in FIELDS.items():
        rows = line.arrays[name]
        setattr(found, name, wp.array(rows, dtype=kind, device=on) if len(rows) else wp.zeros(0, dtype=kind, device=on))
    found.keys = wp.array(keys(line.streams, seed), dtype=wp.uint64, device=on)
    found.clocked = line.clocked
    found.products, found.route, found.steps = len(line.product_names), line.route, line.steps
    found.circular = int(line.circular)
    return found


def leaves(line: CompiledLine) -> int:
    """Clocks of a world, in whole groups of those that are compared at once."""
    return -(-line.clocks // ahead.LANES) * ahead.LANES


def bytes_per_world(line: CompiledLine, bins: int, leads: int) -> int:
    """Memory of one world."""
    shapes = _shapes(line, 1, bins, leads)
    sizes = {wp.int32: 4, wp.float64: 8, wp.uint64: 8}
    return sum(
        int(np.prod(shape)) * (sizes[kind] if kind in sizes else tables.rows(kind, 1).nbytes)
        for shape, kind in shapes.values()
    )


def _shapes(line: CompiledLine, worlds: int, bins: int, leads: int) -> dict[str, tuple[tuple[int, ...], Any]]:
    count = len(line.place_names)
    size = {name: len(rows) for name, rows in line.arrays.items()}
    return {
        "world": ((worlds,), present.World),
        "places": ((worlds, count), present.PlaceNow),
        "stops": ((worlds, size["stops"]), present.StopNow),
        "pools": ((worlds, size["pools"]), present.PoolNow),
        "spares": ((worlds, size["spares"]), present.SpareNow),
        "calendars": ((worlds, size["calendars"]), wp.int32),
        "belts": ((worlds, size["belts"]), present.BeltNow),
        "used": ((worlds, len(line.streams)), wp.int32),
        "words": ((worlds, len(line.streams), 8), wp.uint64),
        "items": ((worlds, line.items), present.Item),
        "free": ((worlds, line.items), wp.int32),
        "rings": ((worlds, line.rings), wp.int32),
        "got": ((worlds, size["inlets"]), wp.int32),
        "turns": ((worlds, size["routers"]), wp.int32),
        "marks": ((worlds, line.marks), wp.float64),
        "clock": ((worlds, leaves(line)), wp.float64),
        "todo": ((worlds, count), wp.int32),
        "wanted": ((worlds, count), wp.float64),
        "tripped": ((worlds, size["stops"]), wp.int32),
        "state_s": ((worlds, count, len(tables.STATES)), wp.float64),
        "finished": ((worlds, len(line.product_names)), wp.int32),
        "binned": ((worlds, bins), wp.int32),
        "leads": ((worlds, leads), wp.float64),
        "stages": ((worlds, size["stages"]), present.StageNow),
        "slots": ((worlds, line.recursion.slots), present.SlotNow),
        "free_s": ((worlds, line.recursion.hands), wp.float64),
        "ahead": ((worlds, line.recursion.rows, ahead.AHEAD), wp.float64),
        "turn": ((worlds, 2 * size["gates"] + line.recursion.rows), wp.int32),
    }


class Batch:
    """Worlds with numbers from `first` on, all at the same time."""

    def __init__(self, line: CompiledLine, seed: int, worlds: int, *, bins: int = 0, leads: int = 1, on: str = "cpu"):
        device.start()
        self.on, self.capacity = on, worlds
        self.line = tables_of(line, seed, on)
        self.tables = wp.array([self.line], dtype=tables.Line, device=on)
        self.now = present.Worlds()
        self.group = ahead.LANES if line.recursion.holds and on == device.CPU else 1  # worlds of a thread that recurses
        rows = -(-worlds // self.group) * self.group
        for name, (shape, kind) in _shapes(line, rows, bins, max(1, leads)).items():
            setattr(self.now, name, wp.zeros(shape, dtype=kind, device=on))
        self.names = tuple(_shapes(line, worlds, bins, leads))
        self.now.bin_s = 1.0
        self.worlds = worlds
        self._handed: Any = None  # `now` as kernels read it, made again once its own numbers have changed

    def begin(self, first: int, worlds: int) -> None:
        """Empty worlds at time zero, at most as many as there is memory for."""
        for name in self.names:
            if name not in WRITTEN_FIRST:
                getattr(self.now, name).zero_()
        self.worlds, self.now.first_world, self._handed = worlds, first, None

    def copied(self) -> Batch:
        """The same worlds once more, to go on from here in another way."""
        other = copy(self)
        other.now, other._handed = present.Worlds(), None
        for name in self.names:
            setattr(other.now, name, wp.clone(getattr(self.now, name)))
        for name in ("first_world", "start_s", "bin_s"):
            setattr(other.now, name, getattr(self.now, name))
        return other

    def run(self, until_s: float, most_events: int) -> None:
        """Carry all worlds on until a time."""
        self._launch(program.RUN, until_s, most_events)

    def forget(self, start_s: float, bin_s: float) -> None:
        """Begin to count at `start_s`, in bins of `bin_s`."""
        self.count_from(start_s, bin_s)
        self._launch(program.FORGET)

    def recurse(self, until_s: float, most_events: int) -> None:
        """Carry empty worlds of a serial line to a time, item by item."""
        self._launch(program.RECURSE, until_s, most_events, -(-self.worlds // self.group))

    def adopt(self, speeds: NDArray[np.float64], tripped: NDArray[np.int32]) -> None:
        """Take over speeds [W, N] and stops that come from outside [W, S], all at the time reached."""
        self.now.wanted.assign(speeds)
        self.now.tripped.assign(tripped)
        self._launch(program.ADOPT)

    def count_from(self, start_s: float, bin_s: float) -> None:
        """Bins of finished items begin at `start_s` and are `bin_s` long."""
        self.now.start_s, self.now.bin_s, self._handed = start_s, bin_s, None

    def read(self, name: str) -> NDArray[Any]:
        """An array of `present.Worlds` as it is now, first axis the worlds in use."""
        return np.asarray(getattr(self.now, name).numpy()[: self.worlds])

    def _launch(self, task: int, until_s: float = 0.0, most_events: int = 0, threads: int = 0) -> None:
        if self._handed is None:
            self._handed = wp.array([self.now], dtype=present.Worlds, device=self.on)
        inputs = [self.tables, self._handed, task, wp.float64(until_s), most_events]
        wp.launch(program.kernel(), dim=threads or self.worlds, inputs=inputs, device=self.on)
