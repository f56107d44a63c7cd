"""Which numbers of the worlds a filter may move: dynamic states, wear, and the parameters that were drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from twin.assembly.assembly import Assembly
from twin.prediction.worlds import Worlds
from twin.scene.scene import split_path

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Corrected:
    """N numbers of every world, and where they stand.

    Attributes: names [N]; states and parameters, their rows in the worlds' start and parameters, states first; low and
    high [N], declared ranges; drifting [N], nominal size of dynamic states, 0 for wear and parameters. Algebraic
    unknowns are left out: the engine makes them consistent.
    """

    names: tuple[str, ...]
    states: NDArray[np.intp]
    parameters: NDArray[np.intp]
    low: Floats
    high: Floats
    drifting: Floats

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


def corrected_of(worlds: Worlds, assembly: Assembly) -> Corrected:
    """What may be moved in these worlds."""
    model = worlds.model
    unknowns = {item.name: item for island in model.islands for item in island.system.unknowns}
    states = np.flatnonzero(model.differential)
    parameters = [row for row, name in enumerate(model.parameter_names) if name in worlds.names]
    ranges = [(unknowns[model.state_names[row]].low, unknowns[model.state_names[row]].high) for row in states]
    ranges += [_declared(model.parameter_names[row], assembly) for row in parameters]
    low, high = np.array(ranges, np.float64).reshape(-1, 2).T
    drifting = np.where(model.slow[states], 0.0, model.nominal[states])
    names = (*(model.state_names[row] for row in states), *(model.parameter_names[row] for row in parameters))
    return Corrected(
        names,
        np.array(states, np.intp),
        np.array(parameters, np.intp),
        low,
        high,
        np.concatenate([drifting, np.zeros(len(parameters))]),
    )


def _declared(path: str, assembly: Assembly) -> tuple[float, float]:
    part, quantity = split_path(path)
    types = {item.id: assembly.types[item.type] for item in assembly.plant.parts}
    declared = types[part].declaration.by_name.get(quantity) if part in types else None
    return (-np.inf, np.inf) if declared is None else (declared.low, declared.high)
