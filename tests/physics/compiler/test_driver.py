"""One text, two targets: worlds in lanes and one world at a time."""

import numpy as np
import pytest
import warp as wp

from physics.compiler import driver, kernels
from physics.compiler.methods import METHODS
from physics.compiler.program import write
from physics.network.plant import Part, Plant
from physics.simulate import device
from physics.simulate.model import compile_plant
from physics.simulate.rollout import Options, rollout
from tests.physics.parts import TYPES


@pytest.fixture
def model():
    parts = (Part("s", "supply"), Part("r1", "resistor"), Part("r2", "resistor"), Part("c", "capacitor"))
    links = (("s.plus", "r1.a"), ("r1.b", "r2.a"), ("r2.b", "c.plus"))
    return compile_plant(Plant(parts, links), ["c.plus.voltage_v", "r1.b.voltage_v"], types=TYPES)


def test_scalar_text_computes_what_the_lanes_compute(model, monkeypatch):
    rng = np.random.default_rng(0)
    inputs = rng.uniform(0, 10, (6, 1, 8))
    parameters = model.parameters[:, None] * rng.uniform(0.5, 2, (3, 8))
    lanes = rollout(model, inputs=inputs, sample_s=2.0, parameters=parameters)
    monkeypatch.setattr(device, "CPU", "host")
    monkeypatch.setattr(device, "known", lambda name: name)
    one_each = Options(device="cpu")
    single = rollout(model, inputs=inputs, sample_s=2.0, parameters=parameters, options=one_each)
    # contraction into fused multiply-adds may differ between the two builds
    np.testing.assert_allclose(single.outputs, lanes.outputs, rtol=1e-12)
    assert np.array_equal(single.steps, lanes.steps)


def test_scalar_text_compiles_for_a_gpu(model, tmp_path):
    device.start()
    system = model.islands[0].system
    text = driver.snippet(system, write(system), METHODS["rodas4"], in_lanes=False)
    # NVRTC comes with Warp; no GPU is needed to compile for one
    wp.compile_aot_module(kernels.make(text).module, arch=80, module_dir=tmp_path, use_ptx=True)
    (compiled,) = tmp_path.glob("*.ptx")
    assert ".f64" in compiled.read_text()
