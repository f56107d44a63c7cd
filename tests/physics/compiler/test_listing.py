"""What is printed for one part is C that compiles, computes its law and the law's slopes."""

import re

import numpy as np
import pytest
import warp as wp

from physics import catalogue
from physics.compiler import lanes
from physics.compiler.listing import listing
from physics.simulate import device
from physics.trial.points import random_points
from tests.physics.evaluate import evaluate, readable

TYPES = catalogue.components()
NAMES = ("conductance", "tank", "bearing", "pid")
WORLDS = 8
STEP_RATIO = 1e-6
SLOPE_TOLERANCE = 1e-5
"""Central differences lose about the square root of a step that is a millionth of the number, and kinks lie between."""


def keys(text, mark):
    return re.findall(rf"^  {mark}\[\d+\] = .*;  // (.*)$", text, re.MULTILINE)


def compiled(name):
    """The printed function as a kernel from [numbers read, 8] to [values and slopes, 8]."""
    text, read = listing(TYPES[name]), readable(TYPES[name])
    width = (len(keys(text, "f")), len(keys(text, "d")) + 1)
    loads = "".join(f"COPY(&m.{path}, &X.data[0] + {8 * k}, sizeof(V));" for k, path in enumerate(read))
    snippet = (
        f"{lanes.prelude(True)} struct S {{ {lanes.functions(True)} {text} }}; S::Read m; {loads}"
        f"V f[{width[0]}], d[{width[1]}]; S::law(m, f, d);"
        f"COPY(&Y.data[0], f, sizeof(f)); COPY(&Y.data[0] + {8 * width[0]}, d, sizeof(d));\n{lanes.PREVENT_LEAKS}"
    )

    @wp.func_native(snippet)
    def part(X: wp.array(dtype=wp.float64), Y: wp.array(dtype=wp.float64)): ...

    @wp.kernel(enable_backward=False, module="unique")
    def run(X: wp.array(dtype=wp.float64), Y: wp.array(dtype=wp.float64)):
        part(X, Y)

    def call(numbers):
        found = np.zeros((sum(width), WORLDS))
        shared = [wp.array(a.ravel(), dtype=wp.float64, device="cpu", copy=False) for a in (numbers, found)]
        wp.launch(run, dim=1, inputs=shared, device="cpu")
        return found[: width[0]], found[width[0] : -1]

    return text, call


@pytest.mark.parametrize("name", NAMES)
def test_the_printed_source_computes_the_law_and_its_slopes(name):
    device.start()
    kind = TYPES[name]
    text, call = compiled(name)
    points = random_points(kind, corrected=True)
    numbers = np.array([points[path][:WORLDS] for path in readable(kind)])
    values, slopes = call(numbers)
    expected = evaluate(kind, {path: points[path][:WORLDS] for path in points})
    for key, found in zip(keys(text, "f"), values, strict=True):
        law_key = re.sub(r"\.feature_(\d+)$", r".features_\1", key)
        np.testing.assert_allclose(found, np.broadcast_to(expected[law_key], WORLDS), rtol=1e-12, atol=1e-12)
    for entry, slope in zip(keys(text, "d"), slopes, strict=True):
        key, local = re.fullmatch(r"d\((.*)\) / d\((.*)\)", entry).groups()
        row = readable(kind).index(local)
        step = STEP_RATIO * np.maximum(np.abs(numbers[row]), 1.0)
        ends = []
        for sign in (1, -1):
            moved = numbers.copy()
            moved[row] += sign * step
            ends.append(call(moved)[0][keys(text, "f").index(key)])
        size = np.abs(slope) + np.abs(values[keys(text, "f").index(key)]) / np.maximum(np.abs(numbers[row]), 1.0)
        assert (np.abs((ends[0] - ends[1]) / (2 * step) - slope) <= SLOPE_TOLERANCE * size + 1e-9).all(), entry


def test_it_reads_as_the_law_does():
    text = listing(TYPES["conductance"])
    assert "V conductance_w_per_k;  // W/K: Conductance G" in text
    assert "struct { V temperature_k; } a;  // thermal" in text
    assert "m.a.temperature_k" in text
    assert "// d(b.heat_flow_w) / d(a.temperature_k)" in text


def test_what_runs_seldom_stands_first():
    lines = listing(TYPES["tank"]).splitlines()
    once, every = (next(k for k, line in enumerate(lines) if word in line) for word in ("once per world", "at every"))
    assert once < every
    assert not [line for line in lines[once:every] if "m.level_m" in line or "m.temperature_k" in line]
