"""A rinsing tank with its own exact solution, and 200 rows of its log: the plant that walks through the product.

A dosing pump fills the tank, which drains through a filter that clogs:

    A dL/dt = g u - Q        dw/dt = k Q        ρ g L = Δp_n (1 + w) [(1 - a) q² + a q],  q = Q / Q_n

The last bracket is Forchheimer's law (1901) of flow through a porous bed. The plant file knows its turbulent part alone
(a = 0), so the viscous part a = 0.4 is what the product has to learn. The course comes from scipy's LSODA.
"""

import csv
import io
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from scipy.integrate import solve_ivp

ROWS, STEP_S = 200, 600.0
AREA_M2, START_M, GAIN_M3_PER_S_V = 1.5, 0.6, 1e-4
DROP_PA, FLOW_M3_PER_S, VISCOUS_RATIO = 8000.0, 6e-4, 0.4
CLOGGING_PER_M3, CLOG_LIMIT_RATIO = 1.3e-3, 4.0
WEIGHT_N_PER_M3 = 998.2 * 9.80665
NOISE_M, NOISE_M3_PER_S = 2e-3, 5e-6
DEAD_ROW, TYPING_ROW = 50, 60
ZONE = ZoneInfo("Europe/Berlin")
BEGIN = datetime(2026, 3, 28, 6, tzinfo=UTC)
"""So that the log runs through the night in which the clocks go forward."""

PLANT = f"""\
plant: rinse
site: {{name: Hall 3, time_zone: Europe/Berlin}}
sampling_s: {STEP_S}
assets:
  - {{id: sump, type: reservoir}}
  - {{id: pump, type: dosing_pump, parameters: {{gain_m3_per_s_v: {GAIN_M3_PER_S_V}}}}}
  - id: tank
    type: tank
    critical: true
    parameters: {{area_m2: {{prior: 2.0, sd: 0.5}}, rim_level_m: 9.0}}
    start: {{level_m: {{prior: 0.5, sd: 0.2}}}}
  - id: filter
    type: filter
    parameters:
      drop_nominal_pa: {{prior: 1.0e+4, sd: 3.0e+3}}
      flow_nominal_m3_per_s: {FLOW_M3_PER_S}
      clogging_per_m3: {{prior: {CLOGGING_PER_M3}, sd: {0.1 * CLOGGING_PER_M3}}}
    learn: [extra_loss_ratio]
connections:
  - [sump.outlet, pump.inlet]
  - [pump.outlet, tank.top]
  - [tank.bottom, filter.inlet]
  - [filter.outlet, sump.outlet]
sensors:
  - {{tag: LT-1, measures: tank.level_m, unit: cm, noise_sd: {100 * NOISE_M}}}
  - {{tag: FT-1, measures: filter.flow_m3_per_s, unit: L/min, noise_sd: {60_000 * NOISE_M3_PER_S}}}
inputs:
  - {{tag: SC-1, drives: pump.voltage_v, unit: V}}
kpis:
  - {{name: water in, quantity: pump.flow_m3_per_s, reduction: integral, unit: m**3}}
  - {{name: water out, quantity: filter.flow_m3_per_s, reduction: integral, unit: m**3}}
  - {{name: water left, quantity: tank.volume_m3, reduction: final, unit: m**3}}
"""

MAPPING = """\
time: {column: local time, zone: Europe/Berlin, format: "%d.%m.%Y %H:%M"}
columns:
  level: {tag: LT-1, unit: cm}
  outflow: {tag: FT-1, unit: L/min}
  pump: {tag: SC-1, unit: V}
"""


def voltages_v():
    """Pump voltage, held from each row to the next, shape [200]."""
    rng = np.random.default_rng(5)
    return np.repeat(rng.uniform(2.0, 8.0, ROWS), rng.integers(4, 12, ROWS))[:ROWS].round(1)


def course():
    """The true levels in m and outflows in m³/s, shape [200] each."""
    levels, flows, here = [], [], np.array([START_M, 0.0])
    for voltage in voltages_v():
        levels.append(here[0])
        flows.append(outflow_m3_per_s(*here))
        here = solve_ivp(
            lambda _t, y, u=voltage: _rates(y, u), (0, STEP_S), here, method="LSODA", rtol=1e-9, atol=1e-12
        ).y[:, -1]
    return np.array(levels), np.array(flows)


def outflow_m3_per_s(level_m, clog_ratio):
    """Flow through the filter: the positive root of Forchheimer's law."""
    driving = WEIGHT_N_PER_M3 * level_m / (DROP_PA * (1 + clog_ratio))
    a, b = 1 - VISCOUS_RATIO, VISCOUS_RATIO
    return FLOW_M3_PER_S * (np.sqrt(b**2 + 4 * a * driving) - b) / (2 * a)


def clog_ratio(passed_m3):
    """Added resistance after so much water."""
    return CLOGGING_PER_M3 * passed_m3


def settled_m(flow_m3_per_s, clog):
    """Level that drives a steady flow through the filter, by Forchheimer's law."""
    share = flow_m3_per_s / FLOW_M3_PER_S
    return DROP_PA * (1 + clog) * ((1 - VISCOUS_RATIO) * share**2 + VISCOUS_RATIO * share) / WEIGHT_N_PER_M3


def _rates(state, voltage_v):
    flow = outflow_m3_per_s(*state)
    return [(GAIN_M3_PER_S_V * voltage_v - flow) / AREA_M2, CLOGGING_PER_M3 * flow]


def log_csv():
    """The log as a historian exports it: local time, local units, one cell of a dead sensor and one typing error."""
    rng = np.random.default_rng(0)
    levels_m, flows_m3_per_s = course()
    levels_cm = 100 * (levels_m + NOISE_M * rng.normal(size=ROWS))
    flows_l_per_min = 60_000 * (flows_m3_per_s + NOISE_M3_PER_S * rng.normal(size=ROWS))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["local time", "level", "outflow", "pump"])
    for row, (level, flow, voltage) in enumerate(zip(levels_cm, flows_l_per_min, voltages_v(), strict=True)):
        time = (BEGIN + timedelta(seconds=row * STEP_S)).astimezone(ZONE)
        shown = ("Bad" if row == DEAD_ROW else f"{level:.3f}", f"{flow:.4f}{'?' if row == TYPING_ROW else ''}")
        writer.writerow([f"{time:%d.%m.%Y %H:%M}", *shown, voltage])
    return text.getvalue()
