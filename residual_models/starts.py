"""Start values that a record has for itself, found from its first samples."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from residual_models.dataset import START, FreeRuns, Numbers, Record
from residual_models.levenberg import Array, Options, minimise

SETTLE_SIGMA_RATIO = 0.1
"""First samples are trusted at least ten times closer than the free run's error: that error has not yet grown. A sensor
that is known to be better still is believed as its noise allows: it takes that to tell a speed from few positions."""


def settle(runs: FreeRuns, values: Array, own: Numbers | None, sigma: Array, samples: int) -> FreeRuns:
    """Set each record's own start values from its first samples, one common start for all members.

    Args:
        runs: Records and free numbers.
        values: The free numbers [F, M]; the run uses their median member.
        own: Start values to find; nothing is done where there are none.
        sigma: Expected error of the free run per tag, shape [S].
        samples: How many samples of each record to use.
    """
    if own is None or len(own) == 0:
        return runs
    middle = np.median(values, axis=1)[:, None]
    parameters = runs.world_parameters(middle)[:, 0]
    starts = []
    for record in runs.records:
        begun = replace(record, start=runs.world_starts(record, middle)[:, 0]).first(samples)
        found = start_of(runs, begun, own, parameters, sigma)
        starts.append(found)
    return runs.with_starts(starts)


def start_of(runs: FreeRuns, begun: Record, own: Numbers, parameters: Array, sigma: Array) -> Array:
    """Start values [Z] of one record's beginning, given all parameters [P]."""
    rows = np.arange(begun.measured.size)
    alone = replace(runs, records=(begun,), numbers=own, parameters=parameters, rows=rows, thin=1)
    close = SETTLE_SIGMA_RATIO * sigma
    close = np.where(runs.noise > 0, np.minimum(runs.noise, close), close)
    precision = 1.0 / close[alone.tag_of_row][:, None]
    first = np.array([begun.start[runs.model.state_names.index(name.removesuffix(START))] for name in own.names])
    problem = alone.problem(precision, np.ones(len(rows)))
    solution = minimise(problem, first[:, None], options=Options(iterations=12))
    return alone.world_starts(begun, solution.values)[:, 0]
