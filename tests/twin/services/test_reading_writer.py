import numpy as np

from twin.records.batch import ReadingBatch, Reason, Rejected
from twin.services.reading_writer import write_batch
from twin.store import quarantine, readings

UNITS = {"PT": "Pa", "FT": "m**3/s"}


def batch(rows, rejected=()):
    tags = tuple(UNITS)
    index, times, values = (np.array([row[at] for row in rows]) for at in range(3))
    count = len(rows)
    return ReadingBatch(
        tags, index.astype(np.int32), times.astype(np.int64), values.astype(float), np.zeros(count, np.uint8),
        np.arange(count) + 1, tuple(rejected),
    )  # fmt: skip


def test_new_known_contradicting_and_rejected(context):
    bad = Rejected(9, "PT", "x", "1", "bar", Reason.UNPARSABLE_TIME, "need a time")
    with context.sessions.begin() as session:
        write_batch(session, "p", batch([(0, 10, 1.0), (1, 10, 2.0)]), si_units=UNITS, source="a", now_us=100)
        rows = [(0, 10, 1.0), (0, 20, 3.0), (1, 10, 7.0)]
        written = write_batch(session, "p", batch(rows, [bad]), si_units=UNITS, source="b.csv", now_us=50)
        assert (written.accepted, written.duplicates, written.quarantined) == (1, 1, 2)
        assert written.received_us == 101
        assert readings.feed(session, "p") == (101, 3)
        found = {row.reason: row for row in quarantine.listed(session, "p")}
    other = found["another value at the same time"]
    assert (other.tag, other.value, other.unit, other.row, other.source) == ("FT", "7.0", "m**3/s", 3, "b.csv")
    assert other.detail.startswith("2.0 m**3/s is stored")
    assert found["unparsable time"].received_us == 101


def test_batch_of_nothing_but_rejected_rows(context):
    bad = Rejected(1, "", "", "junk", "", Reason.MALFORMED_ROW, "need 2 fields")
    none = np.empty(0)
    empty = ReadingBatch(
        (), none.astype(np.int32), none.astype(np.int64), none, none.astype(np.uint8), none.astype(np.int64), (bad,)
    )
    with context.sessions.begin() as session:
        written = write_batch(session, "p", empty, si_units={}, source="a", now_us=1)
    assert (written.accepted, written.quarantined) == (0, 1)
