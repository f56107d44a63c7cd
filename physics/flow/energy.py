"""Electrical energy of a line by the power that its parts declare, and what `work` links let flow, world by world.

Equations  E = Σ_places Σ_states t_state P(state)      P: working, idle or standing power of one place
Valid      power by state alone, the same for every product and speed; what a part draws by its own physics is not here
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from physics.flow.contract import POWER
from physics.flow.kernels import tables
from physics.flow.simulate import FlowRun

Floats = NDArray[np.float64]

AT_WORK = (tables.BUSY, tables.SETUP)
WAITING = (tables.BLOCKED, tables.STARVED, tables.NO_OPERATOR)
"""States in which a place is switched on; in all others it stands."""


def electrical_j(run: FlowRun) -> dict[str, Floats]:
    """Energy of each part that declares a power, over the time that counts, J, shape [W]."""
    return {
        part.name: energy_j(run, part.name, *(float(part.settings.get(power.name, 0.0)) for power in POWER))
        for part in run.line.layout.parts
        if any(part.settings.get(power.name) for power in POWER)
    }


def energy_j(run: FlowRun, part: str, working_w: float, idle_w: float, standing_w: float) -> Floats:
    """What the places of a part take at these powers, shape [W]."""
    power_w = np.full(len(tables.STATES), standing_w)
    power_w[list(AT_WORK)], power_w[list(WAITING)] = working_w, idle_w
    return np.asarray((run.state_s[:, list(run.line.places_of(part))] @ power_w).sum(axis=1))


def drawn(run: FlowRun, part: str, working: float, idle: float) -> Floats:
    """What a `work` link has let flow, in the unit of its rates times s, shape [W]: by the share of time at work."""
    spent_s = run.state_s[:, list(run.line.places_of(part))].sum(axis=1)
    total_s = spent_s.sum(axis=1)
    share = np.divide(spent_s[:, tables.BUSY], total_s, out=np.zeros_like(total_s), where=total_s > 0)
    return np.asarray((idle + (working - idle) * share) * run.counted_s)
