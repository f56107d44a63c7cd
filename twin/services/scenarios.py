"""Use cases of what-ifs: ask, look, replay, and what may be changed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from physics.simulate.rollout import Options
from twin.errors import Fault, InvalidInput, NotFound
from twin.ingest.time_units import EPOCH
from twin.prediction.future import ahead
from twin.prediction.remembered import Remembered, digest
from twin.records.scenario import Change, ChangeKind, Outcome, Scenario
from twin.scenarios.both import Half, anew
from twin.scenarios.changes import prepare
from twin.scenarios.run import Setting, compare
from twin.scenarios.targets import Target, change_of, targets_of
from twin.scenarios.validity import Envelope, envelope_of
from twin.services import lines, plants, present
from twin.services.basis import Basis, stand_on
from twin.services.clock import now_us
from twin.services.context import Context, Progress, silent
from twin.services.origins import differences, versions
from twin.services.steps import State
from twin.services.windows import window
from twin.store import outcomes as store
from twin.store import readings

Floats = NDArray[np.float64]

START_WORDS = ("now", "nominal")
KEPT, KEPT_BYTES = 3, 256 << 20
"""So many baselines are kept, of at most so much (52 MB for 256 worlds of the bottling plant over eight hours)."""
ASSIMILATE_SHARE = 0.4
"""Share of the progress bar that finding the present state takes; the rest compares."""


def run(context: Context, scenario: Scenario, *, outcome: str = "", progress: Progress = silent) -> Outcome:
    """Answer a what-if and keep the answer.

    Args:
        context: Access to the database.
        scenario: The question.
        outcome: Id to keep the answer under, a fresh one by default.
        progress: Told the share done.
    Raises: NotFound; NotReady, when it starts now and there is no log; InvalidInput, with every bad change.
    """
    answer = _answer(context, scenario, {}, progress)
    saved = replace(answer, id=outcome or f"outcome-{uuid.uuid4().hex[:16]}", created_us=now_us(context))
    with context.sessions.begin() as session:
        store.save(session, saved)
    return saved


def get(context: Context, plant: str, outcome: str) -> Outcome:
    """One answer.

    Raises: NotFound.
    """
    with context.sessions() as session:
        found = store.get(session, plant, outcome)
    if found is None:
        raise NotFound("what-if", outcome)
    return found


def listed(
    context: Context, plant: str, *, limit: int = 50, after: tuple[int, str] | None = None
) -> tuple[Outcome, ...]:
    """Answers of a plant without their series, newest first, those after (created_us, id) if given."""
    with context.sessions() as session:
        return tuple(store.listed(session, plant, limit=limit, after=after))


def replay(context: Context, plant: str, outcome: str, *, progress: Progress = silent) -> dict[str, Any]:
    """Run an answered what-if again from its provenance and compare bit for bit.

    Returns: {identical, outcome, digest, replayed, differences}: what of code, libraries or machine differs if it
        could not be reproduced.
    Raises: NotFound.
    """
    before = get(context, plant, outcome)
    again = _answer(context, before.scenario, before.provenance, progress)
    digests = before.provenance["digest"], again.provenance["digest"]
    return {
        "identical": digests[0] == digests[1],
        "outcome": outcome,
        "digest": digests[0],
        "replayed": digests[1],
        "differences": differences(before.provenance, again.provenance),
    }


def targets(context: Context, plant: str) -> tuple[Target, ...]:
    """Everything that a what-if of this plant may change."""
    scene, _revision = plants.get(context, plant)
    of_line = lines.targets(scene)
    if lines.is_alone(scene):
        return of_line
    basis = stand_on(context, plant)
    return (*targets_of(basis.assembly, basis.model), *of_line)


def worded(
    context: Context, plant: str, target: str, *, value: float | None = None, factor: float | None = None
) -> Change:
    """A change from its words: the target is a path with a value in SI, or an input's tag with one in its own unit."""
    scene, _revision = plants.get(context, plant)
    if lines.names(scene, target) or lines.is_alone(scene):
        return Change(ChangeKind.SETTING, target, value, factor)
    basis = stand_on(context, plant)
    return change_of(basis.assembly, basis.model, target, value=value, factor=factor)


def check(context: Context, scenario: Scenario) -> None:
    """Refuse a question that cannot be answered, before it waits in a queue.

    Raises: NotFound; InvalidInput, with every fault.
    """
    scene, _revision = plants.get(context, scenario.plant)
    _start_us(scenario.start)
    _samples(scenario)
    if lines.is_alone(scene):
        lines.check(scene, scenario)
        return
    basis = stand_on(context, scenario.plant)
    _memory(basis, scenario)
    lines.check(scene, scenario)
    prepare(scenario.changes, basis.assembly, basis.model, samples=_samples(scenario), sample_s=scenario.sample_s)


