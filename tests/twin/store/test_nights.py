from dataclasses import replace

from twin.records.night import DayQuality, Exclusion, Finding, FindingKind, NightReport, NightVerdict
from twin.store import nights

QUALITY = DayQuality(({"tag": "A", "good": 1.0},), 0.97, ("a note",), (Exclusion("A", 1, 2, "frozen"),), True)
SCORES = {"model_version": 1, "skill": 0.5, "coverage": 0.9, "level": 0.9, "tags": []}
REPORT = NightReport(
    "p", "2026-01-02", "UTC", 0, 9, NightVerdict.KEPT, "Version 1 stays.", 1, 1, QUALITY, SCORES, {},
    (Finding(FindingKind.BIAS, "A", 1, 2, 0.3, "A reads too much", True),), {"promoted": False, "tests": []}, (), (),
    ("look",), 7,
)  # fmt: skip


def test_a_report_comes_back_whole(context):
    with context.sessions.begin() as session:
        nights.save(session, REPORT)
    with context.sessions() as session:
        assert nights.get(session, "p", "2026-01-02") == REPORT
        assert nights.get(session, "p", "2026-01-03") is None


def test_a_report_is_written_once(context):
    for words in ("first", "second"):
        with context.sessions.begin() as session:
            nights.save(session, replace(REPORT, sentence=words))
    with context.sessions() as session:
        assert nights.get(session, "p", "2026-01-02").sentence == "first"


def test_the_newest_come_first_and_may_end_before_a_day(context):
    days = ("2026-01-02", "2026-01-04", "2026-01-03")
    with context.sessions.begin() as session:
        for day in days:
            nights.save(session, replace(REPORT, day=day))
    with context.sessions() as session:
        assert [found.day for found in nights.newest(session, "p", count=2)] == ["2026-01-04", "2026-01-03"]
        assert [found.day for found in nights.newest(session, "p", count=9, before="2026-01-04")] == [
            "2026-01-03", "2026-01-02",
        ]  # fmt: skip
