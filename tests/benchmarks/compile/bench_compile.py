"""How long compiling takes: the demo plant with nothing kept on disk and with all, and one island of 2,000 unknowns.

Processor seconds of a process of its own: the compiler runs on one core, and other load must not count.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.measure import Contender, Row, Timing

ROOT = Path(__file__).parents[3]
START = "import time\nbegin = time.process_time()\n"
END = "\nprint(time.process_time() - begin)"
DEMO = """
from pathlib import Path
from physics.simulate import device
from physics.simulate.choice import method_for
from physics.simulate.model import compile_plant
from twin.assembly.assemble import assemble
from twin.scene.load import load
built = assemble(load(Path("examples/bottling/plant.yaml").read_text()))
begin = time.process_time()
for island in compile_plant(built.plant, built.outputs, types=built.types).islands:
    device.kernel(island.system, method_for(island.system, 60.0))
"""
LARGE = """
from examples.large.network import row
from physics.simulate import device
from physics.simulate.model import compile_plant
begin = time.process_time()
device.kernel(compile_plant(*row(2000)).islands[0].system, "rodas4")
"""


def rows() -> Iterator[Row]:
    """Cold and warm, twice each."""
    for name, target, script in (
        ("compile the demo plant", "≤ 20 s cold, 1 s warm", DEMO),
        ("compile one island of 2,000 unknowns", "≤ 60 s cold", LARGE),
    ):
        pairs = [_cold_and_warm(script) for _ in range(2)]
        cold, warm = (Timing(tuple(found), max(found)) for found in zip(*pairs, strict=True))
        numbers = {"warm, processor s": round(warm.median_s, 2)}
        yield Row(name, target, Contender("Plantwin, cold, processor time", cold), numbers=numbers)


def _cold_and_warm(script: str) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder:
        return _seconds(script, folder), _seconds(script, folder)


def _seconds(script: str, folder: str) -> float:
    ended = subprocess.run([sys.executable, "-c", START + script + END], capture_output=True, text=True, check=True,
                           cwd=ROOT, env=os.environ | {"PLANTWIN_CACHE_DIR": folder})  # fmt: skip
    return float(ended.stdout.split()[-1])
