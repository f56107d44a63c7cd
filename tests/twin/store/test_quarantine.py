from dataclasses import replace

from twin.records.batch import Reason, Rejected
from twin.store import quarantine

BAD = Rejected(3, "PT", "2024-01-01T00:00:00Z", "oops", "bar", Reason.UNPARSABLE_VALUE, "need a number", 10)


def test_the_same_row_is_kept_once_wherever_it_is_read(context):
    with context.sessions.begin() as session:
        assert quarantine.put_aside(session, "p", [BAD, BAD], source="a.csv", received_us=1) == 1
        again = replace(BAD, row=9, time="2024-01-01 00:00:00+00:00")  # the same moment spelled otherwise
        assert quarantine.put_aside(session, "p", [again], source="b.csv", received_us=2) == 0
        assert quarantine.put_aside(session, "q", [BAD], source="a.csv", received_us=2) == 1


def test_many_rows_paging_and_counts(context):
    rows = [replace(BAD, row=number, value=f"x{number}") for number in range(1200)]
    with context.sessions.begin() as session:
        assert quarantine.put_aside(session, "p", rows, source="a.csv", received_us=1) == 1200
        first = quarantine.listed(session, "p", limit=1000)
        rest = quarantine.listed(session, "p", after=first[-1].id, limit=1000)
        assert (len(first), len(rest)) == (1000, 200)
        assert quarantine.counts(session, "p") == {"unparsable value": 1200}
        first[0].resolved_us = 5
        session.flush()
        assert quarantine.counts(session, "p") == {"unparsable value": 1199}
        assert len(quarantine.listed(session, "p", limit=2000)) == 1199
        assert len(quarantine.listed(session, "p", limit=2000, resolved=True)) == 1200


def test_rows_of_another_plant_are_not_found(context):
    with context.sessions.begin() as session:
        quarantine.put_aside(session, "p", [BAD], source="a.csv", received_us=1)
        (row,) = quarantine.listed(session, "p")
        assert quarantine.find(session, "p", row.id) is row
        assert quarantine.find(session, "q", row.id) is None
        assert quarantine.find(session, "p", row.id + 1) is None
