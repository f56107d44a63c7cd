"""Columns of worlds run on the CPU's lanes, or one a thread as a GPU does it."""

import numpy as np
import pytest

from physics.network.plant import Part, Plant
from physics.simulate import device
from physics.simulate.columns import Numbers
from physics.simulate.model import compile_plant
from physics.simulate.rollout import Options, RolloutRefused, rollout
from tests.physics.parts import TYPES


def plant():
    parts = (Part("a", "decay"), Part("b", "decay", {"rate_per_s": 2.0}), Part("p", "pendulum"))
    return compile_plant(Plant(parts), ["a.level_ratio", "b.level_ratio", "p.angle_rad"], types=TYPES)


@pytest.mark.parametrize("precision", ["float64", "float32"])
def test_one_world_a_thread_gives_the_same_as_lanes(monkeypatch, precision):
    """The way of a GPU, gone on the CPU: scalar kernels, copies there and back, no filling up."""
    model = plant()
    parameters = model.parameters[:, None] * np.linspace(0.5, 2.0, 11)
    given = {"inputs": np.zeros((20, 0)), "sample_s": 0.1, "parameters": parameters}
    lanes = rollout(model, **given, options=Options(rtol=1e-4, precision=precision))
    monkeypatch.setattr(device, "CPU", "host")
    monkeypatch.setattr(device, "known", lambda name: name)
    threads = rollout(model, **given, options=Options(rtol=1e-4, precision=precision, device="cpu"))
    assert not threads.status.any()
    # contraction into fused multiply-adds may differ between the two builds
    rounding = {"float64": 1e-12, "float32": 1e-5}[precision]
    np.testing.assert_allclose(threads.outputs, lanes.outputs, rtol=rounding, atol=rounding)
    np.testing.assert_allclose(threads.final, lanes.final, rtol=rounding, atol=rounding)


def test_a_device_that_is_not_here_is_refused_with_those_that_are():
    with pytest.raises(RolloutRefused, match=r"device: got 'cuda:9', need one of cpu.*\. Set TWIN_DEVICE\."):
        rollout(plant(), inputs=np.zeros((2, 0)), sample_s=1.0, options=Options(device="cuda:9"))


@pytest.mark.skipif("not __import__('warp').get_cuda_devices()", reason="no CUDA device here")
def test_a_gpu_agrees_with_the_lanes():
    model = plant()
    given = {"inputs": np.zeros((20, 0)), "sample_s": 0.1, "parameters": np.repeat(model.parameters[:, None], 9, 1)}
    ours = rollout(model, **given, options=Options(rtol=1e-6))
    theirs = rollout(model, **given, options=Options(rtol=1e-6, device="cuda"))
    np.testing.assert_allclose(theirs.outputs, ours.outputs, rtol=1e-10, atol=1e-10)


def test_numbers_of_some_worlds_keep_what_all_share():
    numbers = Numbers(np.ones((4, 2)), np.arange(6.0).reshape(2, 3), np.zeros((5, 1)))
    some = numbers.only(np.array([0, 2]))
    assert some.inputs is numbers.inputs
    assert some.start is numbers.start
    np.testing.assert_array_equal(some.parameters, [[0.0, 2.0], [3.0, 5.0]])
