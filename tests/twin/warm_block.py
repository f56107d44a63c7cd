"""A heated block in a room, with its own exact solution: the plant on which learning is tested.

C dT/dt = P - G (1 + x(ΔT)) ΔT, ΔT over the room. With x = 0 each step of held power is an exponential in closed form;
with x(ΔT) = 0.5 (ΔT / 20 K) the course comes from scipy's LSODA at rtol 1e-9.
"""

import numpy as np
from scipy.integrate import solve_ivp

from twin.assembly.assemble import assemble
from twin.calibration.study import study
from twin.records.window import SignalWindow
from twin.scene.load import load

CAPACITY_J_PER_K, CONDUCTANCE_W_PER_K, ROOM_K, STEP_S = 2000.0, 10.0, 293.15, 20.0
BENDS_AT_K = 20.0
START_US = 1_767_225_600_000_000

TEXT = """
plant: warm-block
sampling_s: 20.0
assets:
  - id: block
    type: heat_capacity
    critical: true
    parameters: {heat_capacity_j_per_k: {prior: 1500.0, sd: 800.0}}
    start: {heat.temperature_k: {prior: 293.15, sd: 10.0}}
  - id: wall
    type: conductance
    parameters: {conductance_w_per_k: {prior: 7.0, sd: 4.0}}
    learn: [extra_conductance_ratio]
  - {id: air, type: ambient}
  - {id: heater, type: heater}
connections:
  - [heater.heat, block.heat]
  - [block.heat, wall.a]
  - [wall.b, air.heat]
sensors:
  - {tag: TT-1, measures: block.heat.temperature_k, unit: K, noise_sd: 0.05}
inputs:
  - {tag: PC-1, drives: heater.power_w, unit: W}
"""


def powers_w(samples, seed=0):
    """Held power that steps at random times, shape [T]."""
    rng = np.random.default_rng(seed)
    return np.repeat(rng.choice([0.0, 100.0, 200.0, 400.0, 600.0], size=samples), rng.integers(5, 20, samples))[
        :samples
    ]


def temperatures_k(power_w, extra=0.0, start_k=ROOM_K):
    """The block's true course, shape [T]: row k at k * STEP_S, power k held from there on."""
    found, warm_k = [], start_k - ROOM_K
    for power in power_w:
        found.append(ROOM_K + warm_k)
        if extra == 0.0:
            steady_k = power / CONDUCTANCE_W_PER_K
            warm_k = steady_k + (warm_k - steady_k) * np.exp(-STEP_S * CONDUCTANCE_W_PER_K / CAPACITY_J_PER_K)
        else:
            warm_k = _bent(warm_k, power, extra)
    return np.array(found)


def _bent(warm_k, power, extra):
    def rate(_t, y):
        return (power - CONDUCTANCE_W_PER_K * (1 + extra * y / BENDS_AT_K) * y) / CAPACITY_J_PER_K

    return solve_ivp(rate, (0, STEP_S), [warm_k], method="LSODA", rtol=1e-9, atol=1e-9).y[0, -1]


def window(samples=300, extra=0.0, noise_k=0.05, start_k=ROOM_K, seed=0):
    """A measured stretch, as the aligner would cut it."""
    power_w = powers_w(samples, seed)
    measured = temperatures_k(power_w, extra, start_k) + noise_k * np.random.default_rng(seed + 1).normal(size=samples)
    return SignalWindow(
        plant="warm-block",
        start_us=START_US,
        step_s=STEP_S,
        sensor_tags=("TT-1",),
        measured=measured[:, None],
        mask=np.ones((samples, 1), bool),
        input_tags=("PC-1",),
        driven=power_w[:, None],
        running=np.ones(samples, bool),
        segments=((0, samples),),
        watermark_us=START_US,
    )


def ready(cut=None, **changes):
    """The block set up for a fit, over the window's first `cut` samples."""
    assembly = assemble(load(TEXT))
    return study(assembly, assembly.compile(), window(**changes), until=cut)
