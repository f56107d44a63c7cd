"""Networks of several layers in the lanes, against NumPy's matrix products and finite differences of those."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import warp as wp

from physics.compiler import driver, kernels
from physics.compiler.methods import METHODS
from physics.compiler.perceptron import Perceptron
from physics.compiler.program import write
from physics.compiler.system import System, Unknown
from physics.compiler.tape import Dual, Tape
from physics.simulate import device
from physics.simulate.model import IslandModel, Model
from physics.simulate.rollout import Options, rollout

SHAPE = Perceptron((3, 13, 8, 2))


def by_numpy(weights, x, shape=SHAPE):
    """The same network, inputs [n, W]."""
    for k, (inner, outer) in enumerate(pairwise(shape.sizes)):
        own = weights[shape.starts[k] : shape.starts[k] + (inner + 1) * outer].reshape(inner + 1, outer)
        x = own[0][:, None] + own[1:].T @ x
        x = np.tanh(x) if k + 2 < len(shape.sizes) else x
    return x


def model(shape=SHAPE, copies=1):
    """States at rest; outputs: the network of three inputs, and its derivatives by a state."""
    tape = Tape()
    found, slopes = [], []
    for copy in range(copies):
        features = [Dual(f"z{copy}", {copy: "1.0"}), Dual("u0"), Dual("0.25")]
        found += shape.call(tape, "p0", features)
        slopes += [value.slope[copy] for value in found[-2:]]
    names = tuple(f"o{k}" for k in range(len(found) + len(slopes)))
    states = tuple(Unknown(f"z{k}", True, 1.0, 0.0) for k in range(copies))
    outputs = (*(value.name for value in found), *slopes)
    system = System(tape, states, (Dual("0.0"),) * copies, outputs, ("net.member",), (0.0,), ("u",), (0.0,), names,
                    tables=((0, shape.weight_count),))  # fmt: skip
    island = IslandModel(("part",), system, *(np.arange(n) for n in (1, copies, 1, len(names))))
    nothing = np.zeros(copies)
    return Model(("net.member",), np.zeros(1), tuple(s.name for s in states), nothing, nothing.astype(bool),
                 nothing + 1, ("u",), np.zeros(1), names, (island,),
                 {"net": np.zeros((1, shape.weight_count))})  # fmt: skip


def numbers(worlds, members, shape=SHAPE, seed=1):
    rng = np.random.default_rng(seed)
    weights = rng.normal(size=(members, shape.weight_count))
    return weights, rng.normal(size=(1, worlds)), rng.normal(size=(1, 1, worlds)), rng.integers(0, members, worlds)


def seen(own, z, u, member, **options):
    run = rollout(own, inputs=u, sample_s=1.0, parameters=member[None].astype(float), start=z,
                  options=Options(**options))  # fmt: skip
    assert not run.status.any()
    return run.outputs[0]


@pytest.mark.parametrize(("precision", "error"), [("float64", 2e-14), ("float32", 2e-5)])
@pytest.mark.parametrize("members", [1, 4])
def test_outputs_are_those_of_matrix_products_however_members_mix(precision, error, members):
    weights, z, u, member = numbers(37, members)
    found = seen(replace(model(), networks={"net": weights}), z, u, member, method="rk4", precision=precision)
    inputs = np.concatenate([z, u[0], np.full_like(z, 0.25)])
    for world in range(37):
        expected = by_numpy(weights[member[world]], inputs[:, [world]])[:, 0]
        np.testing.assert_allclose(found[:2, world], expected, atol=error * np.abs(weights).sum())


def test_slopes_are_those_of_central_differences():
    weights, z, u, member = numbers(16, 2)
    found = seen(replace(model(), networks={"net": weights}), z, u, member)
    inputs, move = np.concatenate([z, u[0], np.full_like(z, 0.25)]), np.array([[1e-6], [0], [0]])
    for world in range(16):
        own, x = weights[member[world]], inputs[:, [world]]
        expected = (by_numpy(own, x + move) - by_numpy(own, x - move))[:, 0] / 2e-6
        np.testing.assert_allclose(found[2:, world], expected, rtol=1e-7, atol=1e-7)


def test_a_world_is_the_same_to_the_bit_whatever_its_neighbours_learned():
    weights, z, u, member = numbers(16, 3)
    own = replace(model(), networks={"net": weights})
    whole = seen(own, z, u, member)
    for world in (0, 5, 15):
        at = slice(world, world + 1)
        np.testing.assert_array_equal(seen(own, z[:, at], u[..., at], member[at])[:, 0], whole[:, world])


def test_rolled_text_calls_what_straight_text_calls(monkeypatch):
    weights, z, u, member = numbers(8, 1)
    z = np.repeat(z, 6, axis=0) * np.arange(1, 7)[:, None]
    own = replace(model(copies=6), networks={"net": weights})
    straight = seen(own, z, u, member)
    text = write(own.islands[0].system, straight_statements=0).functions
    assert "V r[" in text
    kernel = kernels.make(driver.snippet(own.islands[0].system, write(own.islands[0].system, straight_statements=0),
                                         METHODS["rodas4"]))  # fmt: skip
    kernel.module.options["cpu_compiler_flags"] = device.WITHIN
    monkeypatch.setattr(device, "kernel", lambda *_, **__: kernel)
    np.testing.assert_array_equal(seen(own, z, u, member), straight)


def test_the_scalar_form_computes_what_the_lanes_do():
    weights, z, u, member = numbers(8, 2)
    own = replace(model(), networks={"net": weights})
    lanes = seen(own, z, u, member)
    system = own.islands[0].system
    scalar = kernels.make(driver.snippet(system, write(system), METHODS["rodas4"], in_lanes=False))
    arrays = [z.copy(), member[None] * float(SHAPE.weight_count), u, np.zeros((1, 4, 8)), np.zeros((6, 8))]
    arrays.append(np.r_[weights.ravel(), 0.0])
    shared = [wp.array(np.ascontiguousarray(a), dtype=wp.float64, device="cpu", copy=False) for a in arrays]
    wp.launch(scalar, dim=8, inputs=[*shared, 1, 8, 8, 1.0, 1e-4, 1e30, 1e5, 0, 0, 1], device="cpu")
    # contraction into fused multiply-adds may differ between the two builds
    np.testing.assert_allclose(shared[3].numpy()[0], lanes, rtol=1e-12, atol=1e-12)


def test_the_scalar_form_compiles_for_a_gpu(tmp_path):
    system = model().islands[0].system
    text = driver.snippet(system, write(system), METHODS["rodas4"], in_lanes=False)
    wp.compile_aot_module(kernels.make(text).module, arch=80, module_dir=tmp_path, use_ptx=True)
    assert next(tmp_path.glob("*.ptx")).stat().st_size > 0


@pytest.mark.parametrize(("precision", "units"), [("float64", 1.5), ("float32", 3.0)])
def test_tanh_is_right_to_the_last_places_of_one(precision, units):
    """Hidden units that hand each of 1,000 points on: the sum of bent ones is the output."""
    shape = Perceptron((3, 1, 1))
    x = np.concatenate([np.linspace(-25, 25, 881), np.geomspace(1e-9, 1, 119)]).astype(np.float32).astype(float)
    weights = np.array([[0.0, 1.0, 0.0, 0.0, 0.0, 1.0]])
    own = replace(model(shape), networks={"net": weights})
    nobody = np.zeros(len(x), int)
    found = seen(own, x[None], np.zeros((1, 1, len(x))), nobody, method="rk4", precision=precision)[0]
    np.testing.assert_allclose(found, np.tanh(x), rtol=0, atol=units * np.finfo(precision).eps)


def test_weights_are_counted_with_their_biases():
    assert Perceptron((16, 64, 64, 12)).weight_count == 17 * 64 + 65 * 64 + 65 * 12
