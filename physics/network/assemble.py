"""Joined laws become one system per island: `C de/dt = -sum(flows)` at every node, and each part's own equations.

Values are resolved on demand: a name that a law reads leads to the law that gives it, and so on. A name that leads back
to itself is an algebraic loop of signals or fixed efforts, and is refused with the names of the parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache, partial

from physics.compiler import correction, memory
from physics.compiler.block import lower
from physics.compiler.system import Event, System, Unknown
from physics.compiler.tape import ZERO, Dual, Instance, Tape
from physics.compiler.trace import Trace
from physics.contract import DOMAINS, Domain
from physics.network.declared import TEMPERATURE_SWING_K, Balance, Equation, Laws, Recalled, Row, declared
from physics.network.faults import PlantFault, PlantRefused, circle, near
from physics.network.gears import gears
from physics.network.joints import Node
from physics.network.plant import Network, split
from physics.network.shape import Shape

EVENT_VALUES = {"on": "1.0", "off": "0.0"}
"""What a mode becomes by the equation that switches it."""


@dataclass(frozen=True, eq=False)
class Joined:
    """A shape's equations with every number at its default, the nodes that store, and what is wrong with them."""

    system: System
    storages: tuple[tuple[Node, str], ...]
    faults: tuple[PlantFault, ...]


