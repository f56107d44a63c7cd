"""What an island has numbers for: parameters, inputs, and unknowns with the row that gives each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from physics.compiler import correction, memory
from physics.compiler.perceptron import Perceptron
from physics.compiler.system import Unknown
from physics.compiler.trace import Trace, trace
from physics.contract import Component, Correction, Kind, Quantity
from physics.network.gears import Gears
from physics.network.joints import Node
from physics.network.plant import Network

TEMPERATURE_ORIGIN_K, TEMPERATURE_SWING_K = 273.15, 10.0
"""Errors of a temperature count by degrees Celsius and ten more: against 300 K a body that warms by a hundredth of a
degree would not be resolved at all. Costs two steps in a hundred on the demo plant."""


@dataclass(frozen=True)
class Equation:
    """A row that a part's law gives."""

    part: str
    key: str


@dataclass(frozen=True)
class Balance:
    """A node's row: what flows out of it, or what heat it loses."""

    node: Node
    heat: bool


@dataclass(frozen=True)
class Recalled:
    """The row of one unit of a correction's memory, by the correction's part and name."""

    place: tuple[str, str]
    unit: int


Row = Equation | Balance | Recalled | None
"""What moves an unknown; nothing moves a mode but events."""


class Laws:
    """The traced law of each part, with the corrections that it learns as symbols."""

    def __init__(self, types: Mapping[str, type[Component]], networks: Iterable[Network]) -> None:
        self.types = types
        self.networks = {(n.part, n.correction): n for n in networks}
        learned: dict[str, set[str]] = {}
        for part, name in self.networks:
            learned.setdefault(part, set()).add(name)
        self.learned = {part: frozenset(names) for part, names in learned.items()}

    def of(self, part: str) -> Trace:
        """A part's law."""
        return trace(self.types[part], self.learned.get(part, frozenset()))

    def stores(self, member: tuple[str, str]) -> bool:
        """Whether a part stores at one of its ports."""
        part, port = member
        return f"{port}.storage" in self.of(part).equations

    def feature_count(self, network: Network) -> int:
        """How many features a learned correction has."""
        return sum(key.startswith(f"{network.correction}.feature_") for key in self.of(network.part).equations)

    def network(self, network: Network) -> Trace:
        """A learned correction as a law."""
        if network.layers:
            return correction.bounds(self._declared(network), self.feature_count(network))
        features = self.feature_count(network)
        return correction.network(self._declared(network), features, network.hidden, network.memory)

    def memory(self, network: Network) -> Trace:
        """What moves the memory of a correction."""
        return memory.cell(self.feature_count(network), network.memory)

    def _declared(self, network: Network) -> Correction:
        return next(c for c in self.types[network.part].declaration.corrections if c.name == network.correction)

    def trend_signs(self, network: Network) -> dict[str, int]:
        """Weights of a correction that count from zero on and with which sign, by local name."""
        if network.layers:
            return self.perceptron(network).trend_signs(self._declared(network).signs)
        return correction.trend_signs(self._declared(network), network.hidden)

    def perceptron(self, network: Network) -> Perceptron:
        """The shape of a correction of several layers."""
        return Perceptron((self.feature_count(network) + network.codes + network.memory, *network.layers, 1))


@dataclass
class Declared:
    """Attributes: parameters and inputs, path to default; unknowns and rows, in one order; index, unknown to place."""

    parameters: dict[str, float] = field(default_factory=dict)
    inputs: dict[str, float] = field(default_factory=dict)
    unknowns: list[Unknown] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    index: dict[str, int] = field(default_factory=dict)

    def add(self, unknown: Unknown, row: Row) -> None:
        """Take up one more unknown."""
        self.index[unknown.name] = len(self.unknowns)
        self.unknowns.append(unknown)
        self.rows.append(row)

    def constants(self) -> dict[str, str]:
        """Names of parameters and inputs on the tape."""
        parameters = {path: f"p{k}" for k, path in enumerate(self.parameters)}
        return parameters | {path: f"u{k}" for k, path in enumerate(self.inputs)}


def declared(laws: Laws, nodes: Iterable[Node], gears: Gears) -> Declared:
    """Numbers of the parts, weights of what they learn, and an effort for each node that no part fixes."""
    found = Declared()
    for part, kind in laws.types.items():
        for quantity in kind.declaration.quantities:
            _take(found, part, quantity)
    for network in laws.networks.values():
        features = laws.feature_count(network)
        defaults = correction.box_defaults(features) | {correction.MEMBER: 0.0}
        if not network.layers:
            defaults = correction.weight_defaults(features, network.hidden, network.memory)
        if network.memory:
            defaults |= dict.fromkeys(memory.weight_names(features, network.memory), 0.0)
        found.parameters |= dict.fromkeys(network.code_names, 0.0)
        found.parameters |= {f"{network.key}.{name}": value for name, value in defaults.items()}
    for node in nodes:
        if node.fixing is None:
            stores = any(laws.stores(member) for own in (node, *gears.behind(node)) for member in own.members)
            effort = Unknown(node.name, stores, node.domain.nominal, float(node.domain.default))
            found.add(_weighted(effort, node.domain.unit), Balance(node, heat=False))
    for place, network in laws.networks.items():
        for unit, name in enumerate(network.memory_names):
            found.add(Unknown(name, True, 1.0, 0.0, low=-1.0, high=1.0), Recalled(place, unit))
    return found


def _take(found: Declared, part: str, quantity: Quantity) -> None:
    path = f"{part}.{quantity.name}"
    if quantity.kind is Kind.PARAMETER:
        found.parameters[path] = float(quantity.default)
    elif quantity.kind is Kind.INPUT:
        found.inputs[path] = float(quantity.default)
    elif quantity.kind in (Kind.STATE, Kind.UNKNOWN):
        rate = quantity.kind is Kind.STATE
        sizes = (quantity.nominal, float(quantity.default), quantity.slow, quantity.low, quantity.high)
        row = Equation(part, f"{quantity.name}.{'rate' if rate else 'residual'}")
        found.add(_weighted(Unknown(path, rate, *sizes), quantity.unit), row)
    elif quantity.kind is Kind.MODE:
        found.add(Unknown(path, True, 1.0, float(quantity.default), low=0.0, high=1.0, mode=True), None)


def _weighted(unknown: Unknown, unit: str) -> Unknown:
    """The unknown with what its errors are held relative to, where that is not its typical size."""
    return replace(unknown, origin=TEMPERATURE_ORIGIN_K, swing=TEMPERATURE_SWING_K) if unit == "K" else unknown
