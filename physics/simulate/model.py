"""A plant compiled for simulation: names, defaults and one kernel per island."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from physics import catalogue
from physics.compiler.lanes import LANE_COUNT
from physics.compiler.sampling import sampled_jacobians
from physics.compiler.sharing import share
from physics.compiler.system import System
from physics.contract import Component
from physics.network.check import check
from physics.network.declared import Laws
from physics.network.faults import PlantFault, PlantRefused, concerned, untouched
from physics.network.islands import islands
from physics.network.joints import join
from physics.network.plant import Plant, split
from physics.network.solvable import undetermined
from physics.network.systems import assemble

Floats = NDArray[np.float64]
FLOAT_BYTES = 8


@dataclass(frozen=True)
class IslandModel:
    """One island and where its numbers lie in the plant's: indices of parameters, states, inputs and outputs."""

    parts: tuple[str, ...]
    system: System
    parameters: NDArray[np.intp]
    states: NDArray[np.intp]
    inputs: NDArray[np.intp]
    outputs: NDArray[np.intp]


@dataclass(frozen=True)
class Model:
    """A compiled plant.

    Attributes: parameter_names and parameters [P], "<part>.<name>" and correction weights; state_names, start, slow and
    nominal [Z], differential and algebraic alike; input_names and inputs [I], drives with their defaults; output_names
    [S]; islands, in order of their first part; networks, by key, sets of weights [M, n] of corrections of several
    layers: a world's parameter "<key>.member" says which set is its own. Where a key has none, the parameters
    "<key>.w00000" and so on, "<key>.y…" in the last layer, are each world's weights; signs, of weights that count
    from zero on, so that a correction has the trends that it declares.
    """

    parameter_names: tuple[str, ...]
    parameters: Floats
    state_names: tuple[str, ...]
    start: Floats
    slow: NDArray[np.bool_]
    nominal: Floats
    input_names: tuple[str, ...]
    inputs: Floats
    output_names: tuple[str, ...]
    islands: tuple[IslandModel, ...]
    networks: Mapping[str, Floats] = field(default_factory=dict)
    signs: Mapping[str, int] = field(default_factory=dict)

    @property
    def differential(self) -> NDArray[np.bool_]:
        """Which of the states [Z] have a rate; the others follow from these."""
        found = np.zeros(len(self.state_names), np.bool_)
        for island in self.islands:
            found[island.states] = [unknown.differential for unknown in island.system.unknowns]
        return found

    def only(self, index: int) -> Model:
        """The model of one island alone, its names in the island's order."""
        island = self.islands[index]
        rows = [np.arange(len(a)) for a in (island.parameters, island.states, island.inputs, island.outputs)]
        return Model(
            tuple(self.parameter_names[k] for k in island.parameters),
            self.parameters[island.parameters],
            tuple(self.state_names[k] for k in island.states),
            self.start[island.states],
            self.slow[island.states],
            self.nominal[island.states],
            tuple(self.input_names[k] for k in island.inputs),
            self.inputs[island.inputs],
            tuple(self.output_names[k] for k in island.outputs),
            (IslandModel(island.parts, island.system, *rows),),
            self.networks,
            self.signs,
        )

    def memory_bytes(self, samples: int, worlds: int) -> int:
        """Bytes that a rollout of so many samples and worlds takes, inputs differing between worlds."""
        padded = -(-worlds // LANE_COUNT) * LANE_COUNT
        inputs, parameters, states = (
            sum(len(own) for own in lists)
            for lists in zip(*((i.inputs, i.parameters, i.states) for i in self.islands), strict=True)
        )
        series = samples * (inputs + 2 * len(self.output_names))
        fixed = parameters + 2 * states + 8 * len(self.islands)
        return FLOAT_BYTES * padded * (series + fixed)


def compile_plant(plant: Plant, outputs: Iterable[str], *, types: Mapping[str, type[Component]] | None = None) -> Model:
    """Check a plant, join its laws and prepare the named quantities for observation.

    Args:
        plant: Parts, links and corrections.
        outputs: Quantity paths to observe, e.g. "loop/tank-1.level_m", "loop/pump-1.outlet.pressure_pa".
        types: Component types by name; the catalogue by default.
    Raises: PlantRefused, with every fault of the plant.
    """
    names = tuple(outputs)
    known = catalogue.components() if types is None else types
    faults = check(plant, known)
    sound = untouched(plant, faults)
    unsound = {part.id for part in plant.parts} - {part.id for part in sound.parts}
    seen = [path for path in names if split(path)[0] not in unsound]
    joints = join(sound, known)
    groups = islands(sound, known, joints, seen)
    systems, more = assemble(sound, known, joints, groups, seen)
    broken = concerned(more, (part.id for part in sound.parts))
    whole = [system for system, group in zip(systems, groups, strict=True) if not broken.intersection(group)]
    solvable, open_ones = _solvable(whole)
    _refuse([*faults, *more, *open_ones])
    laws = Laws({part.id: known[part.type] for part in plant.parts}, plant.corrections)
    return _collect(plant, solvable, groups, names, laws)


def _solvable(systems: list[System]) -> tuple[list[System], list[PlantFault]]:
    """The systems with the code that each will run, and every reason why they cannot be solved."""
    alike: dict[System | None, list[int]] = {}
    for index, system in enumerate(systems):
        alike.setdefault(system.representative, []).append(index)
    found, faults = list(systems), []
    for indices in alike.values():
        group = [systems[index] for index in indices]
        samples = list(sampled_jacobians(group))
        faults += [fault for system, own in zip(group, samples, strict=True) for fault in undetermined(system, own)]
        for index, system in zip(indices, share(group, samples) if not faults else group, strict=True):
            found[index] = system
    return found, faults


def _refuse(faults: Iterable[PlantFault]) -> None:
    found = tuple(dict.fromkeys(faults))
    if found:
        raise PlantRefused(found)


def _collect(
    plant: Plant, systems: list[System], ids: tuple[tuple[str, ...], ...], outputs: tuple[str, ...], laws: Laws
) -> Model:
    """All numbers in an order that follows from the plant alone, whatever is observed and so solved together."""
    parameters = _in_order(
        plant, {n: v for s in systems for n, v in zip(s.parameters, s.parameter_defaults, strict=True)}
    )
    layered = (network for network in plant.corrections if network.layers)
    parameters |= {f"{n.key}.{name}": 0.0 for n in layered for name in laws.perceptron(n).weight_names}
    inputs = _in_order(plant, {n: v for s in systems for n, v in zip(s.inputs, s.input_defaults, strict=True)})
    states = _in_order(plant, {u.name: u for s in systems for u in s.unknowns})
    places = [{n: k for k, n in enumerate(names)} for names in (parameters, states, inputs, outputs)]
    found = []
    for parts, system in zip(ids, systems, strict=True):
        names = (system.parameters, [u.name for u in system.unknowns], system.inputs, system.output_names)
        indices = [np.array([place[n] for n in own], np.intp) for place, own in zip(places, names, strict=True)]
        found.append(IslandModel(parts, system, *indices))
    unknowns = tuple(states.values())
    return Model(
        tuple(parameters),
        np.array(list(parameters.values()), np.float64),
        tuple(states),
        np.array([u.start for u in unknowns], np.float64),
        np.array([u.slow for u in unknowns], np.bool_),
        np.array([u.nominal for u in unknowns], np.float64),
        tuple(inputs),
        np.array(list(inputs.values()), np.float64),
        outputs,
        tuple(found),
        signs={f"{n.key}.{name}": sign for n in plant.corrections for name, sign in laws.trend_signs(n).items()},
    )


def _in_order(plant: Plant, numbers: dict[str, Any]) -> dict[str, Any]:
    """By part as the plant lists them, then by name; weights, which belong to no part, at the end."""
    order = {part.id: index for index, part in enumerate(plant.parts)}
    last = len(order)
    return dict(sorted(numbers.items(), key=lambda item: (order.get(split(item[0])[0], last), item[0])))
