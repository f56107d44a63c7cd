"""Simulates many worlds of a line, over a warm-up and the time that counts, and hands on what was counted."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from physics.flow import program
from physics.flow.batch import Batch, bytes_per_world
from physics.flow.kernels import tables
from physics.flow.lanes import Lanes
from physics.flow.pack import CompiledLine

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

CHUNK_BYTES = 8 << 20
"""Worlds are carried in groups of this much memory: few calls, and little to clear at a time."""


WORKS = (tables.STATION, tables.BELT, tables.VEHICLE)
"""Kinds of place whose time is booked on states."""


class Status(IntEnum):
    """How a world ended."""

    OK = tables.OK
    DEADLOCK = tables.DEADLOCK
    STALLED = tables.STALLED
    ZERO_TIME_LOOP = tables.ZERO_TIME_LOOP
    TOO_MANY_EVENTS = tables.TOO_MANY_EVENTS


class Method(Enum):
    """By events, by the recursion (where the line allows it), or whichever is faster."""

    FASTEST = "fastest"
    EVENTS = "events"
    RECURSION = "recursion"


class FlowRefused(ValueError):  # noqa: N818 (it names what happened)
    """What was asked for cannot be simulated; the message says why."""


@dataclass(frozen=True)
class Options:
    """How to run.

    Attributes: method; bin_count, equal stretches of the time that counts in which finished items are counted;
    lead_count, lead times kept of each world (all of them, or every 2^n-th); most_events, a world's bound; threads;
    device, "cpu" or "cuda"; memory_limit_bytes, refuse above it.
    """

    method: Method = Method.FASTEST
    bin_count: int = 0
    lead_count: int = 128
    most_events: int = 1 << 30
    threads: int = 2
    device: str = "cpu"
    memory_limit_bytes: int = 4 << 30


@dataclass(frozen=True)
class FlowRun:
    """What was counted in each world, from the warm-up's end to the horizon.

    Attributes: line; counted_s, the time that counts; finished [W, P] items by product; state_s [W, N, 9] seconds in
    each of `tables.STATES`, zeros where a place only holds items; content_s [W, N] item-seconds in buffers and
    conveyors; done, scrapped, sunk, lost [W, N] items worked on, scrapped, taken by sinks, turned away by sources;
    ideal_s [W, N], mean cycles of the items done; item_s [W] item-seconds in the system; items [W] in it at the end;
    created, consumed [W]; lead_sum_s [W]; lead_s [W, L], NaN behind the last; binned [W, B]; stops [W, S] and pool_s
    [W, K], how often, and busy hands' seconds; events [W]; status [W]; stopped_at_s [W], NaN where nothing stopped;
    stopped_at [W], place or -1; method.
    """

    line: CompiledLine
    counted_s: float
    finished: Counts
    state_s: Floats
    content_s: Floats
    done: Counts
    scrapped: Counts
    sunk: Counts
    lost: Counts
    ideal_s: Floats
    item_s: Floats
    items: Counts
    created: Counts
    consumed: Counts
    lead_sum_s: Floats
    lead_s: Floats
    binned: Counts
    stops: Counts
    pool_s: Floats
    events: Counts
    status: Counts
    stopped_at_s: Floats
    stopped_at: Counts
    method: Method

    @property
    def throughput_per_s(self) -> Floats:
        """Finished items per second, shape [W]."""
        return self.finished.sum(axis=1) / self.counted_s

    def trouble(self) -> list[str]:
        """In words, each way in which worlds ended early, with how many and where the first of them did."""
        said = []
        for status in Status:
            worlds = np.flatnonzero(self.status == status)
            if status is not Status.OK and len(worlds):
                at = self.stopped_at[worlds[0]]
                place = f" at {self.line.place_names[at]}" if at >= 0 else ""
                said.append(f"{len(worlds)} of {len(self.status)} worlds: {WORDS[status]}{place}, "
                            f"world {worlds[0]} after {self.stopped_at_s[worlds[0]]:.6g} s")  # fmt: skip
        return said


PLACED = (Status.DEADLOCK, Status.ZERO_TIME_LOOP)
"""Ends of which a place is known."""

WORDS = {
    Status.DEADLOCK: "deadlock, places that wait for each other in a ring",
    Status.STALLED: "stalled, items are left and nothing can happen",
    Status.ZERO_TIME_LOOP: "something that comes again and again and takes no time",
    Status.TOO_MANY_EVENTS: "more events than allowed",
}


def simulate(
    line: CompiledLine,
    *,
    horizon_s: float,
    worlds: int,
    seed: int,
    warm_s: float = 0.0,
    first_world: int = 0,
    options: Options | None = None,
) -> FlowRun:
    """Carry worlds from empty to `warm_s + horizon_s`; what happens before `warm_s` is not counted.

    Args:
        line: Compiled line.
        horizon_s: Time that counts.
        worlds: How many.
        seed: Of all streams; the same seed gives the same worlds, whatever the line's other parts are.
        warm_s: Time to forget.
        first_world: Number of the first world, so that a run can be carried on with more worlds.
        options: Method, threads, limits.
    Raises: FlowRefused.
    """
    chosen = options or Options()
    recurse = line.recursion.holds and chosen.method is not Method.EVENTS
    _check(line, horizon_s, worlds, warm_s, chosen, not recurse)
    each = bytes_per_world(line, chosen.bin_count, max(1, chosen.lead_count))
    chunk = worlds if chosen.device != "cpu" else max(1, min(CHUNK_BYTES // each, -(-worlds // chosen.threads)))
    method = Method.RECURSION if recurse else Method.EVENTS
    bin_s = horizon_s / max(1, chosen.bin_count)
    stretch = (warm_s, warm_s + horizon_s)

    def carry(firsts: range) -> list[dict[str, NDArray[Any]]]:
        batch = Batch(line, seed, chunk, bins=chosen.bin_count, leads=chosen.lead_count, on=chosen.device)
        parts = []
        for first in firsts:
            size = min(chunk, worlds - first)
            if recurse:
                batch.begin(first_world + first, size)
                batch.count_from(stretch[0], bin_s)
                batch.recurse(stretch[1], chosen.most_events)
                part = read_out(line, batch)
                for left in _runs(part["status"] == tables.OPEN):
                    _by_events(batch, first_world + first + left.start, len(left), stretch, bin_s, chosen.most_events)
                    again = read_out(line, batch)
                    for name, values in part.items():
                        values[left.start : left.stop] = again[name]
            else:
                _by_events(batch, first_world + first, size, stretch, bin_s, chosen.most_events)
                part = read_out(line, batch)
            parts.append(part)
        return parts

    lanes = [range(chunk * lane, worlds, chunk * chosen.threads) for lane in range(chosen.threads)]
    lanes = [lane for lane in lanes if len(lane)]
    program.kernel()  # compiled once, here: threads that find it missing would each compile it
    with ThreadPoolExecutor(max_workers=len(lanes)) as pool:
        done = list(pool.map(carry, lanes))
    parts = [part for _, part in sorted(
        ((first, part) for lane, found_parts in zip(lanes, done, strict=True)
         for first, part in zip(lane, found_parts, strict=True)), key=lambda pair: pair[0])]  # fmt: skip
    return gathered(line, horizon_s, parts, method)


def _check(line: CompiledLine, horizon_s: float, worlds: int, warm_s: float, chosen: Options, events: bool) -> None:
    if not (0 < horizon_s < 1e12 and 0 <= warm_s < 1e12):
        raise FlowRefused(f"horizon: got {horizon_s:g} s after {warm_s:g} s, need a positive time.")
    if worlds < 1:
        raise FlowRefused(f"worlds: got {worlds}, need one or more.")
    if chosen.method is Method.RECURSION and events:
        raise FlowRefused(f"method: got {line.recursion.why}, need a line that the recursion carries. "
                          "Leave the method to the engine.")  # fmt: skip
    kept = 8 * (len(line.place_names) * 13 + chosen.bin_count + chosen.lead_count + 16)
    if worlds * kept > chosen.memory_limit_bytes:
        raise FlowRefused(f"memory: got {worlds * kept:,} bytes for {worlds:,} worlds, need at most "
                          f"{chosen.memory_limit_bytes:,}. Ask for fewer worlds or lead times.")  # fmt: skip


def _runs(marked: NDArray[np.bool_]) -> Iterator[range]:
    """Stretches of rows that are marked."""
    edges = np.flatnonzero(np.diff(marked, prepend=False, append=False))
    return (range(int(a), int(b)) for a, b in edges.reshape(-1, 2))


def _by_events(
    batch: Batch, first: int, size: int, stretch: tuple[float, float], bin_s: float, most_events: int
) -> None:
    batch.begin(first, size)
    if stretch[0] > 0:
        batch.run(stretch[0], most_events)
        batch.forget(stretch[0], bin_s)
    batch.count_from(stretch[0], bin_s)
    batch.run(stretch[1], most_events)


def read_out(line: CompiledLine, batch: Batch | Lanes) -> dict[str, NDArray[Any]]:
    """What a batch has counted, as the arrays of `FlowRun`."""
    world, places = batch.read("world"), batch.read("places")
    works = np.isin(line.place_kinds, WORKS)
    leads = batch.read("leads")
    kept = np.arange(leads.shape[1])[None, :] < world["lead_kept"][:, None]
    ended = world["status"] != Status.OK
    found = {
        "finished": batch.read("finished"),
        "state_s": np.where(works[:, None], batch.read("state_s"), 0.0),
        "content_s": np.where(np.isin(line.place_kinds, (tables.QUEUE, tables.BELT)), places["area"], 0.0),
        "done": np.where(works, places["done"], 0),
        "scrapped": places["scrapped"],
        "sunk": np.where(np.asarray(line.place_kinds) == tables.SINK, places["done"], 0),
        "lost": places["lost"],
        "ideal_s": places["ideal_s"],
        "item_s": world["area"],
        "items": world["items"],
        "created": world["created"],
        "consumed": world["consumed"],
        "lead_sum_s": world["lead_sum_s"],
        "lead_s": np.where(kept, leads, np.nan),
        "binned": batch.read("binned"),
        "stops": batch.read("stops")["count"],
        "pool_s": batch.read("pools")["area"],
        "events": world["events"],
        "status": world["status"],
        "stopped_at_s": np.where(ended, world["now_s"], np.nan),
        "stopped_at": np.where(np.isin(world["status"], PLACED), world["status_place"], -1),
    }
    return {name: values.astype(np.int64 if values.dtype.kind == "i" else np.float64)
            for name, values in found.items()}  # fmt: skip


def gathered(line: CompiledLine, counted_s: float, parts: list[dict[str, NDArray[Any]]], method: Method) -> FlowRun:
    """Parts that `read_out` gave, one behind the other, as one run."""
    whole = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return FlowRun(line=line, counted_s=counted_s, method=method, **whole)
