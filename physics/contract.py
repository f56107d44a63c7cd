"""What a component type declares: quantities, ports, corrections, failures and one law.

A component is a class without instances at run time. Its law is plain mathematics over SymPy symbols; the compiler
traces it once and derives code, Jacobian, gradient and documentation from it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
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


Points = Sequence[Sequence[float]]
"""Points [x, y] of a curve."""


@dataclass(frozen=True)
class Table:
    """A curve given as points; the engine sees their coordinates as ordinary parameters, "head_curve_x1_m3_per_s".

    Attributes: unit_x, unit_y; doc, one line; default, the points of a type's default curve; count, how many points
    the law is written for: a shorter list is filled up with points that lie on the curve already; low, smallest
    coordinate; falling, whether y must fall; straight_over, the curve is straight between points over x |x|^(n - 1).
    """

    unit_x: str
    unit_y: str
    doc: str
    default: Points
    count: int
    low: float = -math.inf
    falling: bool = False
    straight_over: int = 1
    name: str = ""

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Names of the coordinates, point by point."""
        x, y = (_ending(unit) for unit in (self.unit_x, self.unit_y))
        return tuple((f"{self.name}_x{k}_{x}", f"{self.name}_y{k}_{y}") for k in range(1, self.count + 1))

    def quantities(self) -> Iterator[Quantity]:
        """One parameter for each coordinate.

        Raises: ValueError, where the default curve breaks its own rules.
        """
        for at, got, need in self.faults(self.default):
            raise ValueError(f"{self.name}, default point {at + 1}: got {got}, need {need}")
        values = self.numbers(self.default)
        for k, pair in enumerate(self.pairs, 1):
            for axis, name, unit in zip("xy", pair, (self.unit_x, self.unit_y), strict=True):
                size = abs(values[name]) or 1.0
                doc = f"{self.doc}: {axis} of point {k}"
                yield Quantity(Kind.PARAMETER, unit, doc, values[name], self.low, nominal=size, name=name)

    def numbers(self, points: Points) -> dict[str, float]:
        """Coordinates by name, filled up to `count` points without a change of the curve."""
        over = [(x * abs(x) ** (self.straight_over - 1), y) for x, y in points]
        while len(over) < self.count:
            gaps = [right[0] - left[0] for left, right in zip(over, over[1:], strict=False)]
            at = gaps.index(max(gaps))
            over.insert(at + 1, ((over[at][0] + over[at + 1][0]) / 2, (over[at][1] + over[at + 1][1]) / 2))
        found: dict[str, float] = {}
        for (name_x, name_y), (x, y) in zip(self.pairs, over, strict=True):
            found |= {name_x: math.copysign(abs(x) ** (1 / self.straight_over), x), name_y: float(y)}
        return found

    def faults(self, points: Points) -> Iterator[tuple[int, str, str]]:
        """What is wrong with a list of points: (index, what was found, the rule)."""
        if not 2 <= len(points) <= self.count:
            yield 0, f"{len(points)} points", f"2 to {self.count} points"
        for k, (x, y) in enumerate(points):
            for axis, value, unit in (("x", x, self.unit_x), ("y", y, self.unit_y)):
                if not self.low <= value < math.inf:
                    yield k, f"{axis} {value:g} {unit}", f"a finite number ≥ {self.low:g} {unit}"
            if k and not x > points[k - 1][0]:
                yield k, f"x {x:g} after {points[k - 1][0]:g}", "x that rises from point to point"
            if k and self.falling and not y < points[k - 1][1]:
                yield k, f"y {y:g} after {points[k - 1][1]:g}", "y that falls from point to point"

    def of(self, values: Mapping[str, Any]) -> tuple[tuple[Any, Any], ...]:
        """The points out of coordinates by name, as a law reads them."""
        return tuple((values[x], values[y]) for x, y in self.pairs)


def _ending(unit: str) -> str:
    """How a name ends that is in this unit: "m**3/s" gives "m3_per_s"."""
    return "ratio" if unit == "1" else unit.replace("**", "").replace("*", "_").replace("/", "_per_").lower()