def _answer(context: Context, scenario: Scenario, pinned: dict[str, Any], progress: Progress) -> Outcome:
    progress(0.0, "reading the plant")
    scene, revision = plants.get(context, scenario.plant, pinned.get("scene_revision"))
    if lines.is_alone(scene):
        _samples(scenario)
        time_us = pinned.get("start_us") or _start_us(scenario.start) or now_us(context)
        provenance = _provenance(scenario, revision.revision, 0, time_us, None)
        return lines.answer(scene, scenario, time_us, provenance=provenance)
    basis = stand_on(
        context,
        scenario.plant,
        revision=pinned.get("scene_revision"),
        version=pinned.get("model_version") or None,
        priors=pinned.get("model_version") == 0,
        until_us=pinned.get("start_us"),
    )
    model, samples = basis.model, _samples(scenario)
    _memory(basis, scenario)
    prepare(scenario.changes, basis.assembly, model, samples=samples, sample_s=scenario.sample_s)
    now = _present(context, scenario, basis, pinned, progress)
    inputs = ahead(
        model, basis.assembly, now.history,
        samples=samples, sample_s=scenario.sample_s, worlds=scenario.worlds, seed=scenario.seed,
        zone=basis.scene.site.time_zone,
    )  # fmt: skip
    watermark_us = None if now.history is None else now.history.watermark_us
    provenance = _provenance(scenario, basis.revision, basis.version_number, now.time_us, watermark_us)
    line = lines.pair(basis.scene, scenario, now.time_us)
    envelope = _envelope(context, scenario.plant, basis)
    followed = now.followed is not None
    remember = anew if pinned else _remembered  # a replay runs everything anew
    setting = Setting(basis.assembly, now.worlds, inputs, basis.band, envelope, line, followed, remember)
    rest = 1.0 - ASSIMILATE_SHARE
    return compare(
        scenario,
        setting,
        provenance=provenance,
        tell=lambda share: progress(ASSIMILATE_SHARE + rest * share, "comparing the worlds"),
    )


_baselines: Remembered[Half] = Remembered(KEPT, most_bytes=KEPT_BYTES, size=lambda half: half.held_bytes)


def _remembered(made_of: tuple[Floats | str, ...], compute: Callable[[], Half]) -> Half:
    return _baselines.get(digest(*made_of), compute)


def _provenance(
    scenario: Scenario, revision: int, version: int, time_us: int, watermark_us: int | None
) -> dict[str, Any]:
    return {
        "scene_revision": revision,
        "model_version": version,
        "seed": scenario.seed,
        "worlds": scenario.worlds,
        "start_us": time_us,
        "watermark_us": watermark_us,
        **versions(),
    }


def _present(
    context: Context, scenario: Scenario, basis: Basis, pinned: dict[str, Any], progress: Progress
) -> present.Present:
    if scenario.start == "nominal":
        time_us = pinned.get("start_us") or now_us(context)
        return present.nominal(basis, count=scenario.worlds, seed=scenario.seed, time_us=time_us)
    return present.at(
        context,
        scenario.plant,
        basis,
        count=scenario.worlds,
        seed=scenario.seed,
        time_us=pinned.get("start_us") or _start_us(scenario.start),
        watermark_us=pinned.get("watermark_us"),
        tell=lambda share: progress(ASSIMILATE_SHARE * share, "finding the present state"),
    )


def _start_us(start: str) -> int | None:
    if start in START_WORDS:
        return None
    try:
        time = datetime.fromisoformat(start)
    except ValueError:
        time = None
    if time is None or time.tzinfo is None:
        raise InvalidInput([Fault("start", repr(start), "'now', 'nominal' or an ISO 8601 time with a zone")])
    return (time - EPOCH) // timedelta(microseconds=1)


def _samples(scenario: Scenario) -> int:
    faults = []
    if not scenario.horizon_s > 0:
        faults.append(Fault("horizon_s", f"{scenario.horizon_s}", "a positive time"))
    if not 0 < scenario.sample_s <= max(scenario.horizon_s, 0.0):
        faults.append(Fault("sample_s", f"{scenario.sample_s}", "a positive time within the horizon"))
    if scenario.worlds < 2:
        faults.append(Fault("worlds", f"{scenario.worlds}", "at least 2", "An interval needs more than one world."))
    if faults:
        raise InvalidInput(faults)
    return max(2, round(scenario.horizon_s / scenario.sample_s) + 1)


def _memory(basis: Basis, scenario: Scenario) -> None:
    """Refuse what no run can hold, coupled or not."""
    samples, most = _samples(scenario), Options().memory_limit_bytes
    if (needed := basis.model.memory_bytes(samples, scenario.worlds)) > most:
        got = f"{needed:,} bytes for {samples} samples x {scenario.worlds} worlds"
        step = "Ask for fewer worlds, or for samples farther apart."
        raise InvalidInput([Fault("worlds", got, f"at most {most:,} bytes", step)])


_envelopes: Remembered[tuple[object, Envelope]] = Remembered(KEPT)
"""By database, version and watermark; each with its way to the database, so that the id of that is not given anew."""


def _envelope(context: Context, plant: str, basis: Basis) -> Envelope | None:
    if basis.version is None:
        return None
    first, last = basis.calibration.window
    with context.sessions() as session:
        known_us = readings.watermark_us(session, plant)
    key = repr((id(context.sessions), plant, basis.revision, first, last, known_us))

    def read() -> tuple[object, Envelope]:
        found = window(context, plant, first, last, revision=basis.revision, watermark_us=known_us)
        return context.sessions, envelope_of(found)

    return _envelopes.get(key, read)[1]


def _step(context: Context, state: State, progress: Progress) -> State:
    """Answer, or replay, as the job asks; the answer's id is the job's, so that a cut step writes it once."""
    if "replay" in state:
        result = replay(context, state["plant"], state["replay"], progress=progress)
    else:
        scenario = store.scenario_of({**state["scenario"], "plant": state["plant"]})
        saved = run(context, scenario, outcome=state["job"], progress=progress)
        result = {"outcome": saved.id, "verdict": saved.verdict}
    return {**state, "result": result}


STEPS = (("compare", _step),)
