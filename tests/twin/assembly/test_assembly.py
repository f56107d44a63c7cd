import pytest

from physics.network.plant import Part, Plant
from twin.assembly.assemble import assemble
from twin.assembly.assembly import Assembly
from twin.errors import InvalidInput
from twin.scene.types import installed


def test_model_gives_sensors_first_then_what_else_is_observed(scene):
    model = assemble(scene).compile(["l/pump.shaft_power_w", "l/tank.temperature_k"])
    assert model.output_names == ("l/pump.flow_m3_per_s", "l/tank.temperature_k", "l/pump.shaft_power_w")
    assert set(model.input_names) >= {"l/valve.opening_ratio"}


def test_weights_appear_once_per_shared_key(scene):
    names = assemble(scene).compile().parameter_names
    assert any(name.startswith("pumps/extra_loss_ratio.w1_") for name in names)
    assert any(name.startswith("l/valve/extra_flow_ratio.w1_") for name in names)


def test_refusal_of_the_engine_is_ours():
    plant = Plant((Part("a", "no_such_type"),))
    assembly = Assembly(plant, (), (), (), (), {}, {}, (), (), frozenset(), installed())
    with pytest.raises(InvalidInput) as refusal:
        assembly.compile()
    assert refusal.value.faults[0].where == "a"
