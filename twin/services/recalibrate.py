"""The recalibration: align → fit → train → judge → refit → publish, each a durable step.

A step reads what earlier ones left in the job's folder and its state, so a killed job goes on at the step that was cut.
Nothing that is in service is touched before the one commit of the last step.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from twin.assembly.assemble import assemble
from twin.calibration.fit import calibrate
from twin.calibration.study import require_enough, study
from twin.calibration.versions import Learned
from twin.records.model import ModelStatus, ModelVersion
from twin.records.model_document import (
    band_document,
    band_of,
    calibration_document,
    calibration_of,
    gate_document,
    gate_of,
)
from twin.records.night import Exclusion
from twin.services import learning_groups, models, nights, plants, windows
from twin.services import recalibration_files as files
from twin.services import recalibration_parts as parts
from twin.services.admissibility import STABLE_STEPS
from twin.services.aged import aged
from twin.services.clock import now_us
from twin.services.context import Context, Progress, silent
from twin.services.judge import judge
from twin.services.provenance import provenance

State = dict[str, Any]

DEFAULTS: State = {"seed": 0, "members": 6, "starts": 16, "rounds": [8, 12, 20], "stable_steps": STABLE_STEPS}
"""Seed of every draw; members of the ensemble; first guesses of the fit; iterations per round; samples that a candidate
must last."""

FIT_SHARE = 0.2
"""Share of the refit's progress that physics alone takes."""


def recalibrate(
    context: Context,
    plant: str,
    *,
    start_us: int | None = None,
    end_us: int | None = None,
    options: State | None = None,
    progress: Progress = silent,
) -> ModelVersion:
    """Run all steps in order, in this process.

    Args:
        context: Access to the world.
        plant: Name of the plant.
        start_us: First sample to learn from; everything known by default.
        end_us: No sample at or after it.
        options: Any of `DEFAULTS`.
        progress: Told the finished share.
    Raises: NotFound, NotReady, InvalidInput, Cancelled.
    """
    state: State = {"job": f"recalibrate-{now_us(context)}", "plant": plant, **(options or {})}
    state |= {"start_us": start_us, "end_us": end_us}
    for number, (name, step) in enumerate(STEPS):

        def told(share: float, text: str, number: int = number, name: str = name) -> None:
            progress((number + share) / len(STEPS), f"{name}: {text}")

        told(0.0, "begins")
        state = step(context, state, told)
    return models.get(context, plant, state["result"]["version"])


def align(context: Context, state: State, progress: Progress) -> State:
    """Cut the window and pin what was known: scene revision, watermark, champion, maintenance since."""
    state = {**DEFAULTS, **state}
    plant = state["plant"]
    scene, revision = plants.get(context, plant)
    window = windows.window(context, plant, state.get("start_us"), state.get("end_us"))
    window = nights.without(window, [Exclusion(**item) for item in state.get("excluded", ())])
    progress(0.5, f"{window.samples} samples")
    champion = models.champion_or_none(context, plant)
    assembly = assemble(scene, types=plants.types(context))
    ready = study(assembly, assembly.compile(), window)
    require_enough(ready)
    parts.require_trainable(ready)
    return {
        **state,
        "notes": str(files.folder(context, state["job"]) / "descent"),
        "start_us": window.start_us,
        "end_us": int(window.times_us()[-1]) + 1,
        "revision": revision.revision,
        "window": files.save_window(context, state["job"], window),
        "gate_at": parts.gate_at(ready, champion if state.get("carry") else None),
        "champion": champion.version if champion else None,
        "maintained": parts.maintained(context, plant, champion, window),
    }


def fit(context: Context, state: State, progress: Progress) -> State:
    """Fit physics alone on the part before the gate's window."""
    ready = parts.near_champion(context, state, parts.ready_of(context, state, until=state["gate_at"]))
    require_enough(ready)
    going_on = parts.going_on_from(context, state, ready)
    found = calibrate(
        ready,
        revision=state["revision"],
        starts=state["starts"],
        seed=state["seed"],
        near=going_on.calibration.values if going_on else None,
        plan=learning_groups.plan(state),
        progress=progress,
    )
    return {**state, "fit": calibration_document(found.calibration)}


