"""The nightly job: look at the day, learn if it teaches, judge, promote or not, forecast, score, report.

Each step is durable: a job that was killed goes on at the step that was cut, and the same night twice gives the same
report, since the report of a day is written once.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from twin.errors import NotReady
from twin.ledger import failures as ledger
from twin.night.day import edges_us
from twin.night.quality import assess
from twin.night.report import actions, sentence, verdict_of
from twin.records.night import DayQuality, Exclusion, Finding, FindingKind, NightReport
from twin.services import coverage, events, models, nights, plants, prognosis, recalibrate
from twin.services import recalibration_files as files
from twin.services.basis import stand_on
from twin.services.clock import now_us
from twin.services.context import Context, Progress, silent
from twin.services.day_faults import findings_of
from twin.services.explain import explanations
from twin.services.live import regression
from twin.services.night_watch import after_maintenance, maintenance, run_of_day, scores_of
from twin.services.provenance import code_digest, versions
from twin.services.steps import State, Step
from twin.store import forecasts, readings
from twin.store import nights as store
from twin.store.documents import plain

LEARN_DAYS = 7
"""A night learns from so many days; older ones are in the champion, which it goes on from."""
LEAST_DAYS = 2
"""Fewer days since maintenance do not carry a candidate and its judgement."""
DAY_US = 86_400_000_000
LEDGER_DAYS = 400
"""Failure forecasts of so many days are still scored: the longest horizon is a year."""
MOST_FAILURES = 3
"""The most pressing forecasts that a report shows."""

ONE_DAY = timedelta(days=1)

Work = Callable[[Context, State, Progress], State]


def begin(context: Context, state: State, progress: Progress) -> State:
    """Fix the day's edges, judge its log, and decide whether and from where on to learn."""
    plant = state["plant"]
    scene, revision = plants.get(context, plant)
    night = date.fromisoformat(state["day"])
    start_us, end_us = edges_us(night - ONE_DAY, scene.site.time_zone)
    champion = models.champion_or_none(context, plant)
    quality = _quality(context, plant, start_us, end_us)
    progress(0.5, "the day's log is judged")
    from_us = end_us - round(state.get("learn_days", LEARN_DAYS)) * DAY_US
    learn_us = after_maintenance(context, plant, from_us, end_us) if champion else from_us
    state = {
        **state,
        "night_day": (night - ONE_DAY).isoformat(),
        "day_us": [start_us, end_us],
        "issued_us": now_us(context),
        "quality": plain(quality),
        "revision_now": revision.revision,
        "before": champion.version if champion else 0,
        "start_us": learn_us,
        "end_us": end_us,
        "carry": champion is not None,
        "excluded": [plain(item) for item in nights.exclusions(context, plant, before=state["day"])],
    }
    return {**state, "why_not": _why_not(quality, end_us - learn_us, champion is not None)}


def _quality(context: Context, plant: str, start_us: int, end_us: int) -> DayQuality:
    scene, _revision = plants.get(context, plant)
    sensors = scene.modelled_sensors
    units = {sensor.tag: sensor for sensor in sensors}
    with context.sessions() as session:
        found = readings.series(session, plant, list(units), start_us, end_us)
    noise = {tag: sensor.noise_sd for tag, sensor in units.items()}
    spacing_us = (scene.sampling_s or 60.0) * 1e6
    return assess(found, noise, start_us=start_us, end_us=end_us, spacing_us=spacing_us)


def _why_not(quality: DayQuality, learn_us: int, has_champion: bool) -> str:
    """Why this night does not learn, "" where it does."""
    if quality.share == 0:
        return "no usable reading arrived for that day. Check the connection to the historian."
    if not quality.learn:
        return f"only {100 * quality.share:.0f} % of the day's readings are usable, too few to learn from."
    if has_champion and learn_us < LEAST_DAYS * DAY_US:
        return f"maintenance changed the plant; {LEAST_DAYS} days after it the log teaches again."
    return ""


