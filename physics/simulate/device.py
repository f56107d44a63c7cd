"""Warp set up for this package: quiet, its compiled kernels in our own private folder, for the CPU or a CUDA device."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from threading import Lock
from typing import Any

import warp as wp

from physics.compiler import disk_cache, driver, kernels
from physics.compiler import sweep as sweeping
from physics.compiler.lanes import PRECISIONS
from physics.compiler.methods import METHODS, RungeKutta
from physics.compiler.program import write
from physics.compiler.system import System

OPTIMIZATION_LEVEL = 1
"""Straight-line lanes gain nothing from more: measured equal in speed at half the compile time of level 2."""

FUSED = "-march=native -ffp-contract=fast"
"""Kernels of fixed steps multiply and add with one rounding wherever they can, measured a fifth faster."""

WITHIN = "-march=native -ffp-contract=on"
"""Others do so within a statement, measured a tenth faster: rolled and straight code have the same statements."""

CPU, BLOCK = "cpu", 64
"""The usual device, and how many threads a block has on others: kernels hold hundreds of numbers a thread."""

NO_DRIVER = "Warp CUDA warning: Could not find or load the NVIDIA CUDA driver. GPU execution will not be available."

VARIABLE = "TWIN_DEVICE"

_COMPILING = Lock()

NUMBERS = {"float64": wp.float64, "float32": wp.float32}


@lru_cache(maxsize=1)
def start() -> None:
    """Initialise Warp once, before its first kernel."""
    folder = disk_cache.folder() / "warp"
    folder.mkdir(mode=0o700, exist_ok=True)
    wp.config.kernel_cache_dir = str(folder)
    wp.config.log_level = wp.LOG_ERROR
    with _quiet_about_cuda():
        wp.init()


@contextmanager
def _quiet_about_cuda() -> Iterator[None]:
    """Keep back one line that Warp's library writes where no CUDA driver is: most machines have and need none."""
    sys.stderr.flush()
    kept = os.dup(2)
    with tempfile.TemporaryFile() as aside:
        os.dup2(aside.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)
            aside.seek(0)
            said = aside.read().decode(errors="replace").replace(NO_DRIVER, "")
            sys.stderr.write(said if said.strip() else "")


def usual() -> str:
    """The device that `TWIN_DEVICE` names; the CPU by default."""
    return os.environ.get(VARIABLE) or CPU


def known(name: str) -> str:
    """The same name, once it is sure that this machine has the device.

    Raises: ValueError.
    """
    if name == CPU:
        return name
    start()
    found = [str(one.alias) for one in wp.get_cuda_devices()]
    if name not in (*found, *(["cuda"] if found else [])):
        raise ValueError(f"device: got {name!r}, need one of {', '.join([CPU, *found])}. Set {VARIABLE}.")
    return name


@lru_cache(maxsize=512)
def _kernel(text: str, precision: str, flags: str | None, on: str = CPU) -> Any:
    start()
    kernel = kernels.make(text, NUMBERS[precision])
    kernel.module.options["cpu_compiler_flags"] = flags
    kernel.module.options["optimization_level"] = OPTIMIZATION_LEVEL
    kernel.module.load(on, block_dim=1 if on == CPU else BLOCK)
    return kernel


def kernel(system: System, method: str, precision: str = "float64", *, on: str = CPU) -> Any:
    """The compiled kernel of an island; islands of one shape share one. Worlds stand in lanes on the CPU only."""
    with _COMPILING:  # two threads that find it missing would each compile it
        return _code(system.representative or system, method, precision, on, on == CPU)


@lru_cache(maxsize=256)
def _code(system: System, method: str, precision: str, on: str, in_lanes: bool) -> Any:
    program, own = write(system, implicit=METHODS[method].implicit, real=PRECISIONS[precision]), METHODS[method]
    text = driver.snippet(system, program, own, in_lanes=in_lanes, real=PRECISIONS[precision])
    return _kernel(text, precision, FUSED if own.fixed else WITHIN, on)


@lru_cache(maxsize=64)
def sweep(system: System, free: tuple[int, ...], precision: str, method: RungeKutta | None) -> Any:
    """The compiled kernel that carries worlds forth and back, for the slopes by these parameters; CPU only.

    Args:
        system: The island.
        free: The parameters.
        precision: Of the numbers.
        method: Explicit with fixed steps, or None for the implicit one.
    """
    start()
    kernel = kernels.make_sweep(sweeping.snippet(system, free, method, PRECISIONS[precision]), NUMBERS[precision])
    kernel.module.options["cpu_compiler_flags"] = FUSED
    kernel.module.options["optimization_level"] = OPTIMIZATION_LEVEL
    kernel.module.load(CPU, block_dim=1)
    return kernel
