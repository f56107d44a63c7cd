"""Expected values: Chen and Rincón-Mora's open-circuit voltage, Ohm, counting of charge and cycles by hand."""

import numpy as np
import pytest

from tests.physics.evaluate import evaluate

PACK = {"cells_count": 13.0, "charge_ratio": 0.5, "resistance_ohm": 0.05, "capacity_a_s": 72_000.0}


@pytest.mark.parametrize("charge", [0.05, 0.5, 1.0])
def test_open_circuit_voltage_follows_charge(charge):
    cell = -1.031 * np.exp(-35 * charge) + 3.685 + 0.2156 * charge - 0.1178 * charge**2 + 0.3201 * charge**3
    assert evaluate("battery", PACK | {"charge_ratio": charge})["plus.voltage_v"] == pytest.approx(13 * cell)


def test_under_load_its_voltage_drops_by_resistance_and_relaxation():
    idle, loaded = (
        evaluate("battery", PACK | {"plus.current_a": i, "fast_v": i * 0.05, "relaxation_v": i * 0.03})
        for i in (0.0, -20.0)
    )
    assert loaded["fast_v.rate"] == pytest.approx(0.0)
    assert loaded["relaxation_v.rate"] == pytest.approx(0.0)
    assert idle["plus.voltage_v"] - loaded["plus.voltage_v"] == pytest.approx(20.0 * 0.08)
    assert loaded["loss_w"] == pytest.approx(400.0 * 0.08)


def test_one_c_empties_it_in_an_hour():
    assert evaluate("battery", PACK | {"plus.current_a": -20.0})["charge_ratio.rate"] == pytest.approx(-1 / 3600)


def test_a_faded_pack_empties_sooner_and_resists_more():
    old = evaluate("battery", PACK | {"plus.current_a": -20.0, "fade_ratio": 1.0, "resistance_growth_ratio": 0.5})
    assert old["charge_ratio.rate"] == pytest.approx(-1 / (3600 * 0.8))
    assert old["fast_v.rate"] == pytest.approx(-20.0 * 0.075 / 0.01)


def test_its_full_cycles_use_up_its_life():
    cycling = PACK | {
        "plus.current_a": -20.0, "cycles_count": 2000.0, "calendar_life_s": 1e15, "heat.temperature_k": 298.15
    }  # fmt: skip
    used_in_a_cycle = evaluate("battery", cycling)["fade_ratio.rate"] * 2 * 3600
    assert used_in_a_cycle == pytest.approx(1 / 2000.0, rel=1e-5)


def test_resting_it_ages_by_its_calendar():
    resting = PACK | {"calendar_life_s": 4.7e8, "heat.temperature_k": 298.15}
    assert evaluate("battery", resting)["fade_ratio.rate"] == pytest.approx(1 / 4.7e8)
