"""Two runs side by side: while one prepares its next interval on one core, the other's worlds use both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from threading import Event
from typing import TypeVar

Result = TypeVar("Result")
Tell = Callable[[float], None]

LOOK_EVERY_S = 0.1


class Stopped(Exception):  # noqa: N818 (it names what happened)
    """The other run failed, or nobody wants this one any more."""


def beside(runs: Sequence[Callable[[Tell], Result]], tell: Tell | None) -> list[Result]:
    """Results of all runs, in order.

    Args:
        runs: Each calls what it is given with its share done, and lets whatever that raises through.
        tell: Called with the mean share done on the caller's thread, now and then; what it raises ends every run.
    """
    shares, stop = [0.0] * len(runs), Event()

    def teller(at: int) -> Tell:
        def told(share: float) -> None:
            shares[at] = share
            if stop.is_set():
                raise Stopped

        return told

    with ThreadPoolExecutor(max_workers=len(runs)) as pool:
        futures = [pool.submit(run, teller(at)) for at, run in enumerate(runs)]
        try:
            while wait(futures, LOOK_EVERY_S, FIRST_EXCEPTION).not_done:
                for at, future in enumerate(futures):
                    if future.done():
                        future.result()
                        shares[at] = 1.0
                if tell is not None:
                    tell(sum(shares) / len(shares))
        finally:
            stop.set()
    found = [future.result() for future in futures]
    if tell is not None:
        tell(1.0)
    return found
