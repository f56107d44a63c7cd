"""The coupled story as numbers and as a picture: `python -m examples.coupled_line.story` draws it for the docs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from physics.flow.coupling import Coupling
from physics.flow.exchange import Exchange
from twin.assembly.assemble import assemble
from twin.assembly.line import compile_layout, layout_of, links_of
from twin.scene.load import load

HERE = Path(__file__).parent
PICTURE = HERE.parents[1] / "docs" / "coupled-line.svg"
OUTPUTS = ("drive/motor.current_a", "drive/belt.belt_speed_m_per_s", "drive/bearing.wear_ratio", "drive/supply.power_w")
DAYS, WORLDS = 3.0, 16
DAY_S = 86_400.0


@dataclass(frozen=True)
class Story:
    """What happened at every exchange; arrays [T, W] but times_s [T].

    Attributes: current_a, speed_m_per_s, power_w, means over the interval, and wear_ratio; made, items finished in it;
    down, whether the belt was under repair at its end; repairs [W]; balance [W], items that the books miss.
    """

    times_s: NDArray[np.float64]
    current_a: NDArray[np.float64]
    speed_m_per_s: NDArray[np.float64]
    wear_ratio: NDArray[np.float64]
    power_w: NDArray[np.float64]
    made: NDArray[np.int64]
    down: NDArray[np.bool_]
    repairs: NDArray[np.int64]
    balance: NDArray[np.int64]
    interval_s: float


def tell(days: float = DAYS, worlds: int = WORLDS) -> Story:
    """Run line and drive together from new."""
    scene = load((HERE / "plant.yaml").read_text(encoding="utf-8"))
    model = assemble(scene).compile(OUTPUTS)
    line = Exchange(compile_layout(layout_of(scene), scene), worlds=worlds, seed=1)
    both = Coupling(model, line, links_of(scene.couplings), interval_s=scene.exchange_s)
    steps, down = [], []
    for _ in range(round(days * DAY_S / scene.exchange_s)):
        steps.append(both.advance())
        down.append(line.under_repair("line/bearing-worn"))
    seen = {name: np.array([step.outputs[model.output_names.index(name)] for step in steps]) for name in OUTPUTS}
    return Story(
        times_s=np.array([step.until_s for step in steps]),
        current_a=seen[OUTPUTS[0]],
        speed_m_per_s=seen[OUTPUTS[1]],
        wear_ratio=seen[OUTPUTS[2]],
        power_w=seen[OUTPUTS[3]],
        made=np.array([step.finished for step in steps]),
        down=np.array(down),
        repairs=line.repairs("line/bearing-worn"),
        balance=line.balance(),
        interval_s=scene.exchange_s,
    )


def draw(story: Story, file: Path = PICTURE) -> None:
    """Wear, current, speed and throughput of one world, one below the other; repairs are shaded."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    mpl.rcParams |= {"svg.hashsalt": "plantwin", "svg.fonttype": "none"}
    hours = story.times_s / 3600.0
    rows = (
        ("wear over its limit", story.wear_ratio[:, 0], "#D55E00"),
        ("motor current, A", story.current_a[:, 0], "#0072B2"),
        ("belt speed, m/s", story.speed_m_per_s[:, 0], "#009E73"),
        ("items per hour", story.made[:, 0] * 3600.0 / story.interval_s, "#CC79A7"),
    )
    figure = Figure(figsize=(8.4, 6.6), layout="constrained")
    for axes, (label, values, colour) in zip(figure.subplots(len(rows), 1, sharex=True), rows, strict=True):
        axes.plot(hours, values, color=colour, lw=1.4)
        axes.fill_between(hours, 0, 1, where=story.down[:, 0], transform=axes.get_xaxis_transform(), color="#888888",
                          alpha=0.25, lw=0)  # fmt: skip
        axes.set_ylabel(label, fontsize=8.5)
        axes.set_ylim(bottom=0)
        axes.grid(visible=True, lw=0.4, alpha=0.5)
    figure.axes[-1].set_xlabel("hours; grey: under repair")
    figure.savefig(file, format="svg", metadata={"Date": None})


if __name__ == "__main__":
    draw(tell())
