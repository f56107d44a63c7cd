from twin.store import ingests
from twin.store.ingests import IngestRow


def row(**values):
    plain = {"plant": "p", "file_hash": "f", "mapping_hash": "m", "source": "a.csv", "started_us": 1, "state": {}}
    counts = dict.fromkeys(("rows_done", "accepted", "duplicates", "quarantined"), 0)
    return IngestRow(**{**plain, **counts, "share": 0.0, **values})


def test_only_the_one_who_saw_the_last_step_moves_on(context):
    with context.sessions.begin() as session:
        session.add(row())
    with context.sessions.begin() as session:
        found = ingests.find(session, "p", "f", "m")
        assert ingests.advance(session, found.id, from_rows=0, values={"rows_done": 10, "state": {"a": 1}})
        assert not ingests.advance(session, found.id, from_rows=0, values={"rows_done": 20})
    with context.sessions() as session:
        found = ingests.find(session, "p", "f", "m")
        assert (found.rows_done, found.state) == (10, {"a": 1})
        assert ingests.find(session, "p", "f", "other") is None


def test_newest_first(context):
    with context.sessions.begin() as session:
        session.add_all([row(file_hash="1", started_us=1), row(file_hash="2", started_us=2), row(plant="q")])
    with context.sessions() as session:
        assert [found.file_hash for found in ingests.listed(session, "p")] == ["2", "1"]