def train(context: Context, state: State, progress: Progress) -> State:
    """Train the residual jointly with the parameters, members that each miss a stretch; physics alone likewise."""
    ready = parts.near_champion(context, state, parts.ready_of(context, state, until=state["gate_at"]))
    calibration, going_on = calibration_of(state["fit"]), parts.going_on_from(context, state, ready)
    if going_on is None:
        learned = parts.learn(context, state, ready, calibration, progress)
    else:
        before = Learned(going_on.calibration, going_on.residual, {})
        learned = parts.learn_on(context, state, "train", ready, calibration, before, progress)
    return {**state, "train": parts.keep(context, state, "train", learned)}


def judge_candidate(context: Context, state: State, progress: Progress) -> State:
    """Put the candidate before the gate."""
    learned, whole = parts.restore(context, state, "train", state["train"]), parts.ready_of(context, state)
    champion = parts.champion(context, state)
    progress(0.2, "free runs over the newest samples")
    found = judge(
        parts.ready_of(context, state, until=state["gate_at"]),
        whole,
        learned,
        champion=champion and aged(context, champion, whole),
        maintained=state["maintained"],
        steps=state["stable_steps"],
        before=[version.gate for version in reversed(models.list_models(context, state["plant"]))],
    )
    return {
        **state,
        "candidate": found.candidate,
        "gate": gate_document(found.report),
        "band": band_document(found.band),
        "expected": found.expected,
    }


def refit(context: Context, state: State, progress: Progress) -> State:
    """After a promotion, go on from what was judged with the gate's window too; what was rejected stays as it was."""
    if not state["gate"]["promoted"]:
        return {**state, "final": "train", "final_digest": state["train"]}
    ready = parts.near_champion(context, state, parts.ready_of(context, state))
    trained = parts.expecting(parts.restore(context, state, "train", state["train"]), state["expected"])
    found = calibrate(
        ready,
        revision=state["revision"],
        near=trained.calibration.values,
        plan=learning_groups.plan(state),
        progress=lambda share, text: progress(FIT_SHARE * share, text),
    )
    learned = parts.learn_on(
        context,
        state,
        "refit",
        ready,
        found.calibration,
        trained if state["candidate"] == "hybrid" else replace(trained, residual=None),
        lambda share, text: progress(FIT_SHARE + (1.0 - FIT_SHARE) * share, text),
    )
    return {**state, "final": "final", "final_digest": parts.keep(context, state, "final", learned)}


def publish(context: Context, state: State, progress: Progress) -> State:
    """Write the version; a promoted one becomes champion in the same commit."""
    report = gate_of(state["gate"])
    learned = parts.restore(context, state, state["final"], state["final_digest"])
    hybrid = state["candidate"] == "hybrid"
    version = ModelVersion(
        plant=state["plant"],
        version=0,
        status=ModelStatus.CHAMPION if report.promoted else ModelStatus.REJECTED,
        scene_revision=state["revision"],
        calibration=learned.calibration,
        residual=learned.residual if hybrid else None,
        band=band_of(state["band"]),
        gate=report,
        created_us=0,
        parent=state["champion"],
        provenance=provenance(state, tuple(DEFAULTS)),
    )
    progress(0.5, report.verdict)
    done = models.publish(context, version, job=state["job"])
    words = {"version": done.version, "status": done.status.value, "promoted": report.promoted}
    return {**state, "result": {**words, "verdict": report.verdict}}


STEPS: tuple[tuple[str, Callable[[Context, State, Progress], State]], ...] = (
    ("align", align),
    ("fit", fit),
    ("train", train),
    ("judge", judge_candidate),
    ("refit", refit),
    ("publish", publish),
)
