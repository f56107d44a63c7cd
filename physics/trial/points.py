"""Random operating points of a component type, inside its declared bounds."""

from __future__ import annotations

import zlib

import numpy as np
from numpy.typing import NDArray

from physics.contract import DOMAINS, Component, Kind, Quantity
from physics.trial.evaluate import defaults, evaluate, readable

Floats = NDArray[np.float64]

POINTS = 200
NEWTON_STEPS, HALVINGS = 20, 8

SPREADS = {
    "pressure_pa": 2e5,
    "enthalpy_j_per_kg": 1.5e5,
    "speed_rad_per_s": 200.0,
    "velocity_m_per_s": 0.3,
    "voltage_v": 230.0,
    "temperature_k": 40.0,
    "value": 1.0,
}
"""Half-width of each effort's range round its default."""


def random_points(kind: type[Component], *, corrected: bool = False) -> dict[str, Floats]:
    """Values for all that a law reads, shape [POINTS]; parameters within a factor 2, corrections over their range."""
    stream = np.random.default_rng(zlib.crc32(kind.name.encode()))
    values = {name: np.full(POINTS, value) for name, value in defaults(kind).items()}
    for quantity in kind.declaration.quantities:
        drawn = _drawn(quantity, stream)
        values[quantity.name] = np.clip(drawn, quantity.low, quantity.high)
    for table in kind.declaration.tables:
        for column in zip(*table.pairs, strict=True):
            stretch = stream.uniform(0.9, 1.1, POINTS)  # of the whole axis: a curve stays one
            values |= {name: kind.declaration.by_name[name].default * stretch for name in column}
    for correction in kind.declaration.corrections:
        values[correction.name] = stream.uniform(correction.low, correction.high, POINTS) * corrected
    for port in kind.declaration.ports:
        domain = DOMAINS[port.domain]
        for name in readable(kind):
            local = name.removeprefix(f"{port.name}.")
            if local == name or local not in SPREADS and local not in (domain.flow, *(domain.carried or ())):
                continue
            if (port.domain, local) == ("gas", "pressure_pa"):
                values[name] = values[name] * stream.uniform(0.2, 8.0, POINTS)  # absolute: never below zero
                continue
            spread = SPREADS.get(local, 1.0) / (3.0 if port.domain == "gas" else 1.0)  # a third of the heat of water
            values[name] = values[name] + spread * stream.uniform(-1, 1, POINTS)
    return _settled(kind, values)


def _settled(kind: type[Component], values: dict[str, Floats]) -> dict[str, Floats]:
    """The same with the algebraic unknowns where their equations want them: Newton's steps, halved while they fail."""
    for unknown in [q for q in kind.declaration.quantities if q.kind is Kind.UNKNOWN]:

        def left(at: Floats, name: str = unknown.name, values: dict[str, Floats] = values) -> Floats:
            return evaluate(kind, values | {name: at})[f"{name}.residual"]

        at, move = values[unknown.name], 1e-6 * unknown.nominal
        for _ in range(NEWTON_STEPS):
            here = left(at)
            step = here * move / (left(at + move) - here)
            for _ in range(HALVINGS):
                step = np.where(np.abs(left(at - step)) > np.abs(here), step / 2, step)
            at = at - step
        values = values | {unknown.name: at}
    return values


def _drawn(quantity: Quantity, stream: np.random.Generator) -> Floats:
    if quantity.kind is Kind.PARAMETER:
        return quantity.default * stream.uniform(0.5, 2.0, POINTS)
    if quantity.kind is Kind.MODE:
        return stream.integers(0, 2, POINTS).astype(float)
    span = quantity.nominal if quantity.kind is Kind.STATE and quantity.unit != "K" else 20.0
    if quantity.kind is Kind.INPUT:
        span = 20.0 if quantity.unit == "K" else max(abs(quantity.default), 1.0)
    return quantity.default + span * stream.uniform(-1, 1, POINTS)
