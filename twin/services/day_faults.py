"""What on a day was not as usual: sensors told by how they read, the plant by what the model says of its parts."""

from __future__ import annotations

import numpy as np

from physics.simulate.rollout import rollout
from residual_models.levenberg import Array
from twin.calibration.replay import worlds as members_of
from twin.prediction.isolation import Cause, isolate, noisy
from twin.prediction.worlds import START
from twin.records.night import DayQuality, Finding, FindingKind
from twin.scene.scene import split_path
from twin.services.night_watch import DayRun
from twin.units import words_of_name

STEP_SHARE = 0.1
"""Numbers of the plant are changed by so much of their prior's spread, or of one, to see what they do."""
HOUR_US = 3_600_000_000


def findings_of(run: DayRun | None, quality: DayQuality, start_us: int, end_us: int) -> tuple[Finding, ...]:
    """Every change of a day that is worth a word: frozen and silent sensors, noisy ones, and the one best cause."""
    found = [*_stuck(quality), *_silent(quality, start_us, end_us)]
    if run is None:
        return tuple(found)
    tags, window = run.ready.assembly.sensor_tags, run.ready.window
    times = window.times_us()
    loud = noisy(run.error, tags, run.first)
    found += [
        Finding(
            FindingKind.NOISE, tag, start_us, end_us, ratio,
            f"{tag} jumps {ratio:.1f} times as much as usual from reading to reading.",
        )
        for tag, ratio in loud.items()
    ]  # fmt: skip
    quiet = np.where([tag in loud for tag in tags], np.nan, run.error)
    cause = isolate(quiet, signatures(run), tags, first=run.first, step_s=window.step_s)
    if cause is not None:
        found.append(_told(cause, run, int(times[max(cause.onset, run.first)]), end_us))
    return tuple(found)


def signatures(run: DayRun) -> dict[str, Array]:
    """What a unit of each free number and of each wear state would do to all tags, shape [T, S] each."""
    ready, version = run.ready, run.version
    model = ready.model
    free = {item.name: item.sd for item in ready.assembly.free if not item.name.endswith(START)}
    rows = [(name, model.parameter_names.index(name), STEP_SHARE * sd) for name, sd in free.items()]
    wear = [(name, row, STEP_SHARE) for row, name in enumerate(model.state_names) if model.slow[row]]
    parameters, _starts = members_of(ready, version.calibration, version.residual)
    count = 1 + len(rows) + len(wear)
    numbers = np.repeat(parameters[:, :1], count, axis=1)
    for lane, (_name, row, step) in enumerate(rows, start=1):
        numbers[row, lane] += step
    found = []
    for record, start in zip(ready.runs.records, run.free.starts, strict=True):
        begin = np.repeat(start[:, :1], count, axis=1)
        for lane, (_name, row, step) in enumerate(wear, start=1 + len(rows)):
            begin[row, lane] += step
        outputs = rollout(
            model, inputs=record.inputs, sample_s=ready.window.step_s, parameters=numbers, start=begin,
            options=ready.runs.options,
        ).outputs[:, ready.runs.columns]  # fmt: skip
        found.append(outputs[:, :, 1:] - outputs[:, :, :1])
    change = ready.spread_out(tuple(found))
    steps = [(name, step) for name, _row, step in (*rows, *wear)]
    return {name: change[:, :, lane] / step for lane, (name, step) in enumerate(steps)}


def _told(cause: Cause, run: DayRun, onset_us: int, end_us: int) -> Finding:
    kind = FindingKind.SUDDEN if cause.sudden else FindingKind.WEAR
    if cause.sensor:
        unit = run.ready.assembly.units[cause.name]
        much = "more" if cause.size > 0 else "less"
        size = abs(unit.spread_from_si(cause.size))
        way = "" if cause.sudden else ", growing for days"
        text = f"{cause.name} reads {size:.3g} {unit.unit} {much} than the model and the other tags say{way}."
        return Finding(FindingKind.BIAS, cause.name, onset_us, end_us, cause.size, text, exclude=True)
    asset, quantity = split_path(cause.name)
    words = words_of_name(quantity.rpartition(".")[2])
    course = "changed at once" if cause.sudden else "is changing slowly"
    share = f"which explains {100 * cause.explained:.0f} % of the errors"
    text = f"{asset}: {words} {course} by {size_in_words(cause, run)}, {share}."
    return Finding(kind, cause.name, onset_us, end_us, cause.size, text)


def size_in_words(cause: Cause, run: DayRun) -> str:
    """A change of a number of the plant in percent of its fitted value; as it stands where there is none, or zero."""
    now = abs(run.version.calibration.as_dict().get(cause.name, 0.0))
    return f"{_two_digits(100 * cause.size / now)} %" if now > 0.0 else _two_digits(cause.size)


def _two_digits(number: float) -> str:
    """+260, not +2.6e+02."""
    return f"{float(f'{number:.2g}'):+,g}"


def _stuck(quality: DayQuality) -> list[Finding]:
    return [
        Finding(
            FindingKind.STUCK, item.tag, item.start_us, item.end_us, (item.end_us - item.start_us) / 1e6,
            f"{item.tag} stood still for {(item.end_us - item.start_us) / HOUR_US:.1f} h.",
        )
        for item in quality.exclusions
        if item.tag
    ]  # fmt: skip


def _silent(quality: DayQuality, start_us: int, end_us: int) -> list[Finding]:
    """Sensors that said nothing for hours while most others spoke."""
    if quality.share < 0.5:
        return []
    return [
        Finding(
            FindingKind.GAP, row["tag"], start_us, end_us, row["longest_gap_s"],
            f"{row['tag']} was silent for {row['longest_gap_s'] / 3600:.1f} h.",
        )
        for row in quality.tags
        if row["longest_gap_s"] >= 3 * 3600.0
    ]  # fmt: skip
