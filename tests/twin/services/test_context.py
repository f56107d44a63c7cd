from datetime import UTC

from sqlalchemy import text

from twin.services.context import silent


def test_context_reaches_the_database_and_tells_utc(context, settings):
    with context.sessions() as session:
        assert session.execute(text("SELECT 1")).scalar() == 1
    assert context.clock().tzinfo is UTC
    assert context.home == settings.home


def test_nobody_needs_to_watch_progress():
    assert silent(0.5, "half") is None