def watch(context: Context, state: State, progress: Progress) -> State:
    """Score the day's forecast by the version in service and say what it did not expect."""
    start_us, end_us = state["day_us"]
    own = [Exclusion(**item) for item in state["quality"]["exclusions"]]
    excluded = (*(Exclusion(**item) for item in state["excluded"]), *own)
    basis = stand_on(context, state["plant"])
    run = run_of_day(context, basis, start_us, end_us, excluded)
    progress(0.5, "the day was run beside its log")
    found = findings_of(run, _quality_of(state["quality"]), start_us, end_us)
    excluded = (
        *excluded,
        *(Exclusion(item.subject, item.start_us, item.end_us, item.text) for item in found if item.exclude),
    )
    return {
        **state,
        "scores": plain(scores_of(run)) if run else {},
        "findings": plain(found),
        "excluded": plain(excluded),
    }


def stand_by(context: Context, state: State, progress: Progress) -> State:
    """Take the version out of service that does worse than the one before it on all that neither had seen."""
    if state["why_not"]:
        return state
    excluded = tuple(Exclusion(**item) for item in state["excluded"])
    basis = stand_on(context, state["plant"])
    worse = regression(context, basis, state["day_us"][1], excluded)
    if worse is None:
        return state
    models.roll_back(context, state["plant"], champion=basis.version_number, to=worse.older.version)
    progress(1.0, f"version {worse.older.version} is back in service")
    why = f"version {worse.older.version} had {100 * worse.gain:.0f} % less squared error, chance {worse.chance:.2g}."
    return {**state, "rolled_back": worse.older.version, "why_not": why}


def hold_to_promise(context: Context, state: State, progress: Progress) -> State:
    """Hold the bands of the version in service against the day, lead by lead; what was promised adapts."""
    start_us, end_us = state["day_us"]
    if state["before"] and state["quality"]["learn"]:
        progress(0.0, "what bands promised and the day delivered")
        with suppress(NotReady):
            coverage.deliver(context, state["plant"], start_us=start_us, end_us=end_us)
    return state


def unless_idle(step: Work) -> Work:
    """A step of the recalibration, passed over where the night does not learn."""

    def taken(context: Context, state: State, progress: Progress) -> State:
        if state["why_not"]:
            return state
        try:
            return step(context, state, progress)
        except NotReady as error:
            return {**state, "why_not": str(error)}

    return taken


def after_learning(_context: Context, state: State, _progress: Progress) -> State:
    """Put the recalibration's result aside, before the forecast writes its own."""
    return {**state, "recalibration": state.get("result")}


def propose(context: Context, state: State, progress: Progress) -> State:
    """After a promotion, look for simple terms that say what was learned."""
    if not state.get("explain", True) or not (state.get("recalibration") or {}).get("promoted"):
        return {**state, "proposals": []}
    progress(0.0, "explaining what was learned")
    try:
        found = [row for row in explanations(context, state["plant"]) if row["proposed"]]
    except NotReady:
        found = []
    return {**state, "proposals": plain(found)}


def forecast(context: Context, state: State, progress: Progress) -> State:
    """Forecast failures from the end of the log on; a night without a single reading issues none."""
    if state["quality"]["share"] == 0:
        return {**state, "failures": []}
    found = prognosis.forecast(
        context, state["plant"], worlds=state.get("worlds", 256), seed=state.get("seed", 0),
        issued_us=state["issued_us"], progress=progress,
    )  # fmt: skip
    rows = [
        {
            "asset": item.asset,
            "mode": item.mode,
            "action": item.action,
            "within_30_days": item.probability.get(30, {}).get("value"),
            "wear_now": item.wear_now.get("median"),
            "remaining_days": item.remaining_days.get("p50"),
        }
        for item in found[:MOST_FAILURES]
    ]
    return {**state, "failures": plain(rows), "forecasts": len(found)}


def report(context: Context, state: State, progress: Progress) -> State:
    """Score what was forecast long ago, say all of it in words, and write the report once."""
    night = compose(context, state)
    with context.sessions.begin() as session:
        store.save(session, night)
    kept = nights.get(context, night.plant, night.day)
    progress(1.0, kept.sentence)
    result = {"day": kept.day, "verdict": kept.verdict.value, "sentence": kept.sentence, "version": kept.model_after}
    return {**state, "result": {**result, "forecasts": state.get("forecasts", 0)}}


