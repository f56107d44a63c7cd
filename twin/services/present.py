"""Where the plant is: worlds at the end of the log, or at any time in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from twin.errors import NotReady
from twin.estimation import unscented
from twin.estimation.corrected import corrected_of
from twin.estimation.disturbance import Disturbance, known
from twin.estimation.follow import Ensemble, Followed, Way, follow, movable
from twin.estimation.sample import SEED, followed_count, sample
from twin.estimation.trail import Trail
from twin.prediction.ageing import age
from twin.prediction.remembered import Remembered, digest
from twin.prediction.runs import run
from twin.prediction.worlds import Worlds
from twin.records.estimate import Filter
from twin.records.event import EventKind
from twin.records.window import SignalWindow
from twin.services import events, recent, usual_wear
from twin.services.basis import Basis
from twin.services.context import Context
from twin.services.windows import window
from twin.store import readings

Floats = NDArray[np.float64]

HISTORY_S = 8 * 86_400.0 + 6 * 3600.0
"""How far back the inputs of the coming days are taken from: a week, the day that is going on, the hours followed."""
HISTORY_GRID_US = 3_600_000_000
"""The history begins on a full hour, so that a minute later it has the same rows and one more."""
FOLLOW_S = 4 * 3600.0
FOLLOW_ROWS = 3600
SETTLE_S = 8 * 3600.0
"""The hours before are run freely, so that temperatures and levels forget where they started."""
CHUNKS = 60
"""The last hours are followed in so many corrections; more cost time and tell little."""
GRID_CHUNKS = 15
"""Following begins at a multiple of so many chunks and so goes on from minute to minute for an hour."""
UNKNOWN_SHARE = 0.1
"""Of a tag's measured spread: noise and disturbance where nobody has stated or fitted them."""
UNKNOWN_MEMORY_S = 6 * 3600.0
KEPT, KEPT_WORLDS = 4, 4096
"""So many presents are kept, of at most so many worlds (some 20 MB each then on the bottling plant)."""


WAYS: Mapping[Filter, Callable[..., Way]] = {Filter.ENSEMBLE: Ensemble, Filter.UNSCENTED: unscented.Points}


@dataclass(frozen=True)
class Present:
    """The plant at one time.

    Attributes: time_us; worlds at it; history, the log up to it (None for a nominal start); followed, with the
    disturbances and innovations of the last hours (None likewise).
    """

    time_us: int
    worlds: Worlds
    history: SignalWindow | None
    followed: Followed | None


def nominal(basis: Basis, *, count: int, seed: int, time_us: int) -> Present:
    """Worlds at the plant's start states, no log involved."""
    return Present(time_us, basis.worlds(count, seed), None, None)


def at(
    context: Context,
    plant: str,
    basis: Basis,
    *,
    count: int,
    seed: int,
    time_us: int | None = None,
    watermark_us: int | None = None,
    tell: Callable[[float], None] | None = None,
) -> Present:
    """Worlds at a time in the log, its end by default, moved towards what the sensors read before.

    All seeds share the worlds that are followed: each draws its own from them.

    Raises: NotReady, when there is no log.
    """
    end_us = _last_us(context, plant, basis) + 1 if time_us is None else time_us
    history = _history(context, plant, basis, end_us, watermark_us)
    asked = _asked(context, plant, basis, history, _drawn(basis, followed_count(count)))
    followed = sample(_followed(basis, asked, tell, kept=count <= KEPT_WORLDS), count, seed)
    return Present(end_us, followed.worlds, history, followed)


def prepare(
    context: Context, plant: str, basis: Basis, *, count: int, tell: Callable[[float], None] | None = None
) -> None:
    """Follow up to the log's end from where questions of the hour to come will begin.

    Following begins anew each hour, and the first question then would wait for all of the settling and following.
    Raises: NotReady, when there is no log.
    """
    end_us = _last_us(context, plant, basis) + 1
    history = _history(context, plant, basis, end_us, None)
    left_us = max(_start_us(end_us + HISTORY_GRID_US) - history.start_us, 0)
    hour, left = (round(span_us / history.step_s / 1e6) for span_us in (HISTORY_GRID_US, left_us))
    later = history.since(left)
    asked = _asked(context, plant, basis, later, _drawn(basis, followed_count(count)), samples=later.samples + hour)
    if len(asked.inputs):
        _followed(basis, asked, tell, kept=True)


