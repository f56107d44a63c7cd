"""A model version with its wear brought to the beginning of another stretch of log."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from residual_models.levenberg import Array
from twin.calibration.replay import worlds as members_of
from twin.calibration.study import Study
from twin.prediction.ageing import age, usual_rate
from twin.prediction.worlds import START, Worlds
from twin.records.event import EventKind
from twin.records.model import ModelVersion
from twin.services import events
from twin.services.context import Context


def aged(context: Context, version: ModelVersion, ready: Study) -> ModelVersion:
    """The version as it stands where a study begins, for a free run of it: wear as it has grown by then.

    A calibration knows wear at the beginning of its own window; between there and here it grew at the rate that the
    study's load causes, and maintenance began it anew. Wear that is not fitted stays as the plant file says.
    """
    begin_us, since_us = ready.window.start_us, version.calibration.window[0]
    if begin_us <= since_us:
        return version
    parameters, starts = members_of(ready, version.calibration, version.residual)
    nothing = np.zeros((0, parameters.shape[1]))
    worlds = Worlds(ready.model, parameters, starts, (), nothing, seed=0)
    rate = usual_rate(worlds, np.concatenate([record.inputs for record in ready.runs.records]), ready.window.step_s)
    done = {
        event.asset: (begin_us - (event.end_us or event.start_us)) / 1e6
        for event in events.listed(context, version.plant, since_us, begin_us)
        if event.kind is EventKind.MAINTENANCE and event.asset and (event.end_us or event.start_us) <= begin_us
    }
    moved = age(worlds, ready.assembly, rate, (begin_us - since_us) / 1e6, done).start
    return _begun(version, ready, moved)


def _begun(version: ModelVersion, ready: Study, starts: Array) -> ModelVersion:
    """The version with other wear at the start, of each member where members have their own."""
    model = ready.model
    wear = {f"{name}{START}": row for row, name in enumerate(model.state_names) if model.slow[row]}
    values = version.calibration.values.copy()
    for at, name in enumerate(version.calibration.names):
        if name in wear:
            values[at] = starts[wear[name]].mean()
    calibration = replace(version.calibration, values=values)
    residual = version.residual
    if residual is not None:
        parameters = residual.parameters.copy()
        for column, name in enumerate(residual.parameter_names):
            if name in wear:
                parameters[:, column] = starts[wear[name]]
        residual = replace(residual, parameters=parameters)
    return replace(version, calibration=calibration, residual=residual)
