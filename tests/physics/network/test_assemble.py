"""Balances at nodes, signals, enthalpy and loops, seen through rollouts and refusals."""

import numpy as np
import pytest

from physics.network.faults import PlantRefused
from physics.network.plant import Network, Part, Plant
from physics.simulate.model import compile_plant
from physics.simulate.rollout import Options, rollout
from tests.physics.parts import TYPES

TIGHT = Options(rtol=1e-9)


def two_tanks():
    start = {"bottom.pressure_pa": 121_325.0, "bottom.enthalpy_j_per_kg": 4e4}
    other = {"bottom.pressure_pa": 111_325.0, "bottom.enthalpy_j_per_kg": 8e4}
    parts = (Part("a", "tank", {"area_m2": 2.0}, start), Part("p", "passage"), Part("b", "tank", {}, other))
    return Plant(parts, (("a.bottom", "p.inlet"), ("p.outlet", "b.bottom")))


def test_two_tanks_level_out_and_keep_their_mass():
    model = compile_plant(two_tanks(), ["a.bottom.pressure_pa", "b.bottom.pressure_pa"], types=TYPES)
    run = rollout(model, inputs=np.zeros((60, 0)), sample_s=50.0, options=TIGHT)
    a, b = run.outputs[:, 0, 0], run.outputs[:, 1, 0]
    # C = area / 10, G = 1e-3: the difference falls with the rate G (1/Ca + 1/Cb)
    expected = 10_000.0 * np.exp(-1e-3 * (1 / 0.2 + 1 / 0.1) * np.arange(60) * 50.0)
    np.testing.assert_allclose(a - b, expected, atol=1e-3)
    mass = 0.2 * (a - 101_325.0) + 0.1 * (b - 101_325.0)
    np.testing.assert_allclose(mass, mass[0], rtol=1e-12)


def test_heat_goes_with_the_stream_and_is_kept():
    outputs = ["a.bottom.pressure_pa", "b.bottom.pressure_pa", "a.heat_j_per_kg", "b.heat_j_per_kg"]
    model = compile_plant(two_tanks(), outputs, types=TYPES)
    run = rollout(model, inputs=np.zeros((60, 0)), sample_s=50.0, options=TIGHT)
    pa, pb, ha, hb = run.outputs[:, :, 0].T
    np.testing.assert_allclose(ha, 4e4, rtol=1e-5)  # nothing flows into a, but 1 mg/s mixes
    mass_a, mass_b = 0.2 * (pa - 101_325.0), 0.1 * (pb - 101_325.0)
    heat = mass_a * ha + mass_b * hb
    np.testing.assert_allclose(heat, heat[0], rtol=1e-7)


def test_enthalpy_is_no_unknown_where_nobody_reads_it():
    parts = (Part("a", "tank"), Part("b", "tank"))
    model = compile_plant(Plant(parts, (("a.bottom", "b.bottom"),)), ["a.bottom.pressure_pa"], types=TYPES)
    assert model.state_names == ("a.bottom.pressure_pa",)


def test_the_power_at_a_port_is_its_effort_times_its_flow_and_is_kept():
    parts = (Part("s", "supply"), Part("r", "resistor"), Part("c", "capacitor"))
    plant = Plant(parts, (("s.plus", "r.a"), ("r.b", "c.plus")))
    paths = ["r.a.power_w", "s.plus.power_w", "r.b.power_w", "r.lost_w"]
    model = compile_plant(plant, paths, types=TYPES)
    run = rollout(model, inputs=model.inputs[None].repeat(20, axis=0), sample_s=2.0, options=TIGHT)
    taken, supply, handed_on, lost = run.outputs[:, :, 0].T
    # 10 V over 5 ohm into 2 F: i = 2 exp(-t / 10)
    np.testing.assert_allclose(taken, 20.0 * np.exp(-np.arange(20) / 5.0), rtol=1e-6)
    np.testing.assert_allclose(supply, -taken, rtol=1e-12)
    np.testing.assert_allclose(taken + handed_on, lost, rtol=1e-6)