def course(
    context: Context,
    plant: str,
    basis: Basis,
    *,
    count: int,
    seed: int,
    time_us: int | None = None,
    how: Filter = Filter.AUTO,
) -> tuple[NDArray[np.int64], Followed, Filter]:
    """The last hours as all of their readings tell them: states, wear and parameters at the end of each chunk.

    Returns: UTC microseconds [K]; what was followed, with the course [K, N, W] of every number that may move; how.
    Raises: NotReady, when there is no log or its worlds do not suit the filter.
    """
    end_us = _last_us(context, plant, basis) + 1 if time_us is None else time_us
    history = _history(context, plant, basis, end_us, None)
    asked = _asked(context, plant, basis, history, basis.worlds(count, seed))
    worlds = movable(_settled(basis, asked), basis.residual)
    how = _chosen(how, plant, worlds, basis)
    found = follow(
        worlds, basis.assembly, asked.inputs, asked.measured, sample_s=asked.step_s, every=asked.every,
        disturbance=asked.disturbance, way=WAYS[how], smooth=corrected_of(worlds, basis.assembly).names,
    )  # fmt: skip
    ends = np.minimum(np.arange(1, len(found.innovations) + 1) * asked.every, len(asked.inputs))
    return history.times_us()[-len(asked.inputs) :][ends - 1], found, how


def _chosen(how: Filter, plant: str, worlds: Worlds, basis: Basis) -> Filter:
    """The filter that is asked for, or the unscented one where few numbers move in worlds that are alike otherwise."""
    count = corrected_of(worlds, basis.assembly).size
    suits = count > 0 and unscented.alike(worlds)
    if how is Filter.AUTO:
        return Filter.UNSCENTED if suits and count <= unscented.LARGEST else Filter.ENSEMBLE
    if how is Filter.UNSCENTED and not suits:
        got = "worlds that differ by members of a residual" if count else "no number that readings may move"
        raise NotReady(f"plant {plant!r}: got {got}, need some that move and are physics alone. Take the ensemble.")
    return how


@dataclass(frozen=True)
class _Asked:
    """All that worlds at a time are found from.

    Attributes: worlds, as drawn; before and inputs [T, I], of the time to settle in, from start_s since the epoch, and
    of the rows that are followed, `every` of them a chunk; measured [T, S]; disturbance, of the tags; elapsed_s since
    the wear was calibrated for, None where it is not known, and since_maintenance_s of the assets that had one after.
    """

    worlds: Worlds
    before: Floats
    inputs: Floats
    measured: Floats
    start_s: float
    step_s: float
    every: int
    disturbance: Disturbance
    elapsed_s: float | None
    since_maintenance_s: Mapping[str, float]

    @property
    def begin_key(self) -> str:
        """Equal for equal worlds where following begins: another model, draw or log before it asks anew."""
        worlds, since = self.worlds, sorted(self.since_maintenance_s.items())
        words = (id(worlds.model), worlds.seed, worlds.names, self.step_s, self.every, self.elapsed_s, since)
        beside = self.disturbance
        drawn = (worlds.parameters, worlds.start, worlds.draws)
        return digest(repr(words), *drawn, self.before, beside.noise_sd, beside.sd, beside.memory_s)

    def chunk_key(self, chunk: int) -> str:
        """Equal for equal rows of a chunk."""
        rows = slice(chunk * self.every, (chunk + 1) * self.every)
        return digest(self.inputs[rows], self.measured[rows])


_draws: Remembered[Worlds] = Remembered(KEPT)


def _drawn(basis: Basis, count: int) -> Worlds:
    """So many worlds of the model in service, drawn once for questions in a row."""
    known, learned = basis.calibration, basis.residual
    members = () if learned is None else (repr(learned.names), learned.weights, learned.parameters)
    words = repr((id(basis.model), count, known.names))
    key = digest(words, known.values, known.spread, known.correlation, *members)
    return _draws.get(key, lambda: basis.worlds(count, SEED))


