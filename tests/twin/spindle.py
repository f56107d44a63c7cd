"""A spindle on one bearing that wears, with closed forms: the plant on which what-ifs and prognosis are tested.

At a held speed ω the bearing rubs with P = P_0 (1 + w), P_0 = (τ_c + b ω) ω, and Archard's law dw/dt = k P gives
w(t) = (1 + w_0) exp(k P_0 t) - 1, worn out (w = 1) at t = ln(2 / (1 + w_0)) / (k P_0). Its housing settles at
T_a + P / G.
"""

from datetime import UTC, datetime, timedelta

import numpy as np

from twin.assembly.assemble import assemble
from twin.prediction.worlds import draw, from_priors
from twin.scenarios.run import observed
from twin.scene.load import load

SPEED_RAD_PER_S, DRY_N_M, VISCOUS_N_M_S = 100.0, 0.05, 5e-4
FRICTION_W = (DRY_N_M + VISCOUS_N_M_S * SPEED_RAD_PER_S) * SPEED_RAD_PER_S
COOLING_W_PER_K, AMBIENT_K = 0.5, 293.15
DAY_S = 86_400.0
LIFE_DAYS = 40.0
WEAR_PER_J = np.log(2.0) / (LIFE_DAYS * DAY_S * FRICTION_W)
BEARING = "hall/spindle/bearing-1"

TEXT = f"""
plant: spindle
site: {{name: Hall 1, time_zone: UTC}}
sampling_s: 60.0
assets:
  - {{id: hall/supply, type: voltage_source, parameters: {{voltage_v: 230.0}}}}
  - id: hall/spindle/motor-1
    type: drive_motor
    parameters: {{speed_set_rad_per_s: {SPEED_RAD_PER_S}, slip_ratio: 1.0e-3, ramp_time_s: 1.0}}
  - id: {BEARING}
    type: bearing
    parameters:
      wear_per_j: {{prior: {WEAR_PER_J}, sd: {0.1 * WEAR_PER_J}}}
      dry_friction_n_m: {DRY_N_M}
      viscous_friction_n_m_s: {VISCOUS_N_M_S}
      cooling_w_per_k: {COOLING_W_PER_K}
connections:
  - [hall/supply.plus, hall/spindle/motor-1.plus]
  - [hall/spindle/motor-1.shaft, {BEARING}.shaft]
sensors:
  - {{tag: TT-1, measures: {BEARING}.heat.temperature_k, unit: degC, noise_sd: 0.1}}
inputs:
  - {{tag: SC-1, drives: hall/spindle/motor-1.speed_set_rad_per_s, unit: rpm}}
kpis:
  - {{name: friction energy, quantity: {BEARING}.friction_power_w, reduction: integral, unit: kWh, better: lower}}
"""
RPM = SPEED_RAD_PER_S * 30.0 / np.pi
BEGIN = datetime(2026, 3, 2, tzinfo=UTC)


def opened():
    """Assembly and compiled model of the spindle."""
    assembly = assemble(load(TEXT))
    return assembly, assembly.compile(observed(assembly))


def worlds_of(assembly, model, count=16, seed=0):
    """Worlds drawn from the priors."""
    return draw(model, from_priors(assembly, scene_revision=1), None, free=assembly.free, worlds=count, seed=seed)


def log_rows(minutes, *, warm_k=0.0, speed=lambda minute: RPM, seed=0):
    """Readings of a spindle that runs warm already: rows as a program sends them."""
    rng = np.random.default_rng(seed)
    steady_c = AMBIENT_K - 273.15 + FRICTION_W / COOLING_W_PER_K + warm_k
    rows = []
    for minute in range(minutes):
        time = (BEGIN + timedelta(minutes=minute)).isoformat()
        rows.append({"tag": "TT-1", "time": time, "value": float(steady_c + 0.1 * rng.normal())})
        rows.append({"tag": "SC-1", "time": time, "value": float(speed(minute))})
    return rows
