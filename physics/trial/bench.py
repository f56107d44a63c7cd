"""A component type on a test bench of its own: boundaries that fit its ports."""

from __future__ import annotations

from physics.contract import Component, Port
from physics.network.plant import Part, Plant

START_SPEED_RAD_PER_S = 20.0


def bench(*kinds: type[Component]) -> Plant:
    """A part of each type, named as its type, and what its ports are joined to."""
    parts: list[Part] = []
    links: list[tuple[str, str]] = []
    for kind in kinds:
        parts.append(Part(kind.name, kind.name))
        for index, port in enumerate(kind.declaration.ports):
            for end, joined in _ends(kind, port, index):
                parts.append(end)
                links.append(joined)
    return Plant(tuple(parts), tuple(links))


def _ends(kind: type[Component], port: Port, index: int) -> list[tuple[Part, tuple[str, str]]]:
    here, name = f"{kind.name}.{port.name}", f"{kind.name}/{port.name}"
    pressure = {"pressure_pa": 1.6e5 - 2e4 * index, "temperature_k": 293.15 + 10 * index}
    if port.domain == "liquid" and not port.fixes:
        return [(Part(name, "reservoir", pressure), (here, f"{name}.outlet"))]
    if port.domain == "liquid":
        end = Part(f"{name}/end", "reservoir", pressure)
        return [(Part(name, "orifice"), (here, f"{name}.inlet")), (end, (f"{name}.outlet", f"{name}/end.outlet"))]
    if port.domain == "gas" and not port.fixes:
        return [(Part(name, "gas_source", pressure), (here, f"{name}.outlet"))]
    if port.domain == "gas":
        end = Part(f"{name}/end", "gas_source", pressure)
        return [(Part(name, "gas_orifice"), (here, f"{name}.inlet")), (end, (f"{name}.outlet", f"{name}/end.outlet"))]
    if port.domain == "rotation":
        speed = {} if port.fixes else {"shaft.speed_rad_per_s": START_SPEED_RAD_PER_S}
        return [(Part(name, "inertia", start=speed), (here, f"{name}.shaft"))]
    if port.domain == "translation":
        other = "linear_motor" if kind.name == "linear_axis" else "linear_axis"
        return [(Part(name, other, {"voltage_v": 1.0} if other == "linear_motor" else {}), (here, f"{name}.rod"))]
    if port.domain == "electrical" and not port.fixes:
        return [(Part(name, "voltage_source", {"voltage_v": 24.0 - index}), (here, f"{name}.plus"))]
    if port.domain == "electrical":
        return [(Part(name, "dc_motor"), (here, f"{name}.plus"))]
    if port.domain == "thermal" and not port.fixes:
        return [(Part(name, "heat_capacity", start={"heat.temperature_k": 310.0 - index}), (here, f"{name}.heat"))]
    if port.domain == "thermal":
        end = Part(f"{name}/end", "heat_capacity", start={"heat.temperature_k": 310.0})
        return [(Part(name, "conductance"), (here, f"{name}.a")), (end, (f"{name}.b", f"{name}/end.heat"))]
    if not port.fixes:
        level = 295.0 if port.unit == "K" else 0.6
        return [(Part(name, "constant", {"level_ratio": level}), (here, f"{name}.out"))]
    return []
