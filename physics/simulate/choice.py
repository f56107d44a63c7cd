"""Which method suits an island: linearly implicit where it is stiff or has algebraic unknowns, explicit where not.

And which numbers suit a method: those of 32 bits are too coarse to eliminate with.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from physics.compiler.evaluation import evaluate
from physics.compiler.lanes import FLOAT64, PRECISIONS, Real
from physics.compiler.methods import METHODS
from physics.compiler.sampling import sample_points
from physics.compiler.system import System

Floats = NDArray[np.float64]

AUTOMATIC, STIFF, PLAIN = "auto", "rodas4", "dopri5"

LARGEST_PLAIN = 50
"""More unknowns than this are taken for stiff without a look at their eigenvalues."""

FASTEST_PER_SAMPLE = 1.0
"""Largest eigenvalue times sample time up to which an explicit step reaches over three samples (its stability ends at
3.3), so that stability never costs more than what is written out at the samples."""

PATIENCE = 300
"""Steps tried from one sample to the next, after which an island taken for plain is taken for stiff in that world: a
jump of the inputs costs some twenty, stability by then nothing."""

LEAST_RTOL_FLOAT32 = 1e-5
"""Below, the estimate of dopri5, held to a fiftieth of it, drowns in the rounding of 32 bits (1.2e-7)."""


def method_for(system: System, sample_s: float, asked: str = AUTOMATIC) -> str:
    """The name of the method to run an island with.

    Args:
        system: The island.
        sample_s: Time between samples.
        asked: A method's name, or "auto".
    Raises: ValueError, when the method asked for is unknown or cannot solve this island.
    """
    if asked == AUTOMATIC:
        return PLAIN if _plain(system.representative or system, sample_s) else STIFF
    if asked not in METHODS:
        raise ValueError(f"method: got {asked!r}, need {AUTOMATIC!r} or one of {', '.join(METHODS)}.")
    if system.algebraic and not METHODS[asked].implicit:
        names = ", ".join(system.unknowns[i].name for i in system.algebraic[:3])
        raise ValueError(f"method: got {asked!r} for an island with algebraic unknowns ({names}), need {STIFF!r}.")
    return asked


def real_for(method: str, precision: str, *, rtol: float, lead: bool) -> Real:
    """The numbers to run a method with.

    Raises: ValueError, when the precision is unknown or too coarse for the method, the tolerance or derivatives.
    """
    if precision not in PRECISIONS:
        raise ValueError(f"precision: got {precision!r}, need one of {', '.join(PRECISIONS)}.")
    real, chosen = PRECISIONS[precision], METHODS[method]
    if real is FLOAT64:
        return real
    if chosen.implicit:
        explicit = " or ".join(repr(name) for name, own in METHODS.items() if not own.implicit)
        raise ValueError(
            f"precision: got {precision!r} for an island that {method!r} must solve (stiff or with algebraic "
            f"unknowns), need 'float64'. Where it is not stiff, ask for method {explicit}."
        )
    if lead:
        raise ValueError(
            f"precision: got {precision!r} for derivatives, need 'float64': differences would be rounding."
        )
    if not chosen.fixed and rtol < LEAST_RTOL_FLOAT32:
        raise ValueError(f"rtol: got {rtol:g} with {precision}, need ≥ {LEAST_RTOL_FLOAT32:g}. Or take 'float64'.")
    return real


def _plain(system: System, sample_s: float) -> bool:
    if system.algebraic or not 0 < len(system.unknowns) <= LARGEST_PLAIN:
        return False
    return _fastest_per_s(system) * sample_s <= FASTEST_PER_SAMPLE


@lru_cache(maxsize=256)
def _fastest_per_s(system: System) -> float:
    """Largest eigenvalue at plausible points, start and rest, inputs off, as usual and doubled; else infinite."""
    start = np.array([unknown.start for unknown in system.unknowns])[:, None]
    points = np.concatenate([sample_points(system), start, np.zeros_like(start)], axis=1)
    usual = np.array(system.input_defaults)
    places = np.array(list(system.jacobian), np.intp).reshape(-1, 2)
    fastest = []
    for inputs in (np.zeros_like(usual), usual, np.where(usual == 0.0, 1.0, 2 * usual)):
        values = evaluate(system.tape, tuple(system.jacobian.values()), points, *_columns(system, inputs, points))
        matrices = np.zeros((points.shape[1], len(start), len(start)))
        matrices[:, places[:, 0], places[:, 1]] = values.T
        known = np.isfinite(matrices).all(axis=(1, 2))
        fastest += list(np.abs(np.linalg.eigvals(matrices[known])).max(axis=1, initial=0.0)) if known.any() else []
    return float(max(fastest, default=np.inf))


def _columns(system: System, inputs: Floats, points: Floats) -> tuple[Floats, Floats]:
    """Parameters and inputs beside each point."""
    count = points.shape[1]
    parameters = np.array(system.parameter_defaults, np.float64).reshape(-1, 1)
    return np.repeat(parameters, count, axis=1), np.repeat(inputs.reshape(-1, 1), count, axis=1)
