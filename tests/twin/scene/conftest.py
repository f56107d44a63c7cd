"""A small catalogue whose every unit and bound a test can name, and a sound plant made of it."""

import pytest

from physics.contract import Component, Correction, Port, drive, parameter, state

PLANT = """\
plant: loop
site: {name: Hall 2, time_zone: Europe/Berlin}
assets:
  - {id: hall/tank, type: vessel, parameters: {area_m2: 2.0}, start: {level_m: {prior: 0.5, sd: 0.1}}}
  - {id: hall/pump, type: mover, parameters: {flow_max_m3_per_s: {prior: 2.0e-3, sd: 4.0e-4}}, learn: [extra_ratio]}
  - {id: hall/gauge, type: gauge}
  - {id: hall/brain, type: brain}
connections:
  - [hall/tank.bottom, hall/pump.inlet]
  - [hall/pump.outlet, hall/tank.top]
  - [hall/tank.bottom, hall/gauge.tap]
  - [hall/gauge.out, hall/brain.heard]
sensors:
  - {tag: LT-1, measures: hall/tank.level_m, unit: mm, noise_sd: 2.0}
  - {tag: FT-1, measures: hall/pump.flow_m3_per_s, unit: L/min}
  - {tag: TT-1, measures: hall/tank.temperature_k, unit: °C}
  - {tag: VT-1, unit: g}
inputs:
  - {tag: SC-1, drives: hall/pump.speed_rad_per_s, unit: rpm}
kpis:
  - {name: energy, quantity: hall/pump.power_w, reduction: integral, unit: kWh, better: lower}
events: {source: events.csv}
"""


class Vessel(Component):
    name = "vessel"
    bottom = Port("liquid", fixes=True)
    top = Port("liquid", fixes=True)
    area_m2 = parameter("m**2", "Cross section", default=1.0, low=1e-3)
    level_m = state("m", "Level", default=0.5, low=0.0)
    temperature_k = state("K", "Temperature", default=293.15)

    def law(self, m):
        return {
            "bottom.pressure_pa": 1e5 + 9810 * m.level_m,
            "bottom.enthalpy_j_per_kg": 0.0,
            "top.pressure_pa": 1e5,
            "top.enthalpy_j_per_kg": 0.0,
            "level_m.rate": (m.bottom.mass_flow_kg_per_s + m.top.mass_flow_kg_per_s) / m.area_m2,
            "temperature_k.rate": 0.0,
        }


class Mover(Component):
    name = "mover"
    inlet = Port("liquid")
    outlet = Port("liquid")
    flow_max_m3_per_s = parameter("m**3/s", "Flow", default=1e-3, low=0.0)
    share_ratio = parameter("1", "Share", default=0.5, low=0.0, high=1.0)
    speed_rad_per_s = drive("rad/s", "Speed", default=100.0, low=0.0)
    extra_ratio = Correction("1", "Extra flow")

    def law(self, m):
        flow = m.flow_max_m3_per_s * m.speed_rad_per_s * (1 + m.extra_ratio)
        return {
            "inlet.mass_flow_kg_per_s": 1000 * flow,
            "outlet.mass_flow_kg_per_s": -1000 * flow,
            "extra_ratio.features": (m.speed_rad_per_s / 100,),
            "flow_m3_per_s": flow,
            "power_w": flow * (m.outlet.pressure_pa - m.inlet.pressure_pa),
        }


class Gauge(Component):
    name = "gauge"
    tap = Port("liquid")
    out = Port("signal", fixes=True)

    def law(self, m):
        return {"out.value": m.tap.pressure_pa / 1e5}


class Brain(Component):
    name = "brain"
    heard = Port("signal")

    def law(self, m):
        return {"heard_ratio": m.heard.value}


class Shaft(Component):
    name = "shaft"
    end = Port("rotation")

    def law(self, m):
        return {"end.torque_n_m": m.end.speed_rad_per_s}


@pytest.fixture(scope="session")
def types():
    return {kind.name: kind for kind in (Vessel, Mover, Gauge, Brain, Shaft)}


@pytest.fixture
def plant():
    return PLANT
