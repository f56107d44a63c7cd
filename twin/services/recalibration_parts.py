"""Pieces of the recalibration that several of its steps need."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from residual_models import slopes
from residual_models.ensemble import Apart, as_they_stand
from residual_models.levenberg import Array
from twin.assembly.assemble import assemble
from twin.calibration import versions
from twin.calibration.islands import with_weights
from twin.calibration.study import Study, limited, study
from twin.calibration.versions import Learned
from twin.errors import NotReady
from twin.gate.admissible import drift_room
from twin.records.event import EventKind
from twin.records.model import Calibration, ModelVersion, Residual
from twin.records.model_document import calibration_document, calibration_of
from twin.records.window import SignalWindow
from twin.services import learning_groups, models, plants
from twin.services import recalibration_files as files
from twin.services.aged import aged
from twin.services.context import Context, Progress
from twin.store import events

State = dict[str, Any]

GATE_SHARE = 0.25
"""The newest quarter of the usable samples is never trained on before the verdict."""

DAY_US = 86_400_000_000

PHYSICS_SHARE = 0.15
"""Share of the training's progress that physics alone takes."""


def ready_of(context: Context, state: State, *, until: int | None = None) -> Study:
    """The job's window with the plant as it was when the job began."""
    scene, _revision = plants.get(context, state["plant"], state["revision"])
    assembly = assemble(scene, types=plants.types(context))
    return study(assembly, assembly.compile(), files.load_window(context, state["job"], state["window"]), until=until)


def require_trainable(ready: Study) -> None:
    """Refuse networks of several layers where their training could not follow the plant.

    Raises: NotReady, with the reason.
    """
    runs = ready.runs.with_numbers(ready.runs.numbers.joined(ready.weights), ready.runs.parameters)
    if slopes.layered(runs):
        try:
            slopes.way(runs, runs.numbers.mean[:, None])
        except slopes.Untrainable as reason:
            raise NotReady(f"plant {ready.window.plant!r}: {reason}") from reason


def gate_at(ready: Study, before: ModelVersion | None = None) -> int:
    """Sample of the window from which on nothing is trained before the verdict.

    Args:
        ready: The whole window.
        before: A champion that training goes on from: what it has learned from, its heirs have, too.
    """
    known = np.isfinite(ready.measured()).sum(axis=1)
    usable = np.zeros(len(known))
    for first, last in ready.rows:
        usable[first:last] = known[first:last]
    share = np.cumsum(usable) / max(usable.sum(), 1.0)
    quarter = int(np.searchsorted(share, 1.0 - GATE_SHARE) + 1)
    if before is None:
        return quarter
    new = int(np.searchsorted(ready.window.times_us(), before.calibration.window[1]))
    return max(quarter, new) if usable[new:].sum() > 0 else quarter


def champion(context: Context, state: State) -> ModelVersion | None:
    """The version that was in service when the job began."""
    return models.get(context, state["plant"], state["champion"]) if state["champion"] else None


def maintained(context: Context, plant: str, before: ModelVersion | None, window: SignalWindow) -> bool:
    """Whether maintenance was recorded since the champion's data ended."""
    if before is None:
        return False
    end_us = int(window.times_us()[-1])
    with context.sessions() as session:
        happened = events.between(session, plant, min(before.calibration.window[1], end_us), end_us + 1)
    return any(event.kind is EventKind.MAINTENANCE for event in happened)


def near_champion(context: Context, state: State, ready: Study) -> Study:
    """The study with bounds that keep non-wear parameters within the drift that the nights since the champion allow."""
    before = champion(context, state)
    if before is None or state["maintained"]:
        return ready
    room = drift_room(nights_since(before, ready.window))
    numbers = limited(ready.runs.numbers, before.posterior.as_dict(), room)
    return replace(ready, runs=ready.runs.with_numbers(numbers, ready.runs.parameters))


