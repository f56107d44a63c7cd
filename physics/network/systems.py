"""One system per island: the equations of its shape under its own names, with its own numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from physics.compiler.evaluation import evaluate
from physics.compiler.system import System, Unknown
from physics.network.assemble import Joined, equations, shared_equations
from physics.network.faults import PlantFault, near
from physics.network.joints import Joints, Types
from physics.network.plant import Part, Plant, split
from physics.network.shape import Shape, renamed, shapes


def assemble(
    plant: Plant, types: Types, joints: Joints, groups: Iterable[tuple[str, ...]], outputs: Iterable[str]
) -> tuple[list[System], list[PlantFault]]:
    """One system per group of parts, in order, and the faults that only the equations show.

    Islands that differ in names and numbers only share one tape and one tuple of rows.
    """
    parts = {part.id: part for part in plant.parts}
    paths = tuple(outputs)
    faults = [
        PlantFault(path, f"part {split(path)[0]!r}", "a part of the plant", near(split(path)[0], parts))
        for path in dict.fromkeys(paths)
        if split(path)[0] not in parts
    ]
    systems = []
    alike: dict[Joined, list[tuple[System, dict[str, str]]]] = {}
    for shape in shapes(plant, types, joints, groups, [path for path in paths if split(path)[0] in parts]):
        faults += _idle_starts(shape, parts)
        plain, names = shape.plain()
        joined = shared_equations(plain)
        if joined.faults:
            faults += equations(shape).faults  # once more, to name the parts
        systems.append(_Numbers(shape, parts).system(joined.system, names))
        alike.setdefault(joined, []).append((systems[-1], names))
    for joined, islands in alike.items():
        faults += _storage_faults(joined, islands)
    return systems, faults


def _idle_starts(shape: Shape, parts: Mapping[str, Part]) -> Iterator[PlantFault]:
    """Start values of efforts that a part fixes, which nothing would read."""
    for node in shape.nodes:
        for owner, end in node.members if node.fixing else ():
            name = f"{end}.{node.domain.effort}"
            if name in parts[owner].start:
                step = f"{'.'.join(node.fixing or ())} sets it: give the start value where that follows from."
                got, need = "a start value of an effort that a part fixes", "one where nothing fixes it"
                yield PlantFault(f"{owner}.{name}@start", got, need, step)


class _Numbers:
    """What the plant gives the parts of one island."""

    def __init__(self, shape: Shape, parts: dict[str, Part]) -> None:
        self.parts = {id_: parts[id_] for id_, _ in shape.parts}
        self.node_of = {member: node for node in shape.nodes for member in node.members}

    def system(self, shared: System, names: dict[str, str]) -> System:
        """The shared system with this island's names, parameters, inputs and start values."""
        parameters = tuple(renamed(path, names) for path in shared.parameters)
        inputs = tuple(renamed(path, names) for path in shared.inputs)
        return replace(
            shared,
            unknowns=tuple(self._unknown(unknown, names) for unknown in shared.unknowns),
            parameters=parameters,
            parameter_defaults=tuple(map(self._given, parameters, shared.parameter_defaults)),
            inputs=inputs,
            input_defaults=tuple(map(self._given, inputs, shared.input_defaults)),
            output_names=tuple(renamed(path, names) for path in shared.output_names),
            representative=shared,
        )

    def _given(self, path: str, default: float) -> float:
        """A number of a part; weights belong to no part and start at their defaults."""
        part, name = split(path)
        return float(self.parts[part].parameters.get(name, default)) if part in self.parts else default

    def _unknown(self, unknown: Unknown, names: dict[str, str]) -> Unknown:
        path = renamed(unknown.name, names)
        return replace(unknown, name=path, start=self._start(path, unknown.start))

    def _start(self, path: str, default: float) -> float:
        """A state's own start value, or what the first of a node's members says of its effort."""
        part, name = split(path)
        port, _, effort = name.rpartition(".")
        node = self.node_of.get((part, port))
        places = [(part, name)] if node is None else [(owner, f"{end}.{effort}") for owner, end in node.members]
        given = (self.parts[owner].start.get(start) for owner, start in places)
        return float(next((value for value in given if value is not None), default))


def _storage_faults(joined: Joined, islands: Sequence[tuple[System, dict[str, str]]]) -> Iterator[PlantFault]:
    """Storage that the numbers of an island make zero or negative."""
    if not joined.storages:
        return
    parameters = np.array([system.parameter_defaults for system, _ in islands]).T
    inputs = np.array([system.input_defaults for system, _ in islands]).T
    found = evaluate(joined.system.tape, [name for _, name in joined.storages], [], parameters, inputs)
    for (node, _), values in zip(joined.storages, found, strict=True):
        for (_, names), value in zip(islands, np.broadcast_to(values, len(islands)), strict=True):
            if not value > 0:
                yield PlantFault(
                    " - ".join(f"{names[part]}.{port}" for part, port in node.members),
                    f"storage {value:g}",
                    "a storage above zero that only parameters set",
                    "Check the parameters that it follows from.",
                )
