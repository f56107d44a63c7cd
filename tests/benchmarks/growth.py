"""How a cost grows along one axis: times, slopes on a log-log plot, and the table of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Growth:
    """One axis: what grows, its sizes, the seconds at each, and the slope d log(seconds) / d log(size)."""

    what: str
    sizes: tuple[float, ...]
    seconds: tuple[float, ...]

    @property
    def slope(self) -> float:
        """Of a straight line through all points; 1 is in proportion."""
        return float(np.polyfit(np.log(self.sizes), np.log(self.seconds), 1)[0])

    @property
    def last_slope(self) -> float:
        """Between the two largest sizes, where fixed costs no longer count."""
        (a, b), (s, t) = self.sizes[-2:], self.seconds[-2:]
        return float(np.log(t / s) / np.log(b / a))


def table(growth: Growth) -> Sequence[str]:
    """Lines of Markdown."""
    sizes = " | ".join(f"{size:,g}" for size in growth.sizes)
    seconds = " | ".join(f"{value:.3g}" for value in growth.seconds)
    return (
        f"| {growth.what} | {sizes} |",
        "|---|" + "---|" * len(growth.sizes),
        f"| seconds | {seconds} |",
        f"\nSlope {growth.slope:.2f} over all, {growth.last_slope:.2f} between the two largest.\n",
    )
