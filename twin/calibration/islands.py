"""A study of one island of a plant: what its own sensors tell of its own numbers, and nothing of the others.

Islands are joined by no port and no signal, so a fit of the whole plant falls apart into theirs: the same samples, the
same priors, the same cost, added up.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from residual_models import slopes
from residual_models.dataset import START, FreeRuns, Numbers, Record
from twin.calibration.study import Study


def learning(ready: Study) -> tuple[int, ...]:
    """Islands that have sensors and free numbers, weights included.

    Empty where the plant learns as one: a number that two islands share, or networks of several layers.
    """
    joint = with_weights(ready)
    owners = [[index for index, names in enumerate(_names(ready)) if name in names] for name in joint.numbers.names]
    if slopes.layered(joint) or any(len(islands) != 1 for islands in owners):
        return ()
    sensed = {
        index for index, island in enumerate(ready.model.islands) if np.isin(ready.runs.columns, island.outputs).any()
    }
    return tuple(sorted({islands[0] for islands in owners} & sensed))


def with_weights(ready: Study) -> FreeRuns:
    """The runs with the corrections' weights free beside the physical numbers."""
    return ready.runs.with_numbers(ready.runs.numbers.joined(ready.weights), ready.runs.parameters)


def alone(ready: Study, index: int) -> Study:
    """The study of one island: the samples that the whole study keeps, of its own tags."""
    whole, island = ready.runs, ready.model.islands[index]
    place = {int(output): at for at, output in enumerate(island.outputs)}
    tags = np.array([at for at, column in enumerate(whole.columns) if int(column) in place], np.intp)
    sensors, position = len(whole.columns), {int(tag): at for at, tag in enumerate(tags)}
    mine = np.isin(whole.rows % sensors, tags)
    rows = [int(row) // sensors * len(tags) + position[int(row) % sensors] for row in whole.rows[mine]]
    runs = replace(
        whole,
        model=ready.model.only(index),
        records=tuple(
            Record(r.inputs[:, island.inputs], r.measured[:, tags], r.mask[:, tags], r.start[island.states])
            for r in whole.records
        ),
        numbers=_own(whole.numbers, ready, index),
        parameters=whole.parameters[island.parameters],
        rows=np.array(rows, np.intp),
        columns=np.array([place[int(whole.columns[at])] for at in tags], np.intp),
        noise=whole.noise[tags],
    )
    assembly = replace(
        ready.assembly,
        sensor_tags=tuple(ready.assembly.sensor_tags[at] for at in tags),
        outputs=tuple(ready.assembly.outputs[at] for at in tags),
    )
    own, weights = _own(ready.own, ready, index), _own(ready.weights, ready, index)
    floor = ready.floor[tags]
    return replace(ready, assembly=assembly, model=runs.model, runs=runs, own=own, weights=weights, floor=floor)


def _own(numbers: Numbers, ready: Study, index: int) -> Numbers:
    names = _names(ready)[index]
    return numbers.only(np.array([name in names for name in numbers.names], bool))


def _names(ready: Study) -> list[set[str]]:
    """What each island's numbers may be called."""
    model = ready.model
    return [
        {model.parameter_names[k] for k in island.parameters}
        | {f"{model.state_names[k]}{START}" for k in island.states}
        for island in model.islands
    ]
