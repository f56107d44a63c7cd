"""Which numbers of a world readings may move: states, and the drawn parameters."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from physics.contract import Component
from twin.assembly.assembly import Assembly
from twin.estimation.analysis import Reach
from twin.prediction.worlds import Worlds
from twin.scene.scene import split_path

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Corrected:
    """N numbers of every world, and where they stand.

    Attributes: names [N]; states and parameters, their rows in the worlds' start and parameters, states first; low and
    high [N], declared ranges; nominal [N], usual size of states, 0 for parameters; slow [N], wear states and
    parameters; island [N], that each belongs to. Algebraic unknowns are left out: the engine makes them consistent.
    """

    names: tuple[str, ...]
    states: NDArray[np.intp]
    parameters: NDArray[np.intp]
    low: Floats
    high: Floats
    nominal: Floats
    slow: NDArray[np.bool_]
    island: NDArray[np.intp]

    @property
    def size(self) -> int:
        """How many numbers, N."""
        return len(self.names)

    def of(self, worlds: Worlds) -> Floats:
        """The numbers, shape [N, W]."""
        return np.vstack([worlds.start[self.states], worlds.parameters[self.parameters]])

    def put(self, worlds: Worlds, values: Floats) -> Worlds:
        """The worlds with the numbers [N, W] in place, inside their ranges."""
        inside = np.clip(values, self.low[:, None], self.high[:, None])
        start, parameters, draws = worlds.start.copy(), worlds.parameters.copy(), worlds.draws.copy()
        start[self.states], parameters[self.parameters] = np.split(inside, [len(self.states)])
        for row, name in zip(inside[len(self.states) :], self.names[len(self.states) :], strict=True):
            draws[worlds.names.index(name)] = row
        return replace(worlds, start=start, parameters=parameters, draws=draws)

    def reach(self, tag_islands: NDArray[np.intp], parts: int = 1) -> Reach:
        """What each tag may move: numbers of its own island, then the disturbances of that island's tags.

        Args:
            tag_islands: Island of each tag, shape [S].
            parts: Of each tag's disturbance, J. Rows N to N + J S are taken for them, all tags of a part together.
        """
        kin = tuple(np.flatnonzero(tag_islands == island) for island in tag_islands)
        own = [np.flatnonzero(self.island == island) for island in tag_islands]
        first = self.size + len(tag_islands) * np.arange(parts)[:, None]
        rows = tuple(np.concatenate([mine, (first + tags).ravel()]) for mine, tags in zip(own, kin, strict=True))
        return Reach(rows, kin)


def corrected_of(worlds: Worlds, assembly: Assembly) -> Corrected:
    """What may be moved in these worlds."""
    model = worlds.model
    unknowns = {item.name: item for island in model.islands for item in island.system.unknowns}
    states = np.flatnonzero(model.differential)
    drawn = set(worlds.names)
    parameters = np.array([row for row, name in enumerate(model.parameter_names) if name in drawn], np.intp)
    names = (*(model.state_names[row] for row in states), *(model.parameter_names[row] for row in parameters))
    types = {item.id: assembly.types[item.type] for item in assembly.plant.parts}
    ranges = [(unknowns[name].low, unknowns[name].high) for name in names[: len(states)]]
    ranges += [_declared(name, types) for name in names[len(states) :]]
    low, high = np.array(ranges, np.float64).reshape(-1, 2).T
    of_state, of_parameter = np.zeros(len(model.state_names), np.intp), np.zeros(len(model.parameter_names), np.intp)
    for index, island in enumerate(model.islands):
        of_state[island.states], of_parameter[island.parameters] = index, index
    return Corrected(
        names,
        states,
        parameters,
        low,
        high,
        np.concatenate([model.nominal[states], np.zeros(len(parameters))]),
        np.concatenate([model.slow[states], np.ones(len(parameters), np.bool_)]),
        np.concatenate([of_state[states], of_parameter[parameters]]),
    )


def tag_islands(worlds: Worlds, columns: list[int]) -> NDArray[np.intp]:
    """Island of each observed quantity, by its column in the model's outputs."""
    found = np.zeros(len(worlds.model.output_names), np.intp)
    for index, island in enumerate(worlds.model.islands):
        found[island.outputs] = index
    return found[columns]


def _declared(path: str, types: dict[str, type[Component]]) -> tuple[float, float]:
    part, quantity = split_path(path)
    declared = types[part].declaration.by_name.get(quantity) if part in types else None
    return (-np.inf, np.inf) if declared is None else (declared.low, declared.high)
