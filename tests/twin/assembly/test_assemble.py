"""Tags, units, priors and corrections arrive at the engine under its own names."""

import dataclasses

import numpy as np
import pytest

from physics.network.plant import Network
from physics.simulate.rollout import rollout
from twin.assembly.assemble import assemble, learning_key
from twin.errors import NotReady
from twin.scene.dump import dump
from twin.scene.load import load
from twin.scene.scene import Asset, Prior


def parts(assembly):
    return {part.id: part for part in assembly.plant.parts}


def test_modelled_sensors_find_their_quantities_in_order(scene):
    found = assemble(scene)
    assert dict(zip(found.sensor_tags, found.outputs, strict=True)) == {
        "FT": "l/pump.flow_m3_per_s",
        "TT": "l/tank.temperature_k",
    }
    assert dict(zip(found.input_tags, found.drives, strict=True)) == {"ZC": "l/valve.opening_ratio"}
    assert found.path_of("FT") == "l/pump.flow_m3_per_s"
    with pytest.raises(KeyError):
        found.path_of("VT")


def test_a_draft_without_assets_says_what_to_add(scene):
    with pytest.raises(NotReady, match="Add them to its plant file"):
        assemble(dataclasses.replace(scene, assets=(), connections=()))


def test_values_convert_with_offset_and_spreads_without(scene):
    found = assemble(scene)
    assert found.units["TT"].to_si(25.0) == pytest.approx(298.15)
    assert found.noise_sd["TT"] == pytest.approx(0.5)
    assert found.noise_sd["FT"] == pytest.approx(0.6e-3 / 60)
    assert found.units["ZC"].to_si(80.0) == pytest.approx(0.8)
    assert found.units["VT"].to_si(1.0) == pytest.approx(1e-3)  # nobody models it: pint's g is a gram


def test_priors_are_free_numbers_with_the_types_bounds(scene):
    free = {item.name: item for item in assemble(scene).free}
    assert set(free) == {"l/pump.flow_max_m3_per_s", "l/tank.level_m@start"}
    flow = free["l/pump.flow_max_m3_per_s"]
    assert (flow.mean, flow.sd, flow.low, flow.unit) == (2e-3, 4e-4, 1e-7, "m**3/s")


def test_priors_stand_at_their_mean_until_values_replace_them(scene):
    plain = parts(assemble(scene))
    assert plain["l/pump"].parameters == {"head_shutoff_m": 12.0, "flow_max_m3_per_s": 2e-3}
    assert plain["l/tank"].start == {"level_m": 0.6}
    assert plain["l/supply"].parameters == {"voltage_v": 20.0}
    given = {"l/pump.flow_max_m3_per_s": 3e-3, "l/tank.level_m@start": 0.7, "gone.away": 1.0, "l/tank.area_m2": 2.0}
    fitted = parts(assemble(scene, values=given))
    assert fitted["l/pump"].parameters["flow_max_m3_per_s"] == 3e-3
    assert fitted["l/tank"].start == {"level_m": 0.7}
    assert fitted["l/tank"].parameters == {"area_m2": 2.0}


def test_start_of_a_joined_effort_is_named_as_the_engine_names_it(scene):
    """Motor and pump share one speed; the engine calls it after the motor, which comes first."""
    changed = tuple(
        dataclasses.replace(asset, start={"shaft.speed_rad_per_s": Prior(10.0, 1.0)}) if asset.id == "l/pump" else asset
        for asset in scene.assets
    )
    found = assemble(dataclasses.replace(scene, assets=changed))
    names = [item.name for item in found.free]
    assert "l/motor.shaft.speed_rad_per_s@start" in names
    assert {name.removesuffix("@start") for name in names if name.endswith("@start")} <= set(
        found.compile().state_names
    )


def test_corrections_become_networks_unless_learning_is_off(scene):
    assert assemble(scene).plant.corrections == (
        Network("l/pump", "extra_loss_ratio", "pumps/extra_loss_ratio"),
        Network("l/valve", "extra_flow_ratio", "l/valve/extra_flow_ratio"),
    )
    assert assemble(scene, learn=False).plant.corrections == ()


def test_layers_of_the_plant_file_shape_the_networks_and_sharing_gives_codes(scene):
    assets = tuple(dataclasses.replace(asset, layers=(8, 4)) if asset.learn else asset for asset in scene.assets)
    pump, valve = assemble(dataclasses.replace(scene, assets=assets)).plant.corrections
    assert (pump.layers, pump.codes) == ((8, 4), 2)
    assert (valve.layers, valve.codes) == ((8, 4), 0)


def test_memory_of_the_plant_file_gives_its_corrections_states(scene):
    assets = tuple(dataclasses.replace(asset, memory=2) if asset.learn else asset for asset in scene.assets)
    model = assemble(dataclasses.replace(scene, assets=assets)).compile()
    assert sum(".memory_" in name for name in model.state_names) == 2 * sum(len(asset.learn) for asset in assets)


def test_key_is_the_share_or_the_asset():
    assert learning_key(Asset("a", "valve", share="all"), "x") == "all/x"
    assert learning_key(Asset("a", "valve"), "x") == "a/x"


def test_critical_by_the_plant_file_or_by_type(scene):
    assert {"l/valve", "l/pump"} <= assemble(scene).critical
    assert "l/tank" not in assemble(scene).critical


def test_kpi_knows_its_quantity_and_shown_unit(scene):
    (kpi,) = assemble(scene).kpis
    assert kpi.path == "l/pump.shaft_power_w"
    assert kpi.conversion.from_si(7.2e6) == pytest.approx(2.0)


SHEET = """\
plant: sheet
assets:
  - {id: pump, type: curve_pump, parameters: {head_curve: [[0, 20], [0.002, 16], [0.004, 4]]}}
  - {id: wheel, type: inertia, parameters: {inertia_kg_m2: 1.0e+6}, start: {shaft.speed_rad_per_s: 150.0}}
  - {id: low, type: reservoir, parameters: {pressure_pa: 200000.0}}
  - {id: high, type: reservoir, parameters: {pressure_pa: HIGH}}
connections: [[low.outlet, pump.inlet], [pump.outlet, high.outlet], [wheel.shaft, pump.shaft]]
sensors: [{tag: FT, measures: pump.flow_m3_per_s, unit: m**3/s}]
"""


def test_a_curve_becomes_the_coordinates_of_its_points():
    text = SHEET.replace("HIGH", "300000.0")
    for scene in (load(text), load(dump(load(text)))):
        found = parts(assemble(scene))["pump"].parameters
        assert (found["head_curve_x1_m3_per_s"], found["head_curve_y1_m"]) == (0.0, 20.0)
        assert (found["head_curve_x8_m3_per_s"], found["head_curve_y8_m"]) == (0.004, 4.0)
        assert len(found) == 16


@pytest.mark.parametrize(("head_m", "flow"), [(16.0, 2e-3), (10.0, (0.5 * (2e-3**2 + 4e-3**2)) ** 0.5), (4.0, 4e-3)])
def test_the_engine_pumps_what_the_points_of_the_plant_file_say(head_m, flow):
    model = assemble(load(SHEET.replace("HIGH", f"{2e5 + head_m * 998.2 * 9.80665}"))).compile()
    run = rollout(model, inputs=np.repeat(model.inputs[None], 2, axis=0), sample_s=1.0)
    assert run.outputs[-1, 0, 0] == pytest.approx(flow, rel=3e-3)
