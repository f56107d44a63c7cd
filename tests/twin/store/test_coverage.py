from dataclasses import replace

from twin.records.coverage import Coverage, Delivered
from twin.store import coverage

ROW = Delivered("q", "K", 10.0, 40, 0.1, 0.2, 0.88, 0.8, 0.95, 0.4, 0.05, 0.5, 0.9, True, 0.93)
COVERAGE = Coverage("loop", 3, 100, 200, 0.9, (ROW, replace(ROW, lead_s=60.0, asked=0.88, crps=float("nan"))))


def test_the_newest_stretch_of_a_version_is_found_and_none_from_the_future(context):
    with context.sessions.begin() as session:
        coverage.save(session, COVERAGE)
        coverage.save(session, replace(COVERAGE, start_us=300, end_us=400))
        coverage.save(session, replace(COVERAGE, start_us=500, end_us=600, version=4))
    with context.sessions() as session:
        assert coverage.latest(session, "loop", 3).end_us == 400
        assert coverage.latest(session, "loop", 3, until_us=399).end_us == 200
        assert coverage.latest(session, "loop", 3, until_us=199) is None
        assert coverage.latest(session, "loop", 5) is None


def test_the_same_stretch_again_replaces_what_was_known(context):
    for level in (0.9, 0.8):
        with context.sessions.begin() as session:
            coverage.save(session, replace(COVERAGE, level=level))
    with context.sessions() as session:
        found = coverage.latest(session, "loop", 3)
    assert found.level == 0.8
    assert found.rows[0] == ROW
    assert found.rows[1].crps is None
