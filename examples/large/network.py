"""One network that nothing divides: pipes in a row or in the streets of a square, a draw at each node.

Run `python -m examples.large.network row 2000` to compile it and print the processor seconds that it took, which do not
count what else the machine does.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator

import numpy as np

from physics.network.plant import Part, Plant
from physics.simulate import device
from physics.simulate.choice import method_for
from physics.simulate.model import compile_plant
from physics.simulate.rollout import Options, rollout

SAMPLE_S, SAMPLES, WORLDS = 60.0, 60, 64
SOURCES = (Part("main", "reservoir", {"pressure_pa": 901_325.0}), Part("drain", "reservoir"))
WIDE_M, NARROW_M, DRAW_M2 = 0.12, 0.06, 2e-6


def row(count: int) -> tuple[Plant, list[str]]:
    """`count` pipes in a row, and the pressure at its end."""
    parts, links, before = list(SOURCES), [], "main.outlet"
    for k in range(count):
        parts.append(Part(f"pipe-{k}", "pipe", {"length_m": 2.0 + 0.01 * (k % 7), "diameter_m": WIDE_M}))
        parts.append(_draw(f"draw-{k}"))
        links += [(before, f"pipe-{k}.inlet"), (f"pipe-{k}.outlet", f"draw-{k}.inlet")]
        links.append((f"draw-{k}.outlet", "drain.outlet"))
        before = f"pipe-{k}.outlet"
    return Plant(tuple(parts), tuple(links)), [f"{before}.pressure_pa"]


def square(side: int) -> tuple[Plant, list[str]]:
    """Streets of pipes between `side` x `side` crossings, fed at one corner, and the pressure at the other."""
    corners = [(i, j) for i in range(side) for j in range(side)]
    parts = [*SOURCES, *(_draw(f"draw-{i}-{j}") for i, j in corners)]
    links = [(f"draw-{i}-{j}.outlet", "drain.outlet") for i, j in corners]
    parts.append(Part("feed", "pipe", {"length_m": 10.0, "diameter_m": WIDE_M}))
    links += [("main.outlet", "feed.inlet"), ("feed.outlet", "draw-0-0.inlet")]
    for i, j in corners:
        for down, right in ((1, 0), (0, 1)):
            if i + down < side and j + right < side:
                own = f"street-{i}-{j}-{'down' if down else 'right'}"
                width_m = NARROW_M + 1e-4 * ((7 * i + j) % 13)
                parts.append(Part(own, "pipe", {"length_m": 20.0, "diameter_m": width_m}))
                links.append((f"draw-{i}-{j}.inlet", f"{own}.inlet"))
                links.append((f"{own}.outlet", f"draw-{i + down}-{j + right}.inlet"))
    return Plant(tuple(parts), tuple(links)), [f"draw-{side - 1}-{side - 1}.inlet.pressure_pa"]


def _draw(name: str) -> Part:
    return Part(name, "orifice", {"area_m2": DRAW_M2})


SHAPES = {"row": row, "square": square}


def report(shape: str, size: int) -> Iterator[str]:
    """What it costs, line by line."""
    plant, outputs = SHAPES[shape](size)
    begin = time.process_time()
    model = compile_plant(plant, outputs)
    joined = time.process_time()
    yield f"{len(model.state_names)} unknowns, plant to equations: {joined - begin:.2f} s"
    (island,) = model.islands
    device.kernel(island.system, method_for(island.system, SAMPLE_S))
    compiled = time.process_time()
    yield f"equations to kernel: {compiled - joined:.2f} s"
    inputs = np.repeat(model.inputs[None], SAMPLES, axis=0)
    numbers = np.repeat(model.parameters[:, None], WORLDS, axis=1)
    run = rollout(model, inputs=inputs, sample_s=SAMPLE_S, parameters=numbers, options=Options(threads=1))
    taken = time.process_time() - compiled
    yield f"{SAMPLES} samples of {WORLDS} worlds: {taken:.2f} s, {run.outputs[-1, 0, 0]:.6g} Pa at the end"


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shape", choices=SHAPES)
    parser.add_argument("size", type=int, help="pipes in the row, or crossings along a side")
    chosen = parser.parse_args()
    for line in report(chosen.shape, chosen.size):
        print(line, flush=True)


if __name__ == "__main__":
    main()
