"""Threads kept from run to run: a coupled what-if would start six hundred of them, for a second of its time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from functools import lru_cache

STACK_BYTES = 512 << 20
"""Room for the arrays of islands of thousands of unknowns (2,000 take 20 MB); untouched pages cost nothing."""

_BEGINNING = threading.Lock()
_WITHIN = threading.local()


def carry(tasks: Sequence[Callable[[], None]], *, threads: int, done: Callable[[float], None] | None = None) -> None:
    """Do all tasks on so many threads; where one raises, or `done` does, those not begun yet are left out.

    A task that carries tasks itself does them one after the other where it is: it has its thread already.

    Args:
        tasks: None of them may wait for another.
        threads: Of one pool by its size: runs side by side share it and so never ask for more cores than one alone.
        done: Called with the share done, on the caller's thread.
    """
    if getattr(_WITHIN, "pool", False):
        for count, task in enumerate(tasks, start=1):
            task()
            if done is not None:
                done(count / len(tasks))
        return
    with _BEGINNING:  # two runs that begin at once would each make a pool, and undo each other's size of stacks
        pool = _pool(max(1, threads))
    futures = [pool.submit(task) for task in tasks]
    try:
        for count, future in enumerate(futures, start=1):
            future.result()
            if done is not None:
                done(count / len(futures))
    finally:
        for future in futures:
            future.cancel()
        wait(futures)


@lru_cache
def _pool(threads: int) -> ThreadPoolExecutor:
    """All threads begin here, with their large stacks."""
    pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="plantwin", initializer=_begin)
    met = threading.Barrier(threads)
    usual = threading.stack_size(STACK_BYTES)
    try:
        wait([pool.submit(met.wait) for _ in range(threads)])
    finally:
        threading.stack_size(usual)
    return pool


def _begin() -> None:
    """A thread of a pool knows that it is one."""
    _WITHIN.pool = True
