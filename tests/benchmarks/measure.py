"""How long something takes, told as median, worst and number of runs, and how a line of the benchmark looks."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

PEERS = (
    "numpy",
    "warp-lang",
    "torch",
    "scipy",
    "numba",
    "jax",
    "diffrax",
    "scikit-sundae",
    "progpy",
    "simpy",
    "salabim",
)


@dataclass(frozen=True)
class Timing:
    """Wall times of equal runs, after one run to warm up, in seconds; `first_s`, that first one, compiling included."""

    seconds: tuple[float, ...]
    first_s: float

    @property
    def median_s(self) -> float:
        """The middle one."""
        return statistics.median(self.seconds)

    def __str__(self) -> str:
        """Median, worst and count."""
        return f"{told(self.median_s)} ({told(max(self.seconds))}, {len(self.seconds)})"


@dataclass(frozen=True)
class Contender:
    """One program at the work: `scale`, how often its time counts where it did only a share of the work."""

    name: str
    timing: Timing
    error: float | None = None
    scale: float = 1.0
    note: str = ""

    @property
    def seconds(self) -> float:
        """Median for the whole work."""
        return self.timing.median_s * self.scale


@dataclass(frozen=True)
class Row:
    """One line of the table: the work, us, the peers beside us in the same run, and what was asked for."""

    work: str
    target: str
    ours: Contender | None = None
    peers: tuple[Contender, ...] = ()
    reason: str = ""
    numbers: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Section:
    """A part of the page that is no race: its title and its lines of Markdown."""

    title: str
    lines: tuple[str, ...]


def timed(function: Callable[[], object], *, runs: int = 5, limit_s: float = 60.0) -> Timing:
    """Run once to warm up, then `runs` times or until `limit_s` is spent, at least once."""
    first = _once(function)
    found: list[float] = []
    begin = time.perf_counter()
    while len(found) < runs and (not found or time.perf_counter() - begin < limit_s):
        found.append(_once(function))
    return Timing(tuple(found), first)


def in_turn(*functions: Callable[[], object], runs: int = 9) -> list[Timing]:
    """Run all once to warm up, then one after the other, `runs` times: a machine that slows down slows all alike."""
    firsts = [_once(function) for function in functions]
    rounds = [[_once(function) for function in functions] for _ in range(runs)]
    return [Timing(tuple(times), first) for times, first in zip(zip(*rounds, strict=True), firsts, strict=True)]


def _once(function: Callable[[], object]) -> float:
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def told(seconds: float) -> str:
    """A time with three digits and a fitting unit."""
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-6:.3g} µs"


def surroundings() -> dict[str, str]:
    """Machine, load, commit and versions."""
    model = next(
        (line.split(":")[1].strip() for line in _text("/proc/cpuinfo").splitlines() if line.startswith("model name")),
        platform.processor(),
    )
    found = {
        "machine": f"{model}, {os.cpu_count()} cores, {platform.system()}",
        "load before": " ".join(f"{value:.1f}" for value in os.getloadavg()),
        "commit": subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True
        ).stdout.strip(),
        "python": platform.python_version(),
    }
    return found | {name: _version(name) for name in PEERS}


def _text(path: str) -> str:
    try:
        return Path(path).read_text()
    except OSError:
        return ""


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "–"
