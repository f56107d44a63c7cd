"""Use cases of night reports: look at them, and what they found must not teach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from twin.errors import NotFound, NotReady
from twin.night.page import page
from twin.records.night import Exclusion, NightReport
from twin.records.window import SignalWindow
from twin.services import plants
from twin.services.context import Context
from twin.store import nights as store

MEMORY_DAYS = 60
"""What reports of so many days found still counts when a window reaches back to it."""


def latest(context: Context, plant: str) -> NightReport:
    """The newest report.

    Raises: NotFound; NotReady, before the first night.
    """
    found = listed(context, plant, count=1)
    if not found:
        raise NotReady(f"plant {plant!r}: no night has passed yet. Run `twin night run {plant}`, or wait for one.")
    return found[0]


def get(context: Context, plant: str, day: str) -> NightReport:
    """The report of a local day, ISO date.

    Raises: NotFound.
    """
    plants.get(context, plant)
    with context.sessions() as session:
        found = store.get(session, plant, day)
    if found is None:
        raise NotFound("night report", f"{plant} {day}")
    return found


def job_of(plant: str, night: date) -> str:
    """Name of the job of a night: there is one a day."""
    return f"nightly-{plant}-{night.isoformat()}"


def page_of(context: Context, plant: str, day: str) -> str:
    """The report of a local day as one HTML page.

    Raises: NotFound.
    """
    return page(get(context, plant, day))


def listed(context: Context, plant: str, *, count: int, before: str | None = None) -> tuple[NightReport, ...]:
    """Reports of the last days, newest first, those before a day where one is given.

    Raises: NotFound.
    """
    plants.get(context, plant)
    with context.sessions() as session:
        return store.newest(session, plant, count=count, before=before)


def exclusions(context: Context, plant: str, *, before: str) -> tuple[Exclusion, ...]:
    """What earlier nights found that must not teach: frozen and biased sensors, clocks that were set back."""
    found = listed(context, plant, count=MEMORY_DAYS, before=before)
    return tuple(item for report in found for item in exclusions_of(report))


def exclusions_of(report: NightReport) -> tuple[Exclusion, ...]:
    """What one night found that must not teach."""
    faults = [
        Exclusion(item.subject, item.start_us, item.end_us, item.text) for item in report.findings if item.exclude
    ]
    return (*report.quality.exclusions, *faults)


def without(window: SignalWindow, excluded: Sequence[Exclusion]) -> SignalWindow:
    """The window with what must not teach masked."""
    times, mask = window.times_us(), window.mask.copy()
    for item in excluded:
        rows = (times >= item.start_us) & (times < item.end_us)
        columns = np.array([item.tag in ("", tag) for tag in window.sensor_tags], bool)
        mask &= ~(rows[:, None] & columns[None, :])
    return replace(window, mask=mask)
