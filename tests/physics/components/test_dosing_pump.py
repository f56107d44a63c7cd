import pytest

from tests.physics.evaluate import evaluate


def test_flow_follows_the_voltage_whatever_the_pressure():
    for pressure in (101_325.0, 5e5):
        changes = {"voltage_v": 4.0, "gain_m3_per_s_v": 2e-6, "outlet.pressure_pa": pressure}
        returned = evaluate("dosing_pump", changes)
        assert returned["flow_m3_per_s"] == pytest.approx(8e-6)
        assert returned["supplied_w"] == pytest.approx(8e-6 * (pressure - 101_325.0))


def test_below_its_dead_voltage_it_stands_still():
    changes = {"gain_m3_per_s_v": 2e-6, "dead_voltage_v": 0.5}
    assert evaluate("dosing_pump", changes | {"voltage_v": 0.0})["flow_m3_per_s"] == 0.0
    assert evaluate("dosing_pump", changes | {"voltage_v": 0.3})["flow_m3_per_s"] == pytest.approx(0.0, abs=1e-9)
    assert evaluate("dosing_pump", changes | {"voltage_v": 2.5})["flow_m3_per_s"] == pytest.approx(4e-6, rel=1e-4)


def test_learned_extra_flow_scales_flow_and_supplied_power_alike():
    plain = evaluate("dosing_pump", {"voltage_v": 4.0, "gain_m3_per_s_v": 2e-6, "outlet.pressure_pa": 5e5})
    more = evaluate(
        "dosing_pump",
        {"voltage_v": 4.0, "gain_m3_per_s_v": 2e-6, "outlet.pressure_pa": 5e5, "extra_flow_ratio": 0.25},
    )
    for name in ("flow_m3_per_s", "supplied_w"):
        assert more[name] == pytest.approx(1.25 * plain[name])
