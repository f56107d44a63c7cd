"""Use case: cut a window out of a plant's readings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from sqlalchemy.orm import Session

from twin.errors import NotReady
from twin.records.batch import TagSeries
from twin.records.event import EventKind, PlantEvent
from twin.records.window import SignalWindow
from twin.scene.scene import Scene, split_path
from twin.services import plants
from twin.services.context import Context
from twin.store import events, readings
from twin.windows.align import Grid, Stops, align, usual_step_s


class Source(Protocol):
    """Reads tags as `readings.series` does."""

    def __call__(
        self, session: Session, plant: str, tags: Sequence[str], start_us: int, end_us: int, *, watermark: int
    ) -> tuple[TagSeries, ...]:
        """Readings with start ≤ time < end as known at a watermark, one series a tag."""


def window(
    context: Context,
    plant: str,
    start_us: int | None = None,
    end_us: int | None = None,
    *,
    step_s: float | None = None,
    max_gap_s: float | None = None,
    watermark_us: int | None = None,
    revision: int | None = None,
    source: Source = readings.series,
) -> SignalWindow:
    """Readings of a plant's sensors and inputs on a grid.

    Args:
        context: Access to the database.
        plant: Name of the plant.
        start_us: First sample, UTC microseconds; by default the plant's first reading.
        end_us: No sample at or after it; by default just after the plant's last reading.
        step_s: Grid step; by default the scene's `sampling_s`, else the spacing that most tags share.
        max_gap_s: Longest silence of an input that is bridged.
        watermark_us: Only what was known then; by default everything known now.
        revision: Revision of the scene, by default the newest.
        source: Where readings are taken from; `recent` spares who comes again.
    Raises: NotFound; NotReady, when there are no readings; InvalidInput, when the grid is empty or too large.
    """
    scene, _revision = plants.get(context, plant, revision)
    sensor_tags = [sensor.tag for sensor in scene.sensors]
    input_tags = [item.tag for item in scene.inputs]
    with context.sessions() as session:
        known = readings.watermark_us(session, plant) if watermark_us is None else watermark_us
        start_us, end_us = _span(readings.extent(session, plant, [*sensor_tags, *input_tags]), plant, start_us, end_us)
        found = source(session, plant, [*sensor_tags, *input_tags], start_us, end_us, watermark=known)
        earlier = readings.before(session, plant, input_tags, start_us, watermark=known)
        happened = events.between(session, plant, start_us, end_us, watermark=known)
    measured, driving = found[: len(sensor_tags)], found[len(sensor_tags) :]
    step_s = step_s or scene.sampling_s or usual_step_s(found)
    if step_s is None:
        raise NotReady(f"plant {plant!r}: no readings in this window. Ingest a log first.")
    return align(
        plant,
        Grid(start_us, end_us, step_s, max_gap_s),
        sensors=measured,
        inputs=[
            (_joined(before, series), item.interpolation)
            for before, series, item in zip(earlier, driving, scene.inputs, strict=True)
        ],
        stops=stops_of(happened, scene),
        watermark_us=known,
    )


def begin_of_log(context: Context, plant: str) -> int:
    """Time of the plant's first reading, UTC microseconds.

    Raises: NotFound; NotReady, when there are no readings.
    """
    scene, _revision = plants.get(context, plant)
    tags = [*(sensor.tag for sensor in scene.sensors), *(item.tag for item in scene.inputs)]
    with context.sessions() as session:
        return _span(readings.extent(session, plant, tags), plant, None, None)[0]


def stops_of(happened: Sequence[PlantEvent], scene: Scene) -> Stops:
    """Which times are masked: stops of the whole plant, and stops of assets for the tags that measure them."""
    stopped = [event for event in happened if event.kind is EventKind.STOP]
    whole = [(event.start_us, event.end_us) for event in stopped if not event.asset]
    single = {
        sensor.tag: [
            (event.start_us, event.end_us)
            for event in stopped
            if event.asset and _is_part(sensor.measures, event.asset)
        ]
        for sensor in scene.modelled_sensors
    }
    return Stops(whole, single)


def _is_part(measures: str, asset: str) -> bool:
    measured, _quantity = split_path(measures)
    return measured == asset or measured.startswith(f"{asset}/")


def _span(extent: dict[str, tuple[int, int]], plant: str, start_us: int | None, end_us: int | None) -> tuple[int, int]:
    if not extent:
        raise NotReady(f"plant {plant!r}: its tags have no readings. Ingest a log first.")
    first = min(first for first, _last in extent.values())
    last = max(last for _first, last in extent.values())
    return first if start_us is None else start_us, last + 1 if end_us is None else end_us


def _joined(before: TagSeries, series: TagSeries) -> TagSeries:
    """A reading from before the window in front of those in it."""
    times = np.concatenate([before.times_us, series.times_us])
    values = np.concatenate([before.values, series.values])
    return TagSeries(series.tag, times, values, np.concatenate([before.quality, series.quality]))
