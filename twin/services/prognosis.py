"""Use cases of failure forecasts: issue one, look at the newest."""

from __future__ import annotations

from twin.errors import NotReady
from twin.prediction.future import days
from twin.prognosis.forecast import forecast as compute
from twin.prognosis.maintenance_date import FAILURE_COST_RATIO
from twin.records.forecast import FailureForecast
from twin.services import plants, present
from twin.services.basis import stand_on
from twin.services.clock import now_us
from twin.services.context import Context, Progress, silent
from twin.services.origins import versions
from twin.services.steps import State
from twin.store import forecasts as store

CYCLE_SAMPLE_S = 300.0
"""Inputs of the duty cycle are taken every five minutes: wear integrates power and temperature, not their noise."""
PRESENT_SHARE = 0.3
"""Share of the progress bar that finding the present state takes."""


def forecast(
    context: Context,
    plant: str,
    *,
    worlds: int = 256,
    seed: int = 0,
    issued_us: int | None = None,
    failure_cost_ratio: float = FAILURE_COST_RATIO,
    progress: Progress = silent,
) -> tuple[FailureForecast, ...]:
    """Forecast every failure mode from the end of the log on, most pressing first, and keep it for scoring.

    A plant without a log is forecast from its nominal start and inputs.
    Raises: NotFound.
    """
    progress(0.0, "reading the plant")
    basis = stand_on(context, plant)
    try:
        now = present.at(
            context, plant, basis, count=worlds, seed=seed,
            tell=lambda share: progress(PRESENT_SHARE * share, "finding the present state"),
        )  # fmt: skip
    except NotReady:
        now = present.nominal(basis, count=worlds, seed=seed, time_us=now_us(context))
    zone = basis.scene.site.time_zone
    logged = days(basis.model, basis.assembly, now.history, sample_s=CYCLE_SAMPLE_S, zone=zone)
    rest = 1.0 - PRESENT_SHARE
    found = compute(
        now.worlds, basis.assembly, logged, CYCLE_SAMPLE_S,
        issued_us=issued_us or now_us(context),
        model_version=basis.version_number,
        failure_cost_ratio=failure_cost_ratio,
        provenance={
            "scene_revision": basis.revision,
            "seed": seed,
            "worlds": worlds,
            "failure_cost_ratio": failure_cost_ratio,
            "start_us": now.time_us,
            "watermark_us": None if now.history is None else now.history.watermark_us,
            **versions(),
        },
        tell=lambda share: progress(PRESENT_SHARE + rest * share, "running wear forward"),
    )  # fmt: skip
    with context.sessions.begin() as session:
        store.save(session, plant, found)
    return found


def latest(context: Context, plant: str) -> tuple[FailureForecast, ...]:
    """The newest forecast of every failure mode, most pressing first; empty before the first.

    Raises: NotFound.
    """
    plants.get(context, plant)
    with context.sessions() as session:
        return store.latest(session, plant)


def _begin(context: Context, state: State, progress: Progress) -> State:
    """Fix the time of issue, so that a step that was cut writes the same forecast again."""
    return {**state, "issued_us": now_us(context)}


def _step(context: Context, state: State, progress: Progress) -> State:
    """Forecast as the job asks."""
    found = forecast(
        context, state["plant"], worlds=state.get("worlds", 256), seed=state.get("seed", 0),
        issued_us=state["issued_us"], failure_cost_ratio=state.get("failure_cost_ratio", FAILURE_COST_RATIO),
        progress=progress,
    )  # fmt: skip
    return {**state, "result": {"forecasts": len(found), "issued_us": state["issued_us"]}}


STEPS = (("begin", _begin), ("forecast", _step))
