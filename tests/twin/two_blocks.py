"""Two heated blocks that nothing joins: one plant of two islands, each with its own sensor, input and learned loss."""

import re
from dataclasses import replace

import numpy as np

from tests.twin import slow_block, warm_block
from twin.assembly.assemble import assemble
from twin.calibration.study import study
from twin.scene.load import load
from twin.services import plants, readings

NAMES = ("block", "wall", "air", "heater", "TT-1", "PC-1")


def doubled(text):
    """A plant file of one block with a second one like it beside the first."""
    head, parts = text.split("assets:\n")
    sections = re.split(r"^(connections|sensors|inputs):\n", parts, flags=re.MULTILINE)
    bodies = {"assets": sections[0], **dict(zip(sections[1::2], sections[2::2], strict=True))}
    return head + "".join(f"{key}:\n{body}{second(body)}" for key, body in bodies.items())


def second(body):
    """The same lines with the second block's names."""
    for name in NAMES:
        new = name.replace("-1", "-2") if "-" in name else f"{name}-2"
        body = re.sub(rf"(?<!type: )(?<![\w-]){name}(?=[.,:}}\s\]]|$)", new, body)
    return body


THIRD = {
    "assets": "  - {id: block-3, type: heat_capacity, parameters: {heat_capacity_j_per_k: 2000.0}}\n"
    "  - {id: wall-3, type: conductance, parameters: {conductance_w_per_k: 10.0}}\n"
    "  - {id: air-3, type: ambient}\n",
    "connections": "  - [block-3.heat, wall-3.a]\n  - [wall-3.b, air-3.heat]\n",
    "sensors": "  - {tag: TT-3, measures: block-3.heat.temperature_k, unit: K, noise_sd: 0.05}\n",
}
"""A block of which every number is known, left alone at room temperature."""


def ready(samples=300, extra=0.5, share=False, third=False):
    """A study of both, as of a window of so many samples; with a third block that has nothing to learn."""
    text = doubled(warm_block.TEXT)
    for key, body in THIRD.items() if third else ():
        text = text.replace(f"{key}:\n", f"{key}:\n{body}")
    if share:
        text = text.replace("    type: conductance\n", "    type: conductance\n    share: walls\n")
    one = warm_block.window(samples, extra=extra)
    other = warm_block.window(samples, extra=extra, seed=5)
    still = warm_block.ROOM_K + 0.05 * np.random.default_rng(9).normal(size=(samples, int(third)))
    window = replace(
        one,
        sensor_tags=("TT-1", "TT-2", "TT-3")[: 2 + third],
        measured=np.hstack([one.measured, other.measured, still]),
        mask=np.hstack([one.mask, other.mask, np.isfinite(still)]),
        input_tags=("PC-1", "PC-2"),
        driven=np.hstack([one.driven, other.driven]),
    )
    assembly = assemble(load(text))
    return study(assembly, assembly.compile(), window)


def create(context):
    """The slow plant, twice."""
    plants.create(context, doubled(slow_block.TEXT), author="test", reason="")


def write(context, days):
    """Whole days of log of both blocks."""
    slow_block.write(context, days)
    count = round(days * slow_block.ROWS_A_DAY)
    power_w = warm_block.powers_w(count, 7)
    measured_k = warm_block.temperatures_k(power_w, 0.5) + 0.05 * np.random.default_rng(8).normal(size=count)
    rows = []
    for at in range(count):
        time = (slow_block.BEGIN + at * slow_block.DAY / slow_block.ROWS_A_DAY).isoformat()
        rows.append({"tag": "TT-2", "time": time, "value": float(measured_k[at])})
        rows.append({"tag": "PC-2", "time": time, "value": float(power_w[at])})
    assert readings.write(context, slow_block.PLANT, rows).quarantined == 0
