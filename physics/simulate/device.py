"""Warp set up for this package: quiet, its compiled kernels in our own private folder."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import warp as wp

from physics.compiler import disk_cache, driver, kernels
from physics.compiler.lanes import PRECISIONS
from physics.compiler.methods import METHODS
from physics.compiler.program import write
from physics.compiler.system import System

OPTIMIZATION_LEVEL = 1
"""Straight-line lanes gain nothing from more: measured equal in speed at half the compile time of level 2."""

FUSED = "-march=native -ffp-contract=fast"
"""Kernels of fixed steps multiply and add with one rounding, measured a fifth faster; others keep rounding both."""

NUMBERS = {"float64": wp.float64, "float32": wp.float32}


@lru_cache(maxsize=1)
def start() -> None:
    """Initialise Warp once, before its first kernel."""
    folder = disk_cache.folder() / "warp"
    folder.mkdir(mode=0o700, exist_ok=True)
    wp.config.kernel_cache_dir = str(folder)
    wp.config.log_level = wp.LOG_ERROR
    wp.init()


@lru_cache(maxsize=512)
def _kernel(text: str, precision: str, flags: str | None) -> Any:
    start()
    kernel = kernels.make(text, NUMBERS[precision])
    kernel.module.options["cpu_compiler_flags"] = flags
    kernel.module.options["optimization_level"] = OPTIMIZATION_LEVEL
    kernel.module.load("cpu", block_dim=1)
    return kernel


def kernel(system: System, method: str, precision: str = "float64", *, in_lanes: bool = True) -> Any:
    """The compiled kernel of an island; islands of one shape share one."""
    return _code(system.representative or system, method, precision, in_lanes)


@lru_cache(maxsize=256)
def _code(system: System, method: str, precision: str, in_lanes: bool) -> Any:
    program, own = write(system, implicit=METHODS[method].implicit, real=PRECISIONS[precision]), METHODS[method]
    text = driver.snippet(system, program, own, in_lanes=in_lanes, real=PRECISIONS[precision])
    return _kernel(text, precision, FUSED if own.fixed else None)
