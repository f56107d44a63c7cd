"""Expected values: the T-circuit by complex numbers, a worked example, and Kloss's formula."""

import numpy as np
import pytest

from physics.laws import induction

CHAPMAN = induction.Circuit(
    0.641, 0.332, 1.106 / (2 * np.pi * 60), 0.464 / (2 * np.pi * 60), 26.3 / (2 * np.pi * 60), 2.0
)


def at_slip(slip, circuit=CHAPMAN, volts=460.0):
    found = induction.run(circuit, volts, 60.0, (1 - slip) * 2 * np.pi * 60 / 2)
    return {name: float(value) for name, value in vars(found).items()}


def test_chapmans_example_6_3():
    """25 hp, 460 V, 60 Hz, slip 2.2 %: 18.88 A at 33.6 degrees, P_in 12,530 W, air-gap power 11,845 W."""
    found = at_slip(0.022)
    current = np.hypot(found["active_a"], found["reactive_a"]) / np.sqrt(3)
    assert current == pytest.approx(18.88, rel=2e-3)
    assert np.degrees(np.arctan2(found["reactive_a"], found["active_a"])) == pytest.approx(33.6, abs=0.2)
    assert 460 * found["active_a"] == pytest.approx(12_530, rel=2e-3)
    assert found["torque_n_m"] * 2 * np.pi * 60 / 2 == pytest.approx(11_845, rel=3e-3)


@pytest.mark.parametrize("slip", [-0.5, -0.02, 0.004, 0.022, 0.3, 1.0, 1.8])
def test_it_is_the_t_circuit_of_the_textbooks(slip):
    magnetising, rotor = 26.3j, 0.332 / slip + 0.464j
    phase_v = 460 / np.sqrt(3)
    stator_a = phase_v / (0.641 + 1.106j + magnetising * rotor / (magnetising + rotor))
    rotor_a = stator_a * magnetising / (magnetising + rotor)
    gap_w = 3 * abs(rotor_a) ** 2 * 0.332 / slip
    found = at_slip(slip)
    assert found["torque_n_m"] == pytest.approx(gap_w / (2 * np.pi * 60 / 2), rel=1e-9)
    assert found["active_a"] - 1j * found["reactive_a"] == pytest.approx(np.sqrt(3) * stator_a, rel=1e-9)
    assert found["copper_w"] == pytest.approx(3 * abs(stator_a) ** 2 * 0.641 + slip * gap_w, rel=1e-9)


def test_without_stator_resistance_torque_follows_kloss():
    circuit = induction.Circuit(0.0, 0.332, 2e-3, 2e-3, 0.07, 2.0)
    slips = np.linspace(0.01, 1.0, 400)
    torques = np.array([at_slip(slip, circuit)["torque_n_m"] for slip in slips])
    stator_h, rotor_h = 2e-3 + 0.07, 2e-3 + 0.07
    leakage = 1 - 0.07**2 / (stator_h * rotor_h)
    pull_out_slip = 0.332 / (2 * np.pi * 60 * leakage * rotor_h)
    pull_out = torques.max()
    kloss = 2 * pull_out / (slips / pull_out_slip + pull_out_slip / slips)
    np.testing.assert_allclose(torques, kloss, rtol=1e-3)  # the largest sample is not quite the peak


def test_at_synchronous_speed_and_at_no_frequency_it_makes_no_torque():
    assert at_slip(0.0)["torque_n_m"] == pytest.approx(0.0, abs=1e-9)
    still = induction.run(CHAPMAN, 10.0, 0.0, 0.0)
    assert float(still.torque_n_m) == 0.0
    assert float(still.copper_w) == pytest.approx(10.0**2 / 0.641)
