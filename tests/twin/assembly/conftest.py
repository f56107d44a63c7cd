"""A cooling loop made of the installed catalogue."""

import pytest

from twin.scene.load import load

LOOP = """\
plant: loop
assets:
  - {id: l/supply, type: voltage_source, parameters: {voltage_v: 20.0}}
  - {id: l/motor, type: dc_motor}
  - {id: l/pump, type: centrifugal_pump, learn: [extra_loss_ratio], share: pumps, start: {temperature_k: 290.0},
     parameters: {head_shutoff_m: 12.0, flow_max_m3_per_s: {prior: 2.0e-3, sd: 4.0e-4}}}
  - {id: l/valve, type: valve, learn: [extra_flow_ratio], critical: true}
  - {id: l/tank, type: tank, start: {level_m: {prior: 0.6, sd: 0.1}}}
connections:
  - [l/supply.plus, l/motor.plus]
  - [l/motor.shaft, l/pump.shaft]
  - [l/tank.bottom, l/pump.inlet]
  - [l/pump.outlet, l/valve.inlet]
  - [l/valve.outlet, l/tank.top]
sensors:
  - {tag: VT, unit: g}
  - {tag: FT, measures: l/pump.flow_m3_per_s, unit: L/min, noise_sd: 0.6}
  - {tag: TT, measures: l/tank.temperature_k, unit: °C, noise_sd: 0.5}
inputs:
  - {tag: ZC, drives: l/valve.opening_ratio, unit: percent}
kpis:
  - {name: energy, quantity: l/pump.shaft_power_w, reduction: integral, unit: kWh, better: lower}
"""


@pytest.fixture
def text():
    return LOOP


@pytest.fixture
def scene():
    return load(LOOP)
