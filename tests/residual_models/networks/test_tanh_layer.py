import numpy as np

from physics.network.plant import Network, Part, Plant
from physics.simulate.model import compile_plant
from residual_models.networks import tanh_layer


def weights():
    networks = (Network("axis", "extra_friction_ratio", "friction", hidden=3),)
    return tanh_layer.weights_of(compile_plant(Plant((Part("axis", "linear_axis"),), (), networks), []), networks)


def test_every_weight_is_trained_and_no_box():
    names = weights().names
    assert len(names) == 3 * 2 + 3 + 3 + 1
    assert not [name for name in names if "low_" in name or "high_" in name]


def test_training_begins_at_pure_physics_with_members_apart():
    found = weights()
    first = tanh_layer.first_weights(found, 4, seed=7)
    outputs = np.array(["w2_" in name or name.endswith("b2") for name in found.names])
    assert (first[outputs] == 0).all()
    assert len(np.unique(first[~outputs])) == first[~outputs].size
    np.testing.assert_array_equal(first, tanh_layer.first_weights(found, 4, seed=7))


def test_weights_of_a_trend_are_bounded_and_drawn_within_their_bounds():
    network = Network("pack", "extra_resistance_ratio", "net", hidden=3)
    model = compile_plant(Plant((Part("pack", "battery"),), (), (network,)), [])
    found = tanh_layer.weights_of(model, (network,))
    kept = {f"net.w1_{i}_1" for i in range(3)} | {f"net.w2_{i}" for i in range(3)}  # the second feature falls
    assert {name for name, low in zip(found.names, found.low, strict=True) if low == 0.0} == kept
    assert (tanh_layer.first_weights(found, 5, seed=1) >= found.low[:, None]).all()
