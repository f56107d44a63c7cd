"""The slowest machine pays most; where it alone decides, one percent of speed is one percent of throughput."""

import pytest

from physics.flow.bottleneck import gains
from physics.flow.compile import compile_line
from physics.flow.layout import Part
from tests.physics.flow.lines import chain, uniform


def test_the_slowest_machine_is_the_bottleneck():
    parts = (Part("source", "source"), Part("a", "machine", {"cycle_s": uniform(3.0, 5.0)}),
             Part("b1", "buffer"), Part("slow", "machine", {"cycle_s": uniform(9.0, 11.0)}), Part("b2", "buffer"),
             Part("c", "machine", {"cycle_s": uniform(5.0, 7.0)}), Part("sink", "sink"))  # fmt: skip
    found = gains(compile_line(chain(*parts)), horizon_s=20_000.0, warm_s=1000.0, worlds=8, seed=1)
    assert [gain.part for gain in found][0] == "slow"
    assert found[0].elasticity.mean == pytest.approx(1.0, abs=0.02)
    assert max(abs(gain.elasticity.mean) for gain in found[1:]) < 0.02


def test_a_conveyor_can_be_the_bottleneck():
    parts = (Part("source", "source"), Part("m", "machine", {"cycle_s": 1.0}),
             Part("belt", "conveyor", {"pitch_m": 1.0, "speed_m_per_s": 0.5}), Part("sink", "sink"))  # fmt: skip
    found = gains(compile_line(chain(*parts)), horizon_s=4000.0, warm_s=100.0, worlds=2, seed=1)
    assert found[0].part == "belt"
    assert found[0].elasticity.mean == pytest.approx(1.0, abs=0.02)