def table(
    unit_x: str,
    unit_y: str,
    doc: str,
    *,
    default: Points,
    points: int = 8,
    low: float = -math.inf,
    falling: bool = False,
    straight_over: int = 1,
) -> Any:
    """A curve given as points, `[[x, y], …]` in plant.yaml; the law reads a tuple of (x, y), see laws/curve.py."""
    return Table(unit_x, unit_y, doc, default, points, low, falling, straight_over)


class Trend(Enum):
    """How a learned value moves with one of its features, the others held."""

    FREE = "free"
    RISES = "rises"
    FALLS = "falls"

    @property
    def sign(self) -> int:
        """Of the slope; zero where any may be learned."""
        return {Trend.FREE: 0, Trend.RISES: 1, Trend.FALLS: -1}[self]


@dataclass(frozen=True)
class Correction:
    """A named quantity of the law that a learned residual may set; zero when nothing is learned.

    The law returns "<name>.features": a tuple of dimensionless expressions of order one (from port efforts, states,
    unknowns, inputs and parameters; never from a correction). The learned value stays inside (low, high), so a
    correction whose law keeps its sign for every value in that range can break neither balance nor passivity.
    `trends`: how it moves with each feature inside the range that was trained, whatever the weights; empty: freely.
    """

    unit: str
    doc: str
    low: float = -0.5
    high: float = 0.5
    name: str = ""
    trends: tuple[Trend, ...] = ()

    @property
    def signs(self) -> tuple[int, ...]:
        """Of the slopes by the features that have a trend, zero for the others; empty where none has."""
        return tuple(trend.sign for trend in self.trends) if any(trend.sign for trend in self.trends) else ()


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
    `power` names effort times flow where that is the power into a part.
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
    power: str | None = None


ATMOSPHERE_PA = 101_325.0
PRESSED = (
    "pressure_pa", "mass_flow_kg_per_s", 1e5, ATMOSPHERE_PA, "Pa", "kg/s", ("enthalpy_j_per_kg", "enthalpy_flow_w"),
)  # fmt: skip
"""Effort, flow, sizes, units and carried pair of whatever flows under pressure."""

DOMAINS = {
    domain.name: domain
    for domain in (
        # water and air over their 300 K of absolute temperature, so that the error of a stream counts as that of a
        # temperature state does; both start at 20 degrees Celsius over the ice point
        Domain("liquid", *PRESSED, carried_nominal=1.25e6, carried_default=83_640.0),
        Domain("gas", *PRESSED, carried_nominal=3.0e5, carried_default=20_093.5),
        Domain("rotation", "speed_rad_per_s", "torque_n_m", 100.0, 0.0, "rad/s", "N*m", power="power_w"),
        Domain("translation", "velocity_m_per_s", "force_n", 1.0, 0.0, "m/s", "N", power="power_w"),
        Domain("electrical", "voltage_v", "current_a", 100.0, 0.0, "V", "A", power="power_w"),
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
    tables: tuple[Table, ...] = ()


class Component:
    """Base of every component type; subclasses are final, declare class attributes and one `law`."""

    name: ClassVar[str] = ""
    failures: ClassVar[tuple[Failure, ...]] = ()
    critical: ClassVar[bool] = False
    declaration: ClassVar[Declaration]

    def __init_subclass__(cls) -> None:
        """Collect the declared quantities, giving each its attribute's name."""
        found: list[Port | Quantity | Correction | Table] = []
        for key, value in list(vars(cls).items()):
            if isinstance(value, Port | Quantity | Correction | Table):
                found.append(type(value)(**{**vars(value), "name": key}))
                setattr(cls, key, found[-1])
        tables = tuple(item for item in found if isinstance(item, Table))
        quantities = tuple(item for item in found if isinstance(item, Quantity))
        quantities += tuple(quantity for item in tables for quantity in item.quantities())
        cls.declaration = Declaration(
            tuple(item for item in found if isinstance(item, Port)),
            quantities,
            tuple(item for item in found if isinstance(item, Correction)),
            cls.failures,
            {q.name: q for q in quantities},
            tables,
        )

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Return the part's equations; see CONTEXT.md, "How a law is written", for the keys."""
        raise NotImplementedError(f"{type(self).__name__} declares no law")
