"""A slide driven to and fro while a small force drifts, and its plain refit by scipy with another integrator."""

import numpy as np
from scipy.optimize import least_squares

from physics.network.plant import Part, Plant
from physics.simulate.model import compile_plant
from residual_models.dataset import Numbers, Record, free_runs

STEP_S, SAMPLES, WIDTH_M_PER_S = 0.002, 2400, 5e-3
NAMES = ("mass_kg", "viscous_n_s_per_m", "dry_forward_n", "dry_backward_n")
TRUE = np.array([95.0, 200.0, 22.0, 20.0])
PRIOR, SD = np.array([90.0, 190.0, 20.0, 20.0]), np.array([20.0, 60.0, 8.0, 8.0])
DRIFT_N = 1.0


def forces_n():
    """Drive force [T]: four strokes at two speeds, with their accelerations."""
    at_s = STEP_S * np.arange(SAMPLES)
    return 45.0 * np.sin(2 * np.pi * at_s / 2.4) + 25.0 * np.sign(np.sin(2 * np.pi * at_s / 1.6))


def positions_m(force_n, values):
    """Free run [T, K] from rest for values [4, K] by Runge-Kutta of order 4, force held over each sample."""
    mass, viscous, forward, backward = values

    def speeding(speed, force):
        way = np.tanh(speed / WIDTH_M_PER_S)
        return (force - way * (forward + backward + (forward - backward) * way) / 2 - viscous * speed) / mass

    position, speed, found = np.zeros(values.shape[1]), np.zeros(values.shape[1]), []
    for force in force_n:
        found.append(position)
        k1 = speeding(speed, force)
        k2 = speeding(speed + STEP_S / 2 * k1, force)
        k3 = speeding(speed + STEP_S / 2 * k2, force)
        k4 = speeding(speed + STEP_S * k3, force)
        position = position + STEP_S * speed + STEP_S**2 / 6 * (k1 + k2 + k3)
        speed = speed + STEP_S / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
    return np.stack(found)


def log():
    """Drive force [T] and measured position [T]; the force that is missing from the log drifts to and fro."""
    force_n = forces_n()
    drift_n = DRIFT_N * np.linspace(-1.0, 1.0, SAMPLES)
    return force_n, positions_m(force_n + drift_n, TRUE[:, None])[:, 0]


def refit(force_n, position_m):
    """Plain least squares over the free run: values [4] and root mean square error."""

    def error(values):
        return positions_m(force_n, values[:, None])[:, 0] - position_m

    def slopes(values):
        moves = 1e-4 * values
        apart = positions_m(force_n, values[:, None] + np.c_[np.diag(moves), -np.diag(moves)])
        return (apart[:, :4] - apart[:, 4:]) / (2 * moves)

    found = least_squares(error, PRIOR, jac=slopes, x_scale=SD, xtol=1e-10, ftol=1e-10)
    return found.x, float(np.sqrt(np.mean(found.fun**2)))


def runs(force_n, position_m):
    """The same log and the same free numbers as our own fitting problem."""
    plant = Plant(
        parts=(
            Part("drive", "linear_motor", {"gain_n_per_v": 1.0}),
            Part("slide", "linear_axis", {"width_m_per_s": WIDTH_M_PER_S}),
        ),
        links=(("drive.rod", "slide.rod"),),
    )
    model = compile_plant(plant, outputs=["slide.position_m"])
    measured = position_m[:, None]
    record = Record(force_n[:, None], measured, np.isfinite(measured), model.start.copy())
    numbers = Numbers(tuple(f"slide.{name}" for name in NAMES), PRIOR, SD, np.zeros(4), np.full(4, np.inf))
    return free_runs(model, [record], STEP_S, numbers)