class _Island:
    """One island being assembled."""

    def __init__(self, shape: Shape) -> None:
        self.tape, self.source_of, self.outputs = Tape(), dict(shape.signals), shape.outputs
        self.types = dict(shape.parts)
        self.nodes = shape.nodes
        self.node_of = {member: node for node in self.nodes for member in node.members}
        self.laws = Laws(self.types, shape.networks)
        self.gears = gears(self.nodes, self.types, self.laws.learned)
        self.declared = declared(self.laws, self.nodes, self.gears)
        self.index, self.constants = self.declared.index, self.declared.constants()
        self._resolved: dict[str, Dual] = {}
        self._pending: list[str] = []
        self.instances = {id_: self._instance(id_) for id_ in self.types}
        self.bare = {id_: self._bare_instance(id_) for id_ in self._geared_parts()}
        networks = self.laws.networks.items()
        self.networks = {place: self._learned(network, self.laws.network(network)) for place, network in networks}
        self.memories = {place: self._learned(n, self.laws.memory(n)) for place, n in networks if n.memory}

    def _instance(self, part: str) -> Instance:
        return Instance(lower(self.laws.of(part)), self.tape, lambda local: self.resolve(f"{part}.{local}"))

    def _geared_parts(self) -> set[str]:
        fixing = [self.gears.nodes[name].fixing for name in self.gears.driver]
        return {member[0] for member in fixing if member is not None}

    def _bare_instance(self, part: str) -> Instance:
        """A gear as its driver's balance sees it: what the driven node stores is reflected there, not in a flow."""

        def local(name: str) -> Dual:
            port, _, flow = name.rpartition(".")
            node = self.node_of.get((part, port))
            if node is not None and node.fixing == (part, port) and flow == node.domain.flow:
                return self._given(node, (part, port), bare=True)
            return self.resolve(f"{part}.{name}")

        return Instance(lower(self.laws.of(part)), self.tape, local)

    def _learned(self, network: Network, trace: Trace) -> Instance:
        """A correction's network, or what moves its memory."""

        def local(name: str) -> Dual:
            if name.startswith("network.feature_"):
                return self.equation(network.part, f"{network.correction}.{name.removeprefix('network.')}")
            if name.startswith("network.memory_"):
                return self.resolve(f"{network.part}.{network.correction}.{name.removeprefix('network.')}")
            if name == correction.RAW:
                return self._called(network)
            return self.resolve(f"{network.key}.{name}")

        return Instance(lower(trace), self.tape, local)

    def _called(self, network: Network) -> Dual:
        """What the layers of a correction give, before it is bounded."""
        features = range(self.laws.feature_count(network))
        given = [self.equation(network.part, f"{network.correction}.feature_{j}") for j in features]
        given += [Dual(self.constants[name]) for name in network.code_names]
        given += [self.resolve(name) for name in network.memory_names]
        place = self.constants[f"{network.key}.{correction.MEMBER}"]
        return self.laws.perceptron(network).call(self.tape, place, given)[0]

    def _tables(self) -> tuple[tuple[int, int], ...]:
        """The parameter that chooses the weights, and how many there are, of each network of several layers."""
        rows = {path: k for k, path in enumerate(self.declared.parameters)}
        layered = {network.key: network for network in self.laws.networks.values() if network.layers}
        return tuple(
            (rows[f"{key}.{correction.MEMBER}"], self.laws.perceptron(network).weight_count)
            for key, network in layered.items()
        )

    def resolve(self, path: str) -> Dual:
        """The value that a path names, written to the tape when first asked for."""
        if path not in self._resolved:
            if path in self._pending:
                raise PlantRefused([circle(self._pending[self._pending.index(path) :])])
            self._pending.append(path)
            self._resolved[path] = self._find(path)
            self._pending.pop()
        return self._resolved[path]

    def equation(self, part: str, key: str) -> Dual:
        """The value of one equation of a part's law; zero where the law does not have it."""
        return self._memo(f"{part}:{key}", part, key)

    def _memo(self, name: str, part: str, key: str, bare: bool = False) -> Dual:
        if name not in self._resolved:
            instance = self.bare[part] if bare else self.instances[part]
            self._resolved[name] = instance.value(key) if instance.has(key) else ZERO
        return self._resolved[name]

    def _find(self, path: str) -> Dual:
        if path in self.constants:
            return Dual(self.constants[path])
        if path in self.index:
            return Dual(f"z{self.index[path]}", {self.index[path]: "1.0"})
        part, rest = split(path)
        port, _, name = rest.rpartition(".")
        if (part, rest) in self.networks:
            return self.networks[part, rest].value(correction.VALUE)
        if port in {p.name for p in self.types[part].declaration.ports}:
            return self._at_port((part, port), name)
        if self.instances[part].has(rest):
            return self.equation(part, rest)
        raise KeyError(path)

    def _at_port(self, member: tuple[str, str], name: str) -> Dual:
        if name == "value":
            source = self.source_of.get(member, member)
            return self.equation(source[0], f"{source[1]}.value")
        node = self.node_of.get(member)
        if node is None or name not in _known_at(node.domain):
            raise KeyError(f"{member[0]}.{member[1]}.{name}")
        carried = node.domain.carried or ("", "")
        if name == node.domain.effort:
            return self._effort(node)
        if name == node.domain.power:
            return self.tape.product(self._effort(node), self._at_port(member, str(node.domain.flow)))
        if name == carried[0]:
            return self._enthalpy(node)
        if node.fixing == member and name == carried[1]:
            return self.tape.negative(self.tape.total([self._heat_into(node, m) for m in node.members if m != member]))
        if node.fixing == member:
            return self._given(node, member)
        return self._heat_into(node, member) if name == carried[1] else self._flow_into(node, member)

    def _effort(self, node: Node) -> Dual:
        if node.fixing is not None:
            return self.equation(node.fixing[0], f"{node.fixing[1]}.{node.domain.effort}")
        return self.resolve(node.name)

    def _enthalpy(self, node: Node) -> Dual:
        """Specific enthalpy of a liquid or gas node; it becomes an unknown when the first law reads it."""
        name = f"{node.members[0][0]}.{node.members[0][1]}.{node.domain.carried[0]}" if node.domain.carried else ""
        if node.fixing is not None:
            part, port = node.fixing
            if self.instances[part].has(f"{port}.enthalpy_j_per_kg"):
                return self.equation(part, f"{port}.enthalpy_j_per_kg")
        if name not in self.index:
            stores = any(self.instances[part].has(f"{port}.heat_storage_kg") for part, port in node.members)
            sizes = (node.domain.carried_nominal, node.domain.carried_default)
            swing = node.domain.carried_nominal * TEMPERATURE_SWING_K / DOMAINS["thermal"].nominal
            self.declared.add(Unknown(name, stores, *sizes, swing=swing), Balance(node, heat=True))
        index = self.index[name]
        return Dual(f"z{index}", {index: "1.0"})

    def _given(self, node: Node, member: tuple[str, str], *, bare: bool = False) -> Dual:
        """The flow that the others give to the part which fixes a node, and what the node's own storage gives."""
        flows = [self._flow_into(node, m, bare=bare) for m in node.members if m != member]
        storage = None if bare else self._own_storage(node)
        root = self.gears.root(node)
        if storage is not None and root.name in self.index:
            speed_up = self.tape.product(self._ratio(node, root), self._balance(root))
            flows.append(self.tape.product(storage, speed_up))
        return self.tape.negative(self.tape.total(flows))

    def _flow_into(self, node: Node, member: tuple[str, str], *, bare: bool = False) -> Dual:
        part, key = member[0], f"{member[1]}.{node.domain.flow}"
        if bare and part in self.bare:
            return self._memo(f"{part}~{key}", part, key, bare=True)
        return self.equation(part, key)

    def _ratio(self, node: Node, root: Node) -> Dual:
        """How much a driven node's effort is of its root's."""
        return Dual(self._effort(node).slope.get(self.index[root.name], "0.0"))

    def _heat_into(self, node: Node, member: tuple[str, str]) -> Dual:
        """Convected enthalpy into a part; a part that does not say takes the node's own."""
        if self.instances[member[0]].has(f"{member[1]}.enthalpy_flow_w"):
            return self.equation(member[0], f"{member[1]}.enthalpy_flow_w")
        return self.tape.product(self._enthalpy(node), self._flow_into(node, member))

    def row(self, row: Row) -> Dual:
        """Rate or residual of one unknown."""
        if row is None:
            return ZERO
        if isinstance(row, Equation):
            return self.equation(row.part, row.key)
        if isinstance(row, Recalled):
            return self.memories[row.place].value(memory.rate_name(row.unit))
        return self._heat_balance(row.node) if row.heat else self._balance(row.node)

    def _balance(self, node: Node) -> Dual:
        outward = self.tape.negative(self.tape.total([self._flow_into(node, m, bare=True) for m in node.members]))
        storage = self._storage(node)
        return outward if storage is None else self.tape.product(outward, self.tape.inverse(storage))

    def _storage(self, node: Node) -> Dual | None:
        """What a node stores, and what the nodes that it drives store, by the square of their ratios."""
        own = self._own_storage(node)
        stored = [] if own is None else [own]
        for driven in self.gears.behind(node):
            behind, ratio = self._own_storage(driven), self._ratio(driven, node)
            if behind is not None:
                stored.append(self.tape.product(self.tape.product(ratio, ratio), behind))
        return self.tape.total(stored) if stored else None

    def _own_storage(self, node: Node) -> Dual | None:
        stored = [
            self.equation(part, f"{port}.storage") for part, port in node.members if self.laws.stores((part, port))
        ]
        return self.tape.total(stored) if stored else None

    def _heat_balance(self, node: Node) -> Dual:
        tape, members = self.tape, [m for m in node.members if m != node.fixing]
        heat = tape.total([self._heat_into(node, m) for m in members])
        mass = tape.total([self._flow_into(node, m) for m in members])
        outward = tape.negative(tape.total([heat, tape.negative(tape.product(self._enthalpy(node), mass))]))
        keys = [(part, f"{port}.heat_storage_kg") for part, port in node.members]
        stored = [self.equation(part, key) for part, key in keys if self.instances[part].has(key)]
        return tape.product(outward, tape.inverse(tape.total(stored))) if stored else outward

    def joined(self) -> Joined:
        """All equations of the island and the outputs that lie in it, and what is wrong with them."""
        faults: list[PlantFault] = []
        self._misplaced(faults)
        storages = list(self._storages())
        shown = [self._attempt(partial(self.resolve, path), faults) for path in self.outputs]
        events = list(self._events(faults))
        rows: list[Dual] = []
        while len(rows) < len(self.declared.rows):  # reading an enthalpy may add an unknown
            rows.append(self._attempt(partial(self.row, self.declared.rows[len(rows)]), faults))
        self._look_for_circles(faults)
        system = System(
            self.tape,
            tuple(self.declared.unknowns),
            tuple(rows),
            tuple(dual.name for dual in shown),
            tuple(self.declared.parameters),
            tuple(self.declared.parameters.values()),
            tuple(self.declared.inputs),
            tuple(self.declared.inputs.values()),
            self.outputs,
            events=tuple(events),
            tables=self._tables(),
        )
        return Joined(system, tuple(storages), tuple(faults))

    def _look_for_circles(self, faults: list[PlantFault]) -> None:
        """Fixed efforts and signals that lead back to themselves, read by somebody or not."""
        for node in self.nodes:
            if node.fixing is not None:
                self._attempt(partial(self._effort, node), faults)
        for part, port in self.source_of:
            self._attempt(partial(self.resolve, f"{part}.{port}.value"), faults)

    def _events(self, faults: list[PlantFault]) -> Iterable[Event]:
        """What the laws of the island's parts change at a moment: switched modes and reset states."""
        for part, kind in self.types.items():
            keys = self.instances[part].block.values
            for quantity in kind.declaration.quantities:
                target, own = f"{part}.{quantity.name}", f"{quantity.name}."
                pairs = [(own + key, value) for key, value in EVENT_VALUES.items() if own + key in keys]
                if own + "reset_when" in keys:
                    reset = self._attempt(partial(self.equation, part, own + "reset_to"), faults)
                    pairs.append((own + "reset_when", reset.name))
                for key, value in pairs:
                    guard = self._attempt(partial(self.equation, part, key), faults)
                    yield Event(guard.name, self.index[target], value)

    def _attempt(self, find: Callable[[], Dual], faults: list[PlantFault]) -> Dual:
        """The value, or zero and a fault that says why there is none."""
        try:
            return find()
        except PlantRefused as refused:
            faults.extend(refused.faults)
        except KeyError as missing:
            faults.append(self._unknown_output(str(missing.args[0])))
        self._pending.clear()
        return ZERO

    def _unknown_output(self, path: str) -> PlantFault:
        part, name = split(path)
        own = [place.partition(".")[2] for place in (*self.constants, *self.index) if split(place)[0] == part]
        known = {*own, *self.instances[part].block.values}
        return PlantFault(path, f"quantity {name!r}", f"a quantity of {part}", near(name, known))

    def _storages(self) -> Iterable[tuple[Node, str]]:
        """Nodes that store, and how much on the tape."""
        for node in self.nodes:
            storage = self._own_storage(node)
            if storage is not None:
                yield node, storage.name

    def _misplaced(self, faults: list[PlantFault]) -> None:
        """Storage that moves, or that sits where a moving effort is fixed."""
        for node in self.nodes:
            storage = self._own_storage(node)
            if storage is None:
                continue
            effort = self._attempt(partial(self._effort, node), faults)
            if node.fixing is not None and self.gears.root(node).name not in self.index and effort.slope:
                need = "no storage where a part fixes an effort that moves"
                step = "Put a resistance or compliance between, or let it follow another port as an ideal gear does."
                faults.append(PlantFault(node.ends, "storage at a fixed effort", need, step))
            if storage.slope:
                need = "a storage above zero that only parameters set"
                step = "State what moves as a rate of the part's own."
                faults.append(PlantFault(node.ends, "storage that moves", need, step))


def _known_at(domain: Domain) -> tuple[str, ...]:
    return tuple(name for name in (domain.effort, domain.flow, domain.power, *(domain.carried or ())) if name)


def equations(shape: Shape) -> Joined:
    """The equations of one island, named as its shape names them."""
    return _Island(shape).joined()


@lru_cache(maxsize=256)
def shared_equations(shape: Shape) -> Joined:
    """The same for a shape without names, joined once however many islands have it."""
    return equations(shape)
