"""Warp set up for this package: quiet, its compiled kernels in our own private folder."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import warp as wp

from physics.compiler import disk_cache, driver, kernels
from physics.compiler.methods import METHODS
from physics.compiler.program import write
from physics.compiler.system import System

OPTIMIZATION_LEVEL = 1
"""Straight-line lanes gain nothing from more: measured equal in speed at half the compile time of level 2."""


@lru_cache(maxsize=1)
def start() -> None:
    """Initialise Warp once, before its first kernel."""
    folder = disk_cache.folder() / "warp"
    folder.mkdir(mode=0o700, exist_ok=True)
    wp.config.kernel_cache_dir = str(folder)
    wp.config.log_level = wp.LOG_ERROR
    wp.init()


@lru_cache(maxsize=512)
def _kernel(text: str) -> Any:
    start()
    kernel = kernels.make(text)
    kernel.module.options["optimization_level"] = OPTIMIZATION_LEVEL
    kernel.module.load("cpu", block_dim=1)
    return kernel


def kernel(system: System, method: str, *, in_lanes: bool = True) -> Any:
    """The compiled kernel of an island; islands of one shape share one."""
    return _code(system.representative or system, method, in_lanes)


@lru_cache(maxsize=256)
def _code(system: System, method: str, in_lanes: bool) -> Any:
    return _kernel(
        driver.snippet(system, write(system, implicit=METHODS[method].implicit), METHODS[method], in_lanes=in_lanes)
    )
