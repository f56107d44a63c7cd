"""Expected values: force and speed by areas, energy by hand, a load lifted between two supplies."""

import numpy as np
import pytest

from physics.network.plant import Part, Plant
from physics.simulate.model import compile_plant
from physics.simulate.rollout import rollout
from tests.physics.evaluate import evaluate

FREE = {"dry_friction_n": 0.0, "viscous_n_s_per_m": 0.0, "leak_m3_per_s_pa": 0.0}
ATMOSPHERE = 101_325.0


def run(**changes):
    return evaluate("hydraulic_cylinder", {key.replace("__", "."): value for key, value in changes.items()})


def test_pressure_pushes_on_the_piston_and_pulls_on_the_annulus():
    found = run(cap__pressure_pa=ATMOSPHERE + 1e6, annulus__pressure_pa=ATMOSPHERE + 2e5)
    assert found["push_n"] == pytest.approx(1e6 * 2e-3 - 2e5 * 1e-3)


def test_motion_displaces_the_areas():
    found = run(rod__velocity_m_per_s=0.1, **FREE)
    assert found["cap.mass_flow_kg_per_s"] == pytest.approx(998.2 * 0.1 * 2e-3)
    assert found["annulus.mass_flow_kg_per_s"] == pytest.approx(-998.2 * 0.1 * 1e-3)


def test_leakage_passes_the_piston_and_grows_with_wear():
    new, worn = (
        run(cap__pressure_pa=ATMOSPHERE + 1e6, leak_m3_per_s_pa=1e-12, seal_wear_ratio=w)["leak_m3_per_s"]
        for w in (0.0, 9.0)
    )
    assert (new, worn) == pytest.approx((1e-6, 1e-5))


def test_past_its_end_a_stop_pushes_back():
    inside, past = (run(position_m=p, **FREE)["rod.force_n"] for p in (0.49, 0.501))
    assert inside == pytest.approx(0.0, abs=5.0)
    assert past == pytest.approx(1e7 * 1e-3, rel=0.01)


def test_friction_warms_the_liquid_and_wears_the_seals():
    found = run(rod__velocity_m_per_s=0.2, dry_friction_n=50.0, viscous_n_s_per_m=0.0, wear_per_j=1e-7)
    assert found["seal_wear_ratio.rate"] == pytest.approx(1e-7 * 50.0 * 0.2, rel=1e-6)
    assert found["temperature_k.rate"] > 0


def test_it_drives_out_at_the_speed_that_its_orifices_let_pass():
    """Meter-in: v = Q / A_1 with the orifice's Q at the pressure that the load leaves, then it rests at its stop."""
    numbers = {"moved_kg": 20.0, "dry_friction_n": 0.0, "viscous_n_s_per_m": 0.0, "leak_m3_per_s_pa": 0.0}
    parts = (
        Part("supply", "reservoir", {"pressure_pa": ATMOSPHERE + 2e6}),
        Part("meter", "orifice", {"area_m2": 2e-6, "density_kg_per_m3": 998.2}),
        Part("cylinder", "hydraulic_cylinder", numbers, {"position_m": 0.0}),
        Part("tank", "reservoir"),
    )
    links = (("supply.outlet", "meter.inlet"), ("meter.outlet", "cylinder.cap"), ("cylinder.annulus", "tank.outlet"))
    model = compile_plant(Plant(parts, links), ["cylinder.position_m", "cylinder.rod.velocity_m_per_s"])
    found = rollout(model, inputs=np.repeat(model.inputs[None], 41, axis=0), sample_s=0.5).outputs[:, :, 0]
    speed = 0.62 * 2e-6 * (2 * 2e6 / 998.2) ** 0.5 / 2e-3
    assert found[6, 1] == pytest.approx(speed, rel=1e-2)
    assert found[6, 0] - found[4, 0] == pytest.approx(speed, rel=1e-2)
    assert found[-1, 0] == pytest.approx(0.5 + 2e6 * 2e-3 / 1e7, abs=1e-4)
    assert abs(found[-1, 1]) < 1e-5
