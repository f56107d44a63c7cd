from dataclasses import replace

from twin.records.event import EventKind, PlantEvent
from twin.store import events

STOP = PlantEvent(EventKind.STOP, "", 100, 200, "lunch")


def test_events_are_kept_once_and_changes_are_versions(context):
    with context.sessions.begin() as session:
        assert events.save(session, "p", [STOP, STOP], received_us=1) == (1, 0, 1)
        longer = replace(STOP, end_us=300)
        assert events.save(session, "p", [longer], received_us=2) == (0, 1, 0)
        assert events.between(session, "p", 0, 1000) == (longer,)
        assert events.between(session, "p", 0, 1000, watermark=1) == (STOP,)


def test_only_events_that_touch_the_span(context):
    going_on = PlantEvent(EventKind.FAILURE, "a", 150, None)
    later = PlantEvent(EventKind.MAINTENANCE, "a", 400, 500)
    with context.sessions.begin() as session:
        events.save(session, "p", [later, going_on, STOP], received_us=1)
        assert events.between(session, "p", 0, 1000) == (STOP, going_on, later)
        assert events.between(session, "p", 250, 300) == (going_on,)
        assert events.between(session, "q", 0, 1000) == ()
