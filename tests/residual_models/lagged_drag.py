"""A slider whose drag follows the square of its speed ten seconds late, run by SciPy: data for corrections to learn."""

import numpy as np
from scipy.integrate import solve_ivp

from physics.contract import Component, Correction, drive, parameter, state
from physics.network.plant import Network, Part, Plant
from physics.simulate.model import compile_plant
from residual_models.dataset import Record, free_runs
from residual_models.networks.tanh_layer import weights_of

MASS_KG, LAG_S, SAMPLE_S, NOISE_M_PER_S = 5.0, 10.0, 1.0, 0.005


class Slider(Component):
    """A mass with a drag that is right at rest only."""

    name = "slider"
    force_n = drive("N", "Force", default=0.0)
    mass_kg = parameter("kg", "Mass", default=MASS_KG, low=1e-3)
    drag_n_s_per_m = parameter("N*s/m", "Drag", default=1.0, low=0.0)
    velocity_m_per_s = state("m/s", "Velocity")
    extra_drag_ratio = Correction("1", "Drag that the law misses", low=-0.9, high=2.0)

    def law(self, m):
        """Newton's, with a learned drag."""
        drag_n = m.drag_n_s_per_m * m.velocity_m_per_s * (1 + m.extra_drag_ratio)
        return {
            "velocity_m_per_s.rate": (m.force_n - drag_n) / m.mass_kg,
            "extra_drag_ratio.features": (m.velocity_m_per_s,),
        }


def true_run(force_n):
    """Velocity at each sample: m dv/dt = F - v (1 + q), L dq/dt = v² - q, held forces."""
    course = [np.zeros(2)]
    for force in force_n[:-1]:
        piece = solve_ivp(
            lambda _t, y, f=force: [(f - y[0] * (1 + y[1])) / MASS_KG, (y[0] ** 2 - y[1]) / LAG_S],
            (0.0, SAMPLE_S), course[-1], rtol=1e-8, atol=1e-10,
        )  # fmt: skip
        course.append(piece.y[:, -1])
    return np.array(course)[:, 0]


def record(start, samples, seed):
    """Forces of ten seconds each, and what a noisy sensor reads of the velocity."""
    chance = np.random.default_rng(seed)
    force_n = np.repeat(chance.uniform(-1.5, 1.5, samples // 10), 10)
    measured = true_run(force_n) + NOISE_M_PER_S * chance.normal(size=samples)
    return Record(force_n[:, None], measured[:, None], np.ones((samples, 1), bool), start)


def runs(samples, seed, **shape):
    """A log of the slider, and the weights of its correction as free numbers."""
    network = Network("slide", "extra_drag_ratio", "net", **shape)
    plant = Plant((Part("slide", "slider"),), (), (network,))
    model = compile_plant(plant, ["slide.velocity_m_per_s"], types={"slider": Slider})
    weights = weights_of(model, (network,), sample_s=SAMPLE_S)
    return free_runs(model, [record(model.start, samples, seed)], SAMPLE_S, weights)