_kept: Remembered[Trail] = Remembered(KEPT)
"""By where following begins; the worlds in it hold on to their model, so that its id is not given to another."""


def _asked(
    context: Context, plant: str, basis: Basis, history: SignalWindow, worlds: Worlds, *, samples: int | None = None
) -> _Asked:
    """What is followed up to the history's end, begun where it will be once the history has so many samples."""
    begin, every = _begin_row(history.samples if samples is None else samples, history.step_s)
    inputs, measured = driven_inputs(basis, history), modelled(basis, history)
    begin_us = history.start_us + round(begin * history.step_s * 1e6)
    elapsed_s, since = _wear_times(context, plant, basis, begin_us)
    return _Asked(
        worlds, inputs[:begin], inputs[begin:], measured[begin:], history.start_us / 1e6, history.step_s, every,
        disturbances(basis, measured), elapsed_s, since,
    )  # fmt: skip


def _followed(basis: Basis, asked: _Asked, tell: Callable[[float], None] | None, *, kept: bool) -> Followed:
    """Settle, age and follow, from the last point on that is known already.

    What changed or came late begins anew at its own chunk, so that the result is that of a log in order.
    """

    def compute() -> Trail:
        return Trail(movable(_settled(basis, asked, heard), basis.residual))

    def heard(_share: float) -> None:
        if tell is not None:
            tell(0.0)

    trail = _kept.get(asked.begin_key, compute) if kept else compute()
    keys = [asked.chunk_key(chunk) for chunk in range(-(-len(asked.inputs) // asked.every))]
    begin = trail.last(keys)
    found = follow(
        trail.worlds, basis.assembly, asked.inputs, asked.measured, sample_s=asked.step_s, every=asked.every,
        disturbance=asked.disturbance, way=WAYS[_chosen(Filter.AUTO, "", trail.worlds, basis)], begin=begin,
        reached=lambda point, surprise: trail.keep(keys[: point.chunk], point, surprise), tell=tell,
    )  # fmt: skip
    worlds = replace(found.worlds, names=asked.worlds.names, draws=drawn(found.worlds, asked.worlds))
    return replace(found, worlds=worlds, innovations=trail.innovations(keys, len(basis.assembly.outputs)))


def drawn(worlds: Worlds, asked: Worlds) -> Floats:
    """The drawn numbers as they now are, shape [F, W]."""
    return worlds.draws if worlds.names else asked.draws


def _begin_row(samples: int, step_s: float) -> tuple[int, int]:
    """From which row on a history is followed, and how many rows make a chunk; half of a short log is left to settle.

    The last sample is not counted: the row then moves on with the hour at which the history begins.
    """
    most = min(int(FOLLOW_S / step_s), FOLLOW_ROWS, max(samples // 2, 1))
    every = max(1, int(min(FOLLOW_S / step_s, FOLLOW_ROWS)) // CHUNKS)
    begin, grid = max(samples - 1 - most, 0), every * GRID_CHUNKS
    return (begin // grid * grid if begin >= grid else begin // every * every), every


def driven_inputs(basis: Basis, found: SignalWindow) -> Floats:
    """The engine's inputs as logged, shape [T, I]; drives without a tag at their default."""
    inputs = np.repeat(basis.model.inputs[None, :], found.samples, axis=0)
    for tag, path in zip(basis.assembly.input_tags, basis.assembly.drives, strict=True):
        if path in basis.model.input_names:
            inputs[:, basis.model.input_names.index(path)] = found.driven[:, found.input_tags.index(tag)]
    return inputs


def modelled(basis: Basis, found: SignalWindow) -> Floats:
    """What the modelled sensors read, shape [T, S] in the assembly's order, NaN where it must not be used."""
    columns = [found.sensor_tags.index(tag) for tag in basis.assembly.sensor_tags]
    return np.where(found.mask[:, columns], found.measured[:, columns], np.nan)


def _last_us(context: Context, plant: str, basis: Basis) -> int:
    with context.sessions() as session:
        extent = readings.extent(session, plant, list(basis.scene.tags))
    if not extent:
        raise NotReady(f"plant {plant!r}: its tags have no readings. Ingest a log first, or start from 'nominal'.")
    return max(last for _first, last in extent.values())


def _start_us(end_us: int) -> int:
    """Where the history up to a time begins, if the log reaches so far back."""
    return (end_us - round(HISTORY_S * 1e6)) // HISTORY_GRID_US * HISTORY_GRID_US


_histories: Remembered[tuple[object, SignalWindow]] = Remembered(KEPT)
"""Each with its way to the database, so that the id of that is not given anew."""


def _history(context: Context, plant: str, basis: Basis, end_us: int, watermark_us: int | None) -> SignalWindow:
    """The log up to a time, on the plant's grid; read once for questions in a row."""
    with context.sessions() as session:
        extent = readings.extent(session, plant, list(basis.scene.tags))
        known_us = readings.watermark_us(session, plant) if watermark_us is None else watermark_us
    first_us = min((first for first, _last in extent.values()), default=end_us)
    start_us = max(first_us, _start_us(end_us))
    if start_us >= end_us:
        raise NotReady(f"plant {plant!r}: no readings before the start. Ingest a log, or start later.")

    def read() -> tuple[object, SignalWindow]:
        return context.sessions, window(
            context, plant, start_us, end_us, watermark_us=known_us, revision=basis.revision,
            source=recent.of(context).series,
        )  # fmt: skip

    return _histories.get(repr((id(context.sessions), plant, basis.revision, start_us, end_us, known_us)), read)[1]


def _settled(basis: Basis, asked: _Asked, tell: Callable[[float], None] | None = None) -> Worlds:
    """Worlds where the followed stretch begins: run freely through the hours before, wear moved on to it."""
    worlds, step_s = asked.worlds, asked.step_s
    inputs = asked.before[-max(1, int(SETTLE_S / step_s)) :]
    if len(inputs) == 0:
        return worlds
    found = run(worlds, inputs, step_s, tell=tell)
    kept = worlds.model.slow[:, None] | ~found.alive
    settled = replace(worlds, start=np.where(kept, worlds.start, found.final))
    if asked.elapsed_s is None:
        return settled
    rate = usual_wear.rate(worlds, asked.before, start_s=asked.start_s, sample_s=step_s, tell=tell)
    return age(settled, basis.assembly, rate, asked.elapsed_s, asked.since_maintenance_s)


def _wear_times(context: Context, plant: str, basis: Basis, begin_us: int) -> tuple[float | None, dict[str, float]]:
    """Seconds from calibration to `begin_us`, None where wear needs no ageing, and since each asset's maintenance."""
    since_us = basis.calibration.window[0]
    if basis.version is None or begin_us <= since_us:
        return None, {}
    done = {
        event.asset: max((begin_us - (event.end_us or event.start_us)) / 1e6, 0.0)
        for event in events.listed(context, plant, since_us, begin_us)
        if event.kind is EventKind.MAINTENANCE and event.asset
    }
    return (begin_us - since_us) / 1e6, done


def disturbances(basis: Basis, measured: Floats) -> Disturbance:
    """What each tag reads beside the model: as the version in service was judged, else a share of what it moved."""
    tags, found = basis.assembly.sensor_tags, None
    if basis.band is not None:
        found = known(basis.band.errors, tags)
    if found is not None:
        return found if basis.residual is None else found.cautious()
    columns = [column[np.isfinite(column)] for column in measured.T]
    unknown = np.array([max(UNKNOWN_SHARE * float(column.std()), 1e-9) if column.size else 1.0 for column in columns])
    believed = basis.calibration.noise_sd
    expected = np.array([believed.get(tag, 0.0) for tag in tags])
    whole = np.where(expected > 0, expected, unknown)
    stated = np.array([basis.assembly.noise_sd.get(tag, 0.0) for tag in tags])
    noise = np.where(stated > 0, np.minimum(stated, whole), np.sqrt(0.5) * whole)
    slow = np.sqrt(np.maximum(whole**2 - noise**2, 0.0))
    return Disturbance(noise, slow[None], np.full((1, len(tags)), UNKNOWN_MEMORY_S))
