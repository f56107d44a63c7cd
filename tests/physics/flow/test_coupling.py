"""A bearing wears, its motor draws more, the belt slows, fewer items come, it fails, is repaired, and all is as new.

The plant is the engine's own: supply, DC motor, bearing and conveyor drive on one shaft. At steady speed the balance of
torques is known, k i = friction, and V = R i + k ω, which gives the expected currents and speeds.
"""

import numpy as np
import pytest

from physics.flow.compile import compile_line
from physics.flow.coupling import Coupling
from physics.flow.exchange import Exchange
from physics.flow.layout import Part as FlowPart
from physics.flow.links import Drive, Load, Speed, Wear
from physics.network.plant import Part, Plant
from physics.simulate.model import compile_plant
from tests.physics.flow.lines import chain

VOLTAGE_V, TORQUE_N_M_PER_A, PITCH_M, NOMINAL_M_PER_S, ITEM_KG = 24.0, 5.0, 0.5, 0.4, 4.0
RADIUS_M, INTERVAL_S = 0.1, 600.0
OUTPUTS = ["drive.belt_speed_m_per_s", "motor.current_a", "motor.power_w"]
LIMIT = 1.0


@pytest.fixture(scope="module")
def plant():
    parts = (
        Part("supply", "voltage_source", {"voltage_v": VOLTAGE_V}),
        Part("motor", "dc_motor", {"torque_constant_n_m_per_a": TORQUE_N_M_PER_A, "resistance_ohm": 4.0,
                                   "cooling_w_per_k": 50.0}),
        Part("bearing", "bearing", {"dry_friction_n_m": 2.0, "speed_nominal_rad_per_s": 5.0, "wear_per_j": 3e-6}),
        Part("drive", "conveyor_drive", {"drum_radius_m": RADIUS_M}),
    )  # fmt: skip
    links = (("supply.plus", "motor.plus"), ("motor.shaft", "bearing.shaft"), ("bearing.shaft", "drive.shaft"))
    return compile_plant(Plant(parts, links), OUTPUTS)


def line(worlds=3):
    belt = {"length_m": 10.0, "speed_m_per_s": NOMINAL_M_PER_S, "pitch_m": PITCH_M}
    failure = FlowPart("worn", "physical_failure", {"machine": "belt", "repair_s": 3600.0})
    parts = (FlowPart("source", "source"), FlowPart("belt", "conveyor", belt), FlowPart("sink", "sink"))
    return Exchange(compile_line(chain(*parts, beside=(failure,))), worlds=worlds, seed=1)


LINKS = (
    Speed("belt", "drive.belt_speed_m_per_s", NOMINAL_M_PER_S),
    Load("drive.load_kg", "belt", ITEM_KG),
    Drive("supply.voltage_v", "belt", VOLTAGE_V),
    Wear("worn", "bearing.wear_ratio", LIMIT),
)


def test_wear_to_failure_to_repair(plant):
    parameters = np.repeat(plant.parameters[:, None], 3, axis=1)
    parameters[plant.parameter_names.index("bearing.wear_per_j")] = [0.0, 1.5e-6, 3e-6]
    both = Coupling(plant, line(), LINKS, interval_s=INTERVAL_S, parameters=parameters)
    wear_row = plant.state_names.index("bearing.wear_ratio")
    steps, wears = [], []
    for _ in range(144):
        steps.append(both.advance())
        wears.append(both.state[wear_row].copy())
    speed, current, _power = np.moveaxis(np.array([step.outputs for step in steps]), 1, 0)
    made, wear = np.array([step.finished for step in steps]), np.array(wears)
    assert all(step.good.all() for step in steps)

    # the world without wear stays as it is, and makes one item per pitch of belt
    np.testing.assert_allclose(made[20:, 0], speed[20:, 0] * INTERVAL_S / PITCH_M, atol=1.01)
    assert np.ptp(speed[20:, 0]) < 0.01 * speed[20, 0]

    # in the worn world current rises and speed falls until the limit, as the balance of torques says
    first = int(np.argmax(wear[:, 2] >= LIMIT))
    assert 20 < first < 140
    new, worn = 20, first - 1
    assert current[worn, 2] > current[new, 2]
    assert made[worn, 2] < made[worn, 0] - 10
    more_n_m = 2.0 * (wear[worn, 2] - wear[new, 2])
    assert TORQUE_N_M_PER_A * (current[worn, 2] - current[new, 2]) == pytest.approx(more_n_m, rel=0.1)
    np.testing.assert_allclose(made[:first, 2].sum(), speed[:first, 2].sum() * INTERVAL_S / PITCH_M, rtol=0.01)

    # then the belt stands for an hour, and after the repair the bearing is new and the belt as fast as before
    assert (made[first + 2 : first + 6, 2] == 0).all()
    repairs = both.line.repairs("worn")
    assert repairs[0] == 0 < repairs[1] < repairs[2]
    assert wear[first + 12, 2] < 0.3
    assert made[first + 12, 2] > made[worn, 2]
    assert (both.line.balance() == 0).all()


def test_energy_per_item_is_power_over_rate(plant):
    both = Coupling(plant, line(1), LINKS, interval_s=INTERVAL_S)
    steps = [both.advance() for _ in range(12)][2:]
    energy_j = sum(step.outputs[2, 0] * INTERVAL_S for step in steps)
    items = sum(int(step.finished[0]) for step in steps)
    power_w, speed = steps[5].outputs[2, 0], steps[5].outputs[0, 0]
    assert energy_j / items == pytest.approx(power_w * PITCH_M / speed, rel=0.01)


def test_a_name_that_is_not_there_is_told(plant):
    for wrong in (Speed("bolt", "drive.belt_speed_m_per_s", 1.0), Load("drive.mass_kg", "belt", 1.0),
                  Wear("worn", "bearing.age", 1.0)):  # fmt: skip
        with pytest.raises(KeyError, match="need one of"):
            Coupling(plant, line(1), (wrong,), interval_s=INTERVAL_S)
