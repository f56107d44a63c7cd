"""Parts that wear by laws with closed forms, and how long horizons over them are asked for."""

import numpy as np

from physics.contract import Component, drive, parameter, state
from physics.network.plant import Part, Plant
from physics.simulate.model import compile_plant

DAY_S = 86_400.0
SAMPLE_S = 1800.0
ROWS = 48


class Grinder(Component):
    """dw/dt = k p (1 + w)^n: wear that feeds on itself under a load p; a body warms with the load and the wear."""

    name = "grinder"
    load_ratio = drive("1", "Load", default=1.0, low=0.0)
    wear_per_s = parameter("1/s", "Wear coefficient k", default=0.01 / DAY_S, low=0.0)
    power_ratio = parameter("1", "Exponent n", default=1.0)
    lag_s = parameter("s", "Lag of the body", default=3600.0, low=1.0)
    wear_ratio = state("1", "Wear w", low=0.0, slow=True)
    warm_ratio = state("1", "Warmth")

    def law(self, m):
        heat = m.load_ratio * (1 + m.wear_ratio)
        return {
            "wear_ratio.rate": m.wear_per_s * m.load_ratio * (1 + m.wear_ratio) ** m.power_ratio,
            "warm_ratio.rate": (heat - m.warm_ratio) / m.lag_s,
            "heat_ratio": m.warm_ratio,
        }


class Slipping(Component):
    """A pump whose controller makes up for what its wear leaks: wear raises the speed, and speed the wear.

    Integral action holds s / (1 + w) at the load; dw/dt = k s^3, so dw/dt = k p^3 (1 + w)^3 once it has settled.
    """

    name = "slipping"
    load_ratio = drive("1", "Wanted flow", default=1.0, low=0.0)
    wear_per_s = parameter("1/s", "Wear coefficient k", default=0.003 / DAY_S, low=0.0)
    integral_s = parameter("s", "Integral time", default=120.0, low=1.0)
    wear_ratio = state("1", "Wear w", low=0.0, slow=True)
    speed_ratio = state("1", "Speed s", default=1.0)

    def law(self, m):
        flow = m.speed_ratio / (1 + m.wear_ratio)
        return {
            "wear_ratio.rate": m.wear_per_s * m.speed_ratio**3,
            "speed_ratio.rate": (m.load_ratio - flow) / m.integral_s,
            "flow_ratio": flow,
        }


TYPES = {kind.name: kind for kind in (Grinder, Slipping)}
WEAR = "part.wear_ratio"


def compiled(kind, parameters=None, outputs=()):
    return compile_plant(Plant((Part("part", kind, parameters or {}),)), list(outputs), types=TYPES)


def day(load):
    """Inputs of one day, shape [T, 1]: a number, or a function of the hour."""
    hours = np.arange(ROWS) * SAMPLE_S / 3600.0
    return np.broadcast_to(load(hours) if callable(load) else float(load), ROWS).astype(float)[:, None].copy()


def shifts(hours):
    """Full load by day, a fifth by night."""
    return np.where((hours >= 6) & (hours < 22), 1.0, 0.2)


def spread(model, worlds, **values):
    """Parameters and start of some worlds, shape [P, W] and [Z, W]; values by name, a number or one for each world."""
    parameters = np.repeat(model.parameters[:, None], worlds, axis=1)
    start = np.repeat(model.start[:, None], worlds, axis=1)
    for name, value in values.items():
        path = f"part.{name}"
        if path in model.parameter_names:
            parameters[model.parameter_names.index(path)] = value
        else:
            start[model.state_names.index(path)] = value
    return {"parameters": parameters, "start": start}


def power_law(wear, grown, power):
    """w after ∫ k p dt = grown, of dw/dt = k p (1 + w)^n."""
    if power == 1.0:
        return (1 + wear) * np.exp(grown) - 1
    return ((1 + wear) ** (1 - power) + (1 - power) * grown) ** (1 / (1 - power)) - 1


def life_of(limit, rate, power):
    """Time at which w reaches a limit from 0 at a mean rate k p."""
    if power == 1.0:
        return np.log1p(limit) / rate
    return (1 - (1 + limit) ** (1 - power)) / (power - 1) / rate