def nights_since(before: ModelVersion | None, window: SignalWindow) -> int:
    """Days begun between the end of a version's data and a window's, at least one."""
    if before is None:
        return 1
    return max(1, -(-(int(window.times_us()[-1]) + 1 - before.calibration.window[1]) // DAY_US))


def going_on_from(context: Context, state: State, ready: Study) -> ModelVersion | None:
    """The champion where a night may carry its training on: it learned the same numbers, weights included.

    Its wear is brought to the window's beginning, so that the fit begins near what it looks for.
    """
    before = champion(context, state) if state.get("carry") else None
    if before is None or before.calibration.names != ready.runs.numbers.names:
        return None
    residual = before.residual
    if residual is None:
        return before if len(ready.weights) == 0 else None
    known = {*residual.names, *residual.parameter_names}
    return aged(context, before, ready) if known >= {*ready.weights.names, *ready.runs.numbers.names} else None


def learn(
    context: Context,
    state: State,
    ready: Study,
    calibration: Calibration,
    progress: Progress,
) -> Learned:
    """Cross-fit physics alone, and the residual where the plant has corrections to learn."""
    wanted = len(ready.weights) > 0
    share = PHYSICS_SHARE if wanted else 1.0
    physics = learning_groups.learn_apart(
        context, state, "physics", ready, calibration.values,
        lambda done, text: progress(share * done, f"physics, {text}"),
    )  # fmt: skip
    unseen = {"physics": ready.spread_out(physics.unseen)}
    calibration = versions.with_expected_error(calibration, physics.fit.sigma, ready.assembly.sensor_tags)
    apart = {"physics": versions.apart_of(ready, physics)}
    if not wanted:
        return Learned(calibration, None, unseen, _known(apart))
    hybrid = learning_groups.learn_apart(
        context, state, "residual", ready, calibration.values,
        lambda done, text: progress(share + (1.0 - share) * done, f"residual, {text}"),
    )  # fmt: skip
    unseen["hybrid"] = ready.spread_out(hybrid.unseen)
    apart["hybrid"] = versions.apart_of(ready, hybrid)
    return Learned(calibration, versions.residual_of(ready, hybrid), unseen, _known(apart))


def learn_on(
    context: Context,
    state: State,
    stage: str,
    ready: Study,
    calibration: Calibration,
    trained: Learned,
    progress: Progress,
) -> Learned:
    """Go on with members that were trained before, on a part of the same window or on the nights before.

    The expected error stays what their unseen samples showed. Each island learns by itself; see `learning_groups`.
    """
    calibration = replace(calibration, noise_sd=trained.calibration.noise_sd)
    before = trained.residual
    if before is None:
        return Learned(calibration, None, {})
    columns = [before.names.index(name) for name in ready.weights.names]
    numbers = [before.parameter_names.index(name) for name in ready.runs.numbers.names]
    first = np.concatenate([before.parameters[:, numbers].T, before.weights[:, columns].T])
    expected = np.array([before.noise_sd[tag] for tag in ready.assembly.sensor_tags])
    values = learning_groups.learn(context, state, stage, ready, first, expected, progress)
    runs = with_weights(ready)
    found = as_they_stand(runs, values, expected, own_starts=ready.own, plan=learning_groups.plan(state))
    return Learned(calibration, versions.residual_of(ready, found), {})


def expecting(learned: Learned, expected: dict[str, float]) -> Learned:
    """The same with the errors that the newest unseen samples showed; what was misjudged is learned in earnest now."""
    calibration = replace(learned.calibration, noise_sd={**learned.calibration.noise_sd, **expected})
    residual = learned.residual
    if residual is not None:
        residual = replace(residual, noise_sd={**residual.noise_sd, **expected})
    return replace(learned, calibration=calibration, residual=residual)


def keep(context: Context, state: State, name: str, learned: Learned) -> str:
    """Write what was learned to the job's folder; returns its digest."""
    residual = learned.residual
    arrays: dict[str, Array] = {f"unseen_{who}": array for who, array in learned.unseen.items()}
    for who, members in learned.apart.items():
        arrays |= {f"apart_{who}": members.values, f"spans_{who}": members.spans.astype(np.float64)}
    facts: State = {"calibration": calibration_document(learned.calibration)}
    facts |= {"unseen": list(learned.unseen), "apart": list(learned.apart)}
    if residual is not None:
        arrays |= {"weights": residual.weights, "parameters": residual.parameters}
        facts |= {"names": list(residual.names), "parameter_names": list(residual.parameter_names)}
        facts |= {"noise_sd": residual.noise_sd}
    return files.save(context, state["job"], name, arrays, facts)


def restore(context: Context, state: State, name: str, digest: str) -> Learned:
    """What `keep` wrote."""
    arrays, facts = files.load(context, state["job"], name, digest)
    residual = None
    if "names" in facts:
        parameter_names = tuple(facts["parameter_names"])
        known = (arrays["weights"], parameter_names, arrays["parameters"], facts["noise_sd"])
        residual = Residual(tuple(facts["names"]), *known)
    unseen = {who: arrays[f"unseen_{who}"] for who in facts["unseen"]}
    apart = {
        who: Apart(arrays[f"apart_{who}"], arrays[f"spans_{who}"].astype(np.int64)) for who in facts.get("apart", ())
    }
    return Learned(calibration_of(facts["calibration"]), residual, unseen, apart)


def _known(apart: dict[str, Apart | None]) -> dict[str, Apart]:
    return {who: members for who, members in apart.items() if members is not None}
