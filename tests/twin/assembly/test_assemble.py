"""Tags, units, priors and corrections arrive at the engine under its own names."""

import dataclasses

import pytest

from physics.network.plant import Network
from twin.assembly.assemble import assemble, learning_key
from twin.errors import NotReady
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