def test_signals_are_handed_through():
    parts = (Part("k", "knob"), Part("g", "gain"), Part("l", "lag"))
    plant = Plant(parts, (("k.out", "g.heard"), ("g.out", "l.heard")))
    model = compile_plant(plant, ["l.out.value", "g.out.value", "l.heard.value"], types=TYPES)
    run = rollout(model, inputs=np.full((4, 1), 3.0), sample_s=1.0, options=TIGHT)
    np.testing.assert_allclose(run.outputs[:, 1:, 0], 6.0)
    np.testing.assert_allclose(run.outputs[:, 0, 0], 6.0 * (1 - np.exp(-np.arange(4) / 2.0)), atol=1e-8)


def test_a_signal_loop_without_a_state_is_refused_with_its_parts():
    parts = (Part("g", "gain"), Part("h", "gain"))
    with pytest.raises(PlantRefused) as refused:
        compile_plant(Plant(parts, (("g.out", "h.heard"), ("h.out", "g.heard"))), ["g.out.value"], types=TYPES)
    (fault,) = refused.value.faults
    assert "g." in fault.where
    assert "h." in fault.where


def test_a_loop_through_a_lag_is_sound():
    parts = (Part("g", "gain", {"gain_ratio": -1.0}), Part("l", "lag", {}, {"held_ratio": 1.0}))
    plant = Plant(parts, (("g.out", "l.heard"), ("l.out", "g.heard")))
    model = compile_plant(plant, ["l.held_ratio"], types=TYPES)
    run = rollout(model, inputs=np.zeros((3, 0)), sample_s=1.0, options=TIGHT)
    np.testing.assert_allclose(run.outputs[:, 0, 0], np.exp(-np.arange(3)), atol=1e-8)


def test_unknown_outputs_are_told_together_with_near_names():
    with pytest.raises(PlantRefused) as refused:
        compile_plant(two_tanks(), ["a.hat_j_per_kg", "z.level", "p.inlet.flow"], types=TYPES)
    assert sorted(fault.where for fault in refused.value.faults) == ["a.hat_j_per_kg", "p.inlet.flow", "z.level"]
    assert "heat_j_per_kg" in str(refused.value)


@pytest.mark.parametrize("farads", [0.0, -1.0])
def test_storage_must_be_positive(farads):
    plant = Plant((Part("c", "capacitor", {"capacitance_f": farads}),))
    with pytest.raises(PlantRefused, match="c.plus: got storage"):
        compile_plant(plant, [], types=TYPES)


def test_shared_weights_move_every_part_that_has_the_key():
    parts = (Part("d", "decay"), Part("e", "decay", {"rate_per_s": 0.25}), Part("f", "decay"))
    networks = (Network("d", "extra_ratio", "k"), Network("e", "extra_ratio", "k"))
    outputs = [f"{id_}.level_ratio" for id_ in "def"] + ["d.extra_ratio", "f.extra_ratio.feature_1"]
    model = compile_plant(Plant(parts, (), networks), outputs, types=TYPES)
    assert sum(name.startswith("k.") for name in model.parameter_names) == 6 * 2 + 6 + 6 + 1 + 4
    parameters = model.parameters.copy()
    parameters[model.parameter_names.index("k.b2")] = 0.2
    run = rollout(model, inputs=np.zeros((3, 0)), sample_s=1.0, parameters=parameters[:, None], options=TIGHT)
    t = np.arange(3)
    extra = np.tanh(0.2 * 0.75)  # high = 1, scale (high - low) / 2
    np.testing.assert_allclose(run.outputs[:, 3, 0], extra, rtol=1e-12)
    np.testing.assert_allclose(run.outputs[:, 0, 0], np.exp(-0.5 * (1 + extra) * t), atol=1e-8)
    np.testing.assert_allclose(run.outputs[:, 1, 0], np.exp(-0.25 * (1 + extra) * t), atol=1e-8)
    np.testing.assert_allclose(run.outputs[:, 2, 0], np.exp(-0.5 * t), atol=1e-8)
    np.testing.assert_allclose(run.outputs[:, 4, 0], np.exp(-t), atol=1e-8)
