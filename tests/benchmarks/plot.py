"""Cost against worlds, hours and components, log-log, as one picture for the page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.growth import Growth

AXES = ("worlds", "hours", "components")
HALL = 1000
"""Components that the target speaks of."""
ROOM = 20.0
"""Above the highest point, for the legends."""
COLOURS = ("#0b6e99", "#c2571a", "#4a7c3a", "#7a4f9a")


def draw(growths: Sequence[Growth], file: Path) -> None:
    """One panel for each thing that grows; slopes stand in the legends, a dotted line grows in proportion."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    mpl.rcParams |= {"svg.hashsalt": "plantwin", "svg.fonttype": "none"}
    panels = [word for word in AXES if any(growth.what.startswith(word) for growth in growths)]
    figure = Figure(figsize=(4.6 * len(panels), 4.4), layout="constrained")
    for axes, word in zip(figure.subplots(1, len(panels), sharey=True, squeeze=False)[0], panels, strict=True):
        _panel(axes, word, [growth for growth in growths if growth.what.startswith(word)])
    figure.axes[0].set_ylabel("seconds")
    low, high = figure.axes[0].get_ylim()
    figure.axes[0].set_ylim(low, high * ROOM)
    figure.savefig(file, format="svg", metadata={"Date": None})


def _panel(axes: Any, word: str, growths: Sequence[Growth]) -> None:
    for growth, colour in zip(growths, COLOURS, strict=False):
        label = growth.what.removeprefix(word).strip(" ()")
        axes.loglog(growth.sizes, growth.seconds, "o-", color=colour, ms=4, lw=1.4,
                    label=f"{label}: slope {growth.slope:.2f}")  # fmt: skip
        first, last = growth.sizes[0], growth.sizes[-1]
        axes.loglog([first, last], [growth.seconds[0], growth.seconds[0] * last / first], ":", color=colour, lw=0.8)
        if HALL in growth.sizes and word == "components":
            height = growth.seconds[growth.sizes.index(HALL)]
            axes.loglog([HALL], [height], "*", color=colour, ms=14)
            axes.annotate("1,000-component hall", (HALL, height), (-6, 9), textcoords="offset points", ha="right")
    ticks = max((growth.sizes for growth in growths), key=len)
    axes.set_xticks(ticks, [f"{tick:,g}" for tick in ticks])
    axes.minorticks_off()
    axes.set_xlabel(word)
    axes.grid(visible=True, lw=0.4, alpha=0.5)
    axes.legend(fontsize=7.5, loc="upper left", framealpha=0.9)
