"""Expected values: polytropic gas by hand; work of compression in closed form."""

import numpy as np
import pytest

from physics.network.plant import Part, Plant
from physics.simulate.model import compile_plant
from physics.simulate.rollout import Options, rollout
from tests.physics.evaluate import evaluate


def pressure(liquid_m3, **changes):
    values = {"gas_volume_m3": 1e-2, "precharge_pa": 5e5, "exponent_ratio": 1.4, "liquid_m3": liquid_m3}
    return float(evaluate("accumulator", values | changes)["tap.pressure_pa"])


def test_empty_it_has_its_precharge():
    assert pressure(0.0) == pytest.approx(5e5, rel=6e-3)


def test_half_full_the_gas_is_pressed_together():
    assert pressure(5e-3) == pytest.approx(5e5 * 2**1.4, rel=1e-3)
    assert pressure(5e-3, exponent_ratio=1.0) == pytest.approx(1e6, rel=1e-3)


def test_overdrawn_it_gives_no_pressure():
    assert pressure(-1e-4) == pytest.approx(0.0, abs=1e4)


def test_lost_gas_lowers_the_pressure():
    assert pressure(5e-3, gas_loss_ratio=0.3) == pytest.approx(0.7 * pressure(5e-3), rel=1e-12)


def test_gas_escapes_with_pressure():
    found = evaluate(
        "accumulator", {"precharge_pa": 5e5, "liquid_m3": 5e-3, "exponent_ratio": 1.0, "permeation_per_s": 1e-9}
    )
    assert found["gas_loss_ratio.rate"] == pytest.approx(2e-9, rel=1e-2)


def test_it_settles_at_the_pressure_of_its_supply():
    numbers = {"gas_volume_m3": 1e-2, "precharge_pa": 5e5, "exponent_ratio": 1.0}
    parts = (
        Part("pump", "reservoir", {"pressure_pa": 1.0e6}),
        Part("line", "orifice", {"area_m2": 1e-5}),
        Part("bag", "accumulator", numbers, {"liquid_m3": 0.0}),
    )
    links = (("pump.outlet", "line.inlet"), ("line.outlet", "bag.tap"))
    model = compile_plant(Plant(parts, links), ["bag.liquid_m3", "bag.tap.pressure_pa"])
    run = rollout(model, inputs=np.repeat(model.inputs[None], 9, axis=0), sample_s=10.0, options=Options(rtol=1e-7))
    assert run.outputs[-1, :, 0] == pytest.approx([5e-3, 1.0e6], rel=1e-3)