def compose(context: Context, state: State) -> NightReport:
    """The report of a night from what its steps found."""
    plant, (start_us, end_us) = state["plant"], state["day_us"]
    scene, _revision = plants.get(context, plant)
    found, gate = state.get("recalibration"), {} if state["why_not"] else state.get("gate", {})
    back = state.get("rolled_back")
    verdict = verdict_of(found["promoted"] if found else None, rolled_back=back is not None)
    after = back or (found["version"] if found and found["promoted"] else state["before"])
    quality = _quality_of(state["quality"])
    findings = tuple(Finding(**{**item, "kind": FindingKind(item["kind"])}) for item in state["findings"])
    words = sentence(verdict, before=state["before"], after=after, gate=gate, why_not=state["why_not"], quality=quality)
    visits = [
        f"Maintenance of {event.asset}: {event.text or 'no note'}."
        for event in maintenance(context, plant, start_us, end_us)
    ]
    return NightReport(
        plant=plant,
        day=state["night_day"],
        zone=scene.site.time_zone,
        start_us=start_us,
        end_us=end_us,
        verdict=verdict,
        sentence=words,
        model_before=state["before"],
        model_after=after,
        quality=DayQuality(quality.tags, quality.share, (*quality.notes, *visits), quality.exclusions, quality.learn),
        scores=state["scores"],
        ledger=plain(_ledger(context, plant, state["issued_us"], end_us)),
        findings=findings,
        gate=gate,
        failures=tuple(state["failures"]),
        proposals=tuple(state.get("proposals", ())),
        actions=actions(findings, state["failures"], state.get("proposals", ())),
        created_us=state["issued_us"],
        provenance={
            "job": state["job"],
            "scene_revision": state["revision_now"],
            "learned_from_us": [state["start_us"], state["end_us"]],
            "code_sha256": code_digest(),
            "versions": versions(),
        },
    )


def _quality_of(document: dict[str, Any]) -> DayQuality:
    exclusions = tuple(Exclusion(**item) for item in document["exclusions"])
    return DayQuality(
        tuple(document["tags"]), document["share"], tuple(document["notes"]), exclusions, document["learn"]
    )


def _ledger(context: Context, plant: str, now: int, end_us: int) -> dict[str, Any]:
    """Failure forecasts whose time has come, scored."""
    with context.sessions() as session:
        issued = forecasts.issued(session, plant, end_us - LEDGER_DAYS * DAY_US, now)
    return ledger.score(issued, events.listed(context, plant), end_us) if issued else {}


def run(
    context: Context, plant: str, night: date, *, options: State | None = None, progress: Progress = silent
) -> NightReport:
    """Run the night that begins a day, in this process; a night that has its report is not run again.

    Each step's end is noted in the job's folder: a night that was cut, by a kill too, goes on at the step that was cut.

    Args:
        context: Access to the world.
        plant: Name of the plant.
        night: The day in whose first hours the night falls; the report is on the day before.
        options: Any of the recalibration's, and `learn_days`, `worlds`, `explain`.
        progress: Told the finished share.
    Raises: NotFound, InvalidInput, Cancelled.
    """
    day = (night - ONE_DAY).isoformat()
    known = [found for found in nights.listed(context, plant, count=nights.MEMORY_DAYS) if found.day == day]
    if known:
        return known[0]
    state: State = {"job": nights.job_of(plant, night), "plant": plant, "day": night.isoformat()}
    state |= {"start_us": None, "end_us": None, **(options or {})}
    job = state["job"]
    digest = files.digest_of(context, job, NOTE)
    done, state = (0, state) if digest is None else files.load(context, job, NOTE, digest)[1]["ended"]
    for number, (name, step) in enumerate(STEPS[done:], start=done):

        def told(share: float, text: str, number: int = number, name: str = name) -> None:
            progress((number + share) / len(STEPS), f"{name}: {text}")

        state = step(context, state, told)
        files.save(context, job, NOTE, {}, {"ended": [number + 1, plain(state)]})
    return nights.get(context, plant, day)


NOTE = "night"
"""What a night notes in its job's folder: how many of its steps have ended, and their state."""


STEPS: tuple[Step, ...] = (
    ("begin", begin),
    ("watch", watch),
    ("stand by", stand_by),
    ("bands", hold_to_promise),
    *((name, unless_idle(step)) for name, step in recalibrate.STEPS),
    ("keep", after_learning),
    ("propose", propose),
    ("forecast", forecast),
    ("report", report),
)
