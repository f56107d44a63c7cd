"""Energy: rest stays at rest, books close, nothing makes work out of nothing, wear never heals, whatever is learned."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from physics.catalogue import CatalogueFault
from physics.contract import DOMAINS, Component
from physics.trial.evaluate import defaults, evaluate, readable
from physics.trial.points import Floats, random_points

REST_W = 1e-2
"""A part at rest may trade less than this: a rim rounded over 1 mm drips 0.2 g of water an hour."""

GIVEN = ("supplied_w", "elevation_w", "spring_w")
"""Power that comes from outside the ports, from a height or from a spring."""

ROUNDING = 1e-9
"""Books close to this share of the largest power in them."""


def port_powers(
    kind: type[Component], values: Mapping[str, Floats], returned: Mapping[str, Floats]
) -> dict[str, Floats]:
    """Power into the part at each port, "<port>" mechanical or electrical and "<port> heat" carried or conducted."""
    powers = {}
    zero = np.zeros(())
    for port in kind.declaration.ports:
        domain = DOMAINS[port.domain]
        if domain.flow is None:
            continue
        effort_key, flow_key = f"{port.name}.{domain.effort}", f"{port.name}.{domain.flow}"
        density = _density(port.name, values)
        effort = returned[effort_key] if port.fixes else values[effort_key]
        flow = values[flow_key] if flow_key in readable(kind) else returned.get(flow_key, zero)
        if port.domain == "thermal":
            powers[f"{port.name} heat"] = flow
            continue
        if port.domain != "gas":  # whose enthalpy contains the work of pushing it in
            powers[port.name] = effort * flow / (density if port.domain == "liquid" else 1.0)
        if domain.carried:
            key = f"{port.name}.{domain.carried[1]}"
            powers[f"{port.name} heat"] = values[key] if key in readable(kind) else returned.get(key, zero)
    return powers


def _density(port: str, values: Mapping[str, Floats]) -> Floats:
    """Of the liquid at a port; a part with two liquids names them as the ends of its ports' names."""
    own = values.get(f"density_{port.rpartition('_')[2]}_kg_per_m3")
    return values.get("density_kg_per_m3", np.array(998.2)) if own is None else own


def is_source(kind: type[Component]) -> bool:
    """Whether a part fixes an effort: it stands for the world outside, whose own books we do not keep."""
    return any(port.fixes and port.domain != "signal" for port in kind.declaration.ports)


def rest(kind: type[Component]) -> list[CatalogueFault]:
    """Without motion, voltage or difference of pressure and temperature no power flows."""
    values = {name: np.asarray(value) for name, value in defaults(kind).items()}
    values |= {q.name: np.zeros(()) for q in kind.declaration.quantities if q.name == "voltage_v"}
    powers = port_powers(kind, values, evaluate(kind, values))
    need = f"at most {REST_W:g} W while nothing moves and nothing differs"
    return [
        CatalogueFault(f"{kind.name} {port}", f"{float(power):g} W at rest", need)
        for port, power in powers.items()
        if abs(power) > REST_W
    ]


def books(kind: type[Component]) -> list[CatalogueFault]:
    """What flows in and is supplied is stored or lost; a source that keeps no books of its own is left out."""
    values = random_points(kind, corrected=True)
    returned = evaluate(kind, values)
    if is_source(kind) and not {"stored_w", "lost_w"} & set(returned):
        return []
    powers = port_powers(kind, values, returned)
    supplied, spent = _total(returned, *GIVEN), _total(returned, "lost_w", "stored_w")
    size = sum(map(np.abs, powers.values())) + np.abs(supplied) + np.abs(spent) + 1.0
    gap = float(np.max(np.abs(sum(powers.values()) + supplied - spent) / size))
    if gap < ROUNDING:
        return []
    need = "port powers + supplied_w + elevation_w = lost_w + stored_w"
    step = "Return lost_w for power that leaves to nowhere and stored_w for energy that states hold."
    return [CatalogueFault(f"{kind.name} energy", f"books open by {gap:.2g} of the largest power", need, step)]


def work(kind: type[Component]) -> list[CatalogueFault]:
    """No part gives more work than it takes, whatever its corrections learn."""
    if is_source(kind):
        return []
    values = random_points(kind, corrected=True)
    returned = evaluate(kind, values)
    powers = port_powers(kind, values, returned)
    given = {key: power for key, power in powers.items() if not key.endswith(" heat")}
    holds_heat = any(DOMAINS[port.domain].carried for port in kind.declaration.ports)
    given_back = np.zeros(()) if holds_heat else -_total(returned, "stored_w")
    dissipated = sum(given.values()) + given_back + _total(returned, *GIVEN)
    size = sum(map(np.abs, given.values())) + np.abs(given_back) + 1.0
    least = float(np.min(dissipated / size))
    if least > -ROUNDING:
        return []
    need = "no work out of nothing, for every value of a correction inside its range"
    step = "Mind signs; let a correction be a ratio of a loss."
    return [CatalogueFault(f"{kind.name} work", f"{-least:.2g} of the power made", need, step)]


def wear(kind: type[Component]) -> list[CatalogueFault]:
    """Slow states only grow, whatever is learned; only maintenance resets them."""
    slow = [q.name for q in kind.declaration.quantities if q.slow]
    returned = evaluate(kind, random_points(kind, corrected=True)) if slow else {}
    healing = {name: float(np.min(returned[f"{name}.rate"])) for name in slow}
    need = "a rate that is never negative: only maintenance heals"
    return [
        CatalogueFault(f"{kind.name} {name}.rate", f"{least:g}", need) for name, least in healing.items() if least < 0.0
    ]


def _total(returned: Mapping[str, Floats], *keys: str) -> Floats:
    return sum((returned[key] for key in keys if key in returned), start=np.zeros(()))
