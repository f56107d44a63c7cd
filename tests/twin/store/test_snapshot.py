import sqlite3
from contextlib import closing

import pytest

from twin.records.plant import PlantRevision
from twin.services.context import silent
from twin.store import plants, snapshot

TRICKY = "tab\there\nline \\ backslash \\N and ' \" quotes, € 😀 \r\n end"


@pytest.fixture
def filled(context):
    with context.sessions.begin() as session:
        plants.add_plant(session, PlantRevision("loop", 1, "e" * 64, "ada", TRICKY, 1), TRICKY)
    return context


def engine_of(context):
    return context.sessions.kw["bind"]


def test_empty_is_told_from_filled(context):
    assert snapshot.is_empty(engine_of(context))
    with context.sessions.begin() as session:
        plants.add_plant(session, PlantRevision("loop", 1, "e" * 64, "ada", "", 1), "")
    assert not snapshot.is_empty(engine_of(context))


def test_copy_of_sqlite_is_sound_and_whole(filled, tmp_path):
    if filled.settings.database_url:
        pytest.skip("SQLite only")
    snapshot.copy_sqlite(filled.home / "plantwin.sqlite", tmp_path / "copy")
    assert snapshot.check_sqlite(tmp_path / "copy") == "ok"
    with closing(sqlite3.connect(tmp_path / "copy")) as copied:
        assert copied.execute("SELECT reason FROM plant_revision").fetchall() == [(TRICKY,)]


def test_postgres_tables_come_back_character_by_character(filled, tmp_path):
    if not filled.settings.database_url:
        pytest.skip("PostgreSQL only")
    columns = snapshot.copy_postgres(engine_of(filled), tmp_path, silent)
    assert columns["plant"] == ["name", "head", "created_us"]
    with filled.sessions.begin() as session:
        plants.add_plant(session, PlantRevision("later", 1, "e" * 64, "ada", "", 1), "")
    snapshot.load_postgres(engine_of(filled), tmp_path, columns, silent)
    with filled.sessions() as session:
        assert plants.list_names(session) == ["loop"]
        assert plants.find_head(session, "loop").text == TRICKY


def test_unsound_file_is_told(tmp_path):
    (tmp_path / "x").write_bytes(b"no database at all" * 100)
    assert snapshot.check_sqlite(tmp_path / "x") != "ok"


def test_file_in_use_is_told(tmp_path):
    file = tmp_path / "x.sqlite"
    assert not snapshot.in_use(file)
    with closing(sqlite3.connect(file)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("CREATE TABLE t (x)")
        assert snapshot.in_use(file)
    assert not snapshot.in_use(file)
