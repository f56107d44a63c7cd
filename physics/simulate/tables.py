"""Weights of learned networks as the kernels read them: all sets in one row, and where each world's own begin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from physics.network.plant import split
from physics.simulate.model import Floats, IslandModel, Model


def gathered(model: Model, parameters: Floats) -> tuple[Model, Floats]:
    """Model and parameters [P, W] with the different sets of weights among the worlds' parameters in `networks`."""
    keys = [key for key in counts(model) if key not in model.networks]
    if not keys:
        return model, parameters
    found, chosen = dict(model.networks), parameters.copy()
    for key in keys:
        columns = np.ascontiguousarray(parameters[rows_of(model, key)].T)
        place: dict[bytes, int] = {}
        member = [place.setdefault(column.tobytes(), len(place)) for column in columns]
        found[key] = columns[[member.index(k) for k in range(len(place))]]
        chosen[model.parameter_names.index(f"{key}.member")] = member
    return replace(model, networks=found), chosen


def apart(model: Model, parameters: Floats) -> tuple[Model, Floats]:
    """The same with a set for each world, alike or not, so that each has slopes of its own."""
    found, chosen = {}, parameters.copy()
    for key in counts(model):
        found[key] = np.ascontiguousarray(parameters[rows_of(model, key)].T)
        chosen[model.parameter_names.index(f"{key}.member")] = np.arange(parameters.shape[1])
    return replace(model, networks=found), chosen


def counts(model: Model) -> dict[str, int]:
    """How many weights each network of several layers has, by key."""
    return {split(i.system.parameters[row])[0]: count for i in model.islands for row, count in i.system.tables}


def rows_of(model: Model, key: str) -> slice:
    """Where a network's weights stand among the parameters."""
    first = model.parameter_names.index(f"{key}.w00000")
    return slice(first, first + counts(model)[key])


def counted(model: Model, key: str) -> Floats:
    """What each weight [M, n] counts by: 1, or its sign or nothing where the correction declares a trend."""
    if not model.signs:
        return np.ones(1)
    signs = np.array([model.signs.get(name, 0) for name in model.parameter_names[rows_of(model, key)]])
    return np.where(signs == 0, 1.0, np.where(model.networks[key] >= 0, signs, 0.0))


def faults(model: Model, parameters: Floats) -> Iterator[str]:
    """What is wrong with the sets of weights and the worlds' choice among them."""
    rows = {name: row for row, name in enumerate(model.parameter_names)}
    for key, count in counts(model).items():
        if key not in model.networks:
            continue
        weights = model.networks[key]
        if weights.ndim != 2 or weights.shape[1] != count or not len(weights) or not np.isfinite(weights).all():
            need = f"need [M >= 1, {count}], finite. Train or load them again."
            yield f"networks {key}: got shape {weights.shape}, {need}"
        row = rows[f"{key}.member"]
        if row < len(parameters):
            chosen = parameters[row]
            wrong = chosen[~np.isin(chosen, np.arange(len(weights)))]
            if len(wrong):
                got = f"parameters {key}.member: got {wrong[0]:g}"
                yield f"{got}, need a whole number of 0 to {len(weights) - 1}. Choose a set of weights that is there."


def placed(model: Model, islands: Sequence[IslandModel], p: NDArray[np.floating], width: int) -> NDArray[np.floating]:
    """All weights in one row; `p` [P, columns], whose islands take `width` columns each, then says where they begin."""
    keys = dict.fromkeys(split(name)[0] for island in islands for name, _ in _choices(island))
    used = {key: model.networks[key] * counted(model, key) for key in keys}
    sizes = [weights.size for weights in used.values()]
    first = dict(zip(used, np.cumsum([0, *sizes])[:-1].tolist(), strict=True))
    for index, island in enumerate(islands):
        own = slice(index * width, (index + 1) * width if index + 1 < len(islands) else None)
        for (name, count), (row, _) in zip(_choices(island), island.system.tables, strict=True):
            p[row, own] = first[split(name)[0]] + count * p[row, own]
    return np.concatenate([np.zeros(0), *(weights.ravel() for weights in used.values()), np.zeros(1)]).astype(p.dtype)


def _choices(island: IslandModel) -> Iterator[tuple[str, int]]:
    for row, count in island.system.tables:
        yield island.system.parameters[row], count
