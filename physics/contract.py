"""What a component type declares: quantities, ports, corrections, failures and one law.

A component is a class without instances at run time. Its law is plain mathematics over SymPy symbols; the compiler
traces it once and derives code, Jacobian, gradient and documentation from it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from types import SimpleNamespace
from typing import Any, ClassVar


class Kind(Enum):
    """What role a quantity plays in a law."""

    PARAMETER = "parameter"
    STATE = "state"
    MODE = "mode"
    UNKNOWN = "unknown"
    INPUT = "input"
    CORRECTION = "correction"
    OBSERVABLE = "observable"


@dataclass(frozen=True)
class Quantity:
    """One named number of a component, in the SI unit that its name ends with.

    Attributes: kind; unit (pint spelling, "1" for a ratio); doc, one line; default (parameter and input value, state
    start); low and high, the admissible range; nominal, the typical size used for tolerances and scaling; slow, whether
    a state drifts over days (wear) and takes macro steps.
    """

    kind: Kind
    unit: str
    doc: str
    default: float = 0.0
    low: float = -float("inf")
    high: float = float("inf")
    nominal: float = 1.0
    slow: bool = False
    name: str = ""


def parameter(unit: str, doc: str, *, default: float, low: float = -float("inf"), high: float = float("inf")) -> Any:
    """A constant of one part, a number in plant.yaml or a prior to fit."""
    return Quantity(Kind.PARAMETER, unit, doc, default, low, high, abs(default) or 1.0)


def state(
    unit: str,
    doc: str,
    *,
    default: float = 0.0,
    low: float = -float("inf"),
    high: float = float("inf"),
    nominal: float = 1.0,
    slow: bool = False,
) -> Any:
    """An internal differential state; the law returns "<name>.rate".

    With "<name>.reset_when" and "<name>.reset_to" it jumps when the first expression rises above zero.
    """
    return Quantity(Kind.STATE, unit, doc, default, low, high, nominal, slow)


def mode(doc: str, *, default: float = 0.0) -> Any:
    """A discrete state, 0 or 1, that only events change; between them the law may use it as a number.

    The law returns "<name>.on", an expression that switches the mode on when it rises above zero, and "<name>.off" for
    the way back; without "<name>.off" the mode latches. Crossings are located in time, so nothing need be smoothed for
    what a mode switches.
    """
    return Quantity(Kind.MODE, "1", doc, default, 0.0, 1.0)


def unknown(unit: str, doc: str, *, default: float = 0.0, nominal: float = 1.0) -> Any:
    """An algebraic unknown; the law returns "<name>.residual", which the integrator holds at zero."""
    return Quantity(Kind.UNKNOWN, unit, doc, default, nominal=nominal)


def drive(unit: str, doc: str, *, default: float, low: float = -float("inf"), high: float = float("inf")) -> Any:
    """An input (command) from outside the physics: a log's tag, a schedule or a do-change drives it."""
    return Quantity(Kind.INPUT, unit, doc, default, low, high, abs(default) or 1.0)


@dataclass(frozen=True)
class Correction:
    """A named quantity of the law that a learned residual may set; zero when nothing is learned.

    The law returns "<name>.features": a tuple of dimensionless expressions of order one (from port efforts, states,
    unknowns, inputs and parameters; never from a correction). The learned value stays inside (low, high), so a
    correction whose law keeps its sign for every value in that range can break neither balance nor passivity.
    """

    unit: str
    doc: str
    low: float = -0.5
    high: float = 0.5
    name: str = ""


@dataclass(frozen=True)
class Failure:
    """A failure mode: the part has failed once quantity `when` reaches `limit` (a number or a parameter's name)."""

    mode: str
    when: str
    limit: float | str
    action: str = "replace"


@dataclass(frozen=True)
class Domain:
    """A physical domain: effort (equal on joined ports), flow (into the component, sums to zero), and carried pair.

    `carried` names the convected effort and its flow: joined liquid or gas ports share a specific enthalpy that the
    mass flow carries, `heat_storage_kg * dh/dt = -sum(H_i - h * m_i)`; its typical size and start beside it. Enthalpy
    of a gas contains the work of pushing it in, so the power at a gas port is the enthalpy flow alone.
    """

    name: str
    effort: str
    flow: str | None
    nominal: float
    default: float
    unit: str
    flow_unit: str | None
    carried: tuple[str, str] | None = None
    carried_nominal: float = 1.0
    carried_default: float = 0.0


ATMOSPHERE_PA = 101_325.0
ENTHALPY = ("enthalpy_j_per_kg", "enthalpy_flow_w")

DOMAINS = {
    domain.name: domain
    for domain in (
        # water and air over their 300 K of absolute temperature, so that the error of a stream counts as that of a
        # temperature state does; both start at 20 degrees Celsius over the ice point
        Domain("liquid", "pressure_pa", "mass_flow_kg_per_s", 1e5, ATMOSPHERE_PA, "Pa", "kg/s", ENTHALPY, 1.25e6, 83640.0),
        Domain("gas", "pressure_pa", "mass_flow_kg_per_s", 1e5, ATMOSPHERE_PA, "Pa", "kg/s", ENTHALPY, 3.0e5, 20100.0),
        Domain("rotation", "speed_rad_per_s", "torque_n_m", 100.0, 0.0, "rad/s", "N*m"),
        Domain("translation", "velocity_m_per_s", "force_n", 1.0, 0.0, "m/s", "N"),
        Domain("electrical", "voltage_v", "current_a", 100.0, 0.0, "V", "A"),
        Domain("thermal", "temperature_k", "heat_flow_w", 300.0, 293.15, "K", "W"),
        Domain("signal", "value", None, 1.0, 0.0, "1", None),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Port:
    """A place where a part is joined to others.

    `fixes=True`: the law returns the effort ("<port>.<effort>"), a source; the flow is then a symbol the law may read.
    A signal port with `fixes=True` is an output, else an input. `heat=False` only where a liquid port carries none.
    """

    domain: str
    doc: str = ""
    fixes: bool = False
    unit: str = "1"
    name: str = ""


@dataclass(frozen=True)
class Declaration:
    """Everything a component class declares, collected in order of writing."""

    ports: tuple[Port, ...]
    quantities: tuple[Quantity, ...]
    corrections: tuple[Correction, ...]
    failures: tuple[Failure, ...]
    by_name: dict[str, Quantity] = field(default_factory=dict)


class Component:
    """Base of every component type; subclasses are final, declare class attributes and one `law`."""

    name: ClassVar[str] = ""
    failures: ClassVar[tuple[Failure, ...]] = ()
    critical: ClassVar[bool] = False
    declaration: ClassVar[Declaration]

    def __init_subclass__(cls) -> None:
        """Collect the declared quantities, giving each its attribute's name."""
        found: list[Port | Quantity | Correction] = []
        for key, value in list(vars(cls).items()):
            if isinstance(value, Port | Quantity | Correction):
                found.append(type(value)(**{**vars(value), "name": key}))
                setattr(cls, key, found[-1])
        quantities = tuple(item for item in found if isinstance(item, Quantity))
        cls.declaration = Declaration(
            tuple(item for item in found if isinstance(item, Port)),
            quantities,
            tuple(item for item in found if isinstance(item, Correction)),
            cls.failures,
            {q.name: q for q in quantities},
        )

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Return the part's equations; see CONTEXT.md, "How a law is written", for the keys."""
        raise NotImplementedError(f"{type(self).__name__} declares no law")
