"""The calendar: once per plant and local day, at the plant's hour or the installation's, a nightly job."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import structlog

from twin.errors import Fault, InvalidInput, NotReady, TwinError
from twin.records.job import Job
from twin.scene.scene import NO_NIGHT, Site
from twin.services import jobs, nights, plants, readings
from twin.services.context import Context

log = structlog.get_logger(__name__)


def hour_of(site: Site, usual_hour: int) -> time | None:
    """When the nights of a plant are due, on its own clock; None where it wants none."""
    if site.night == NO_NIGHT:
        return None
    return time.fromisoformat(site.night) if site.night else time(usual_hour)


def due_at(day: date, hour: time, zone: str) -> datetime:
    """When the nightly job of a local day is due, in UTC; an hour that summer time skips is due right after it."""
    return datetime.combine(day, hour, ZoneInfo(zone)).astimezone(UTC)


def is_due(now: datetime, day: date, hour: time, zone: str, existed_since: datetime) -> bool:
    """Whether a plant that existed when the hour struck has reached it; so a young plant waits for its first night."""
    due = due_at(day, hour, zone)
    return existed_since <= due <= now < due + timedelta(days=1)


def due_day(now: datetime, hour: time, zone: str, existed_since: datetime) -> date | None:
    """The local day whose night is due: today, or yesterday while today's hour has not come; None where neither is."""
    today = now.astimezone(ZoneInfo(zone)).date()
    days = (today, today - timedelta(days=1))
    return next((day for day in days if is_due(now, day, hour, zone, existed_since)), None)


def submit_due(context: Context) -> list[str]:
    """Queue the nightly job of each plant with a log whose hour has come, once a day; returns the new job ids.

    A plant that can no longer be read is told and hinders no other.
    """
    now, submitted = context.clock(), []
    for summary in plants.list_plants(context):
        plant = summary.revision.plant
        try:
            day = _day_of_night(context, plant, now, datetime.fromtimestamp(summary.created_us / 1e6, UTC))
        except TwinError:
            log.warning("a plant's night could not be looked at", plant=plant, exc_info=True)
            continue
        if day is not None:
            job = jobs.submit(
                context, "nightly", plant, _payload(day), author="calendar", job=nights.job_of(plant, day)
            )
            submitted.append(job.id)
    return submitted


def _day_of_night(context: Context, plant: str, now: datetime, existed_since: datetime) -> date | None:
    """The local day whose night a plant with a log still waits for; None where it waits for none."""
    site = plants.get(context, plant)[0].site
    hour = hour_of(site, context.settings.nightly_hour)
    day = None if hour is None else due_day(now, hour, site.time_zone, existed_since)
    if day is None or jobs.exists(context, nights.job_of(plant, day)):
        return None
    return None if readings.status(context, plant).newest_us is None else day


def order(context: Context, plant: str, day: date | None, *, author: str) -> Job:
    """Queue the night after a day, yesterday at the site by default; one that was queued before is given back.

    Raises: NotFound; InvalidInput, when the day is not over; NotReady, when the plant has no readings.
    """
    zone = ZoneInfo(plants.get(context, plant)[0].site.time_zone)
    today = context.clock().astimezone(zone).date()
    night = today if day is None else day + timedelta(days=1)
    if night > today:
        raise InvalidInput([Fault("day", f"{day}", f"a day before {today}", "Wait until it is over.")])
    if readings.status(context, plant).newest_us is None:
        raise NotReady(f"plant {plant!r}: it has no readings yet. Ingest a log first.")
    return jobs.submit(context, "nightly", plant, _payload(night), author=author, job=nights.job_of(plant, night))


def _payload(night: date) -> dict[str, object]:
    return {"day": night.isoformat(), "start_us": None, "end_us": None, "seed": 0}
