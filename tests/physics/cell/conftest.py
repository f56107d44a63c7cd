"""A planar arm whose answers are in every textbook, the example cell, and its one simulation for all tests."""

from pathlib import Path

import numpy as np
import pytest
from ruamel.yaml import YAML

from physics.cell import runner
from physics.cell.chain import Chain
from physics.cell.read import read

EXAMPLE = Path(__file__).parents[3] / "examples" / "palletiser" / "cell.yaml"


@pytest.fixture
def planar():
    """Two links of 0.5 and 0.4 m in the x-z plane, both joints about −y: positive angles lift; point masses at ends."""
    count = 2
    return Chain(
        names=("shoulder", "elbow"),
        reference=np.zeros(count),
        axis=np.array([[0.0, -1.0, 0.0]] * count),
        anchor_m=np.array([[0.0, 0.0, 0.0], [0.5, 0.0, 0.0]]),
        slides=np.zeros(count, dtype=bool),
        low=np.full(count, -3.0),
        high=np.full(count, 3.0),
        speed=np.array([2.0, 3.0]),
        acceleration=np.array([5.0, 10.0]),
        torque=np.full(count, 100.0),
        mass_kg=np.array([3.0, 2.0]),
        centre_m=np.array([[0.5, 0.0, 0.0], [0.9, 0.0, 0.0]]),
        inertia_kg_m2=np.zeros((count, 3, 3)),
        armature=np.zeros(count),
        damping=np.zeros(count),
        tool_m=np.array([0.9, 0.0, 0.0]),
        tool_rotation=np.array([[0.0, 0.0, 1.0], [0.0, 1.0, 0.0], [-1.0, 0.0, 0.0]]),
    )


@pytest.fixture
def gantry(planar):
    """Three sliding joints along x, y and z with one mass, and three turning ones at its end: all poses are reached.

    Its rails lie 3 m above the floor.
    """
    from dataclasses import replace

    axes = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 1], [0, 1, 0], [1, 0, 0]], dtype=float)
    return replace(
        planar,
        names=tuple("xyzabc"),
        reference=np.zeros(6),
        axis=axes,
        anchor_m=np.array([[0.0, 0.0, 3.0]] * 3 + [[0.0, 0.0, 0.0]] * 3),
        slides=np.array([True] * 3 + [False] * 3),
        low=np.full(6, -3.2),
        high=np.full(6, 3.2),
        speed=np.full(6, 2.0),
        acceleration=np.full(6, 8.0),
        torque=np.full(6, 500.0),
        mass_kg=np.array([0.0, 0.0, 0.0, 0.0, 0.0, 4.0]),
        centre_m=np.zeros((6, 3)),
        inertia_kg_m2=np.zeros((6, 3, 3)),
        armature=np.zeros(6),
        damping=np.zeros(6),
        tool_m=np.zeros(3),
        tool_rotation=np.diag([1.0, -1.0, -1.0]),
    )


@pytest.fixture
def document():
    return YAML(typ="safe").load(EXAMPLE.read_text())


@pytest.fixture
def spec(document):
    return read(document)[0]


@pytest.fixture(scope="session")
def genesis():
    """Skips, by name, where the extra is not installed."""
    if not runner.available():
        pytest.skip("needs the extra cell")


@pytest.fixture(scope="session")
def simulated(genesis, tmp_path_factory):
    """The example cell's result and folder; minutes where nothing is compiled yet."""
    folder = tmp_path_factory.mktemp("cell")
    return runner.simulate(YAML(typ="safe").load(EXAMPLE.read_text()), folder, lambda _share, _text: None), folder
