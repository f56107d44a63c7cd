"""Schema changes: what the code declares is what a migrated database has, up and down, with many processes at once."""

import os
import subprocess
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import CheckConstraint, inspect, text

from twin.errors import NotReady
from twin.services.database import downgrade, migrate, schema_of, upgrade
from twin.settings import Settings
from twin.store.base import open_engine
from twin.store.tables import all_tables

PROCESSES = 3


@pytest.fixture
def engine(settings):
    opened = open_engine(settings.sqlalchemy_url)
    yield opened
    opened.dispose()


def test_migrated_schema_is_what_the_tables_declare(engine):
    with engine.connect() as connection:
        differences = compare_metadata(
            MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True}),
            all_tables(),
        )
    assert differences == []


def test_constraints_are_what_the_tables_declare(engine):
    """Alembic compares neither primary keys nor checks: look at them one by one."""
    seen = inspect(engine)
    for table in all_tables().sorted_tables:
        assert seen.get_pk_constraint(table.name)["constrained_columns"] == [c.name for c in table.primary_key], (
            table.name
        )
        checks = {str(item["name"]) for item in seen.get_check_constraints(table.name)}
        declared = {str(item.name) for item in table.constraints if isinstance(item, CheckConstraint)}
        assert checks == declared, table.name


def test_down_leaves_nothing_and_up_brings_all_back(engine):
    downgrade(engine)
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    assert schema_of(engine) is None
    upgrade(engine)
    assert set(inspect(engine).get_table_names()) == {*all_tables().tables, "alembic_version"}


def test_migrating_again_changes_nothing(settings, engine):
    before = schema_of(engine)
    migrate(settings)
    assert schema_of(engine) == before


def test_database_of_a_newer_program_is_left_alone(settings, engine):
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '2999_01_01_0000'"))
    with pytest.raises(NotReady, match="2999"):
        migrate(settings)


def test_many_processes_migrate_one_database(settings, engine):
    downgrade(engine)
    engine.dispose()
    environment = {**os.environ, "TWIN_HOME": str(settings.home), "TWIN_DATABASE_URL": settings.database_url}
    code = "from twin.settings import Settings; from twin.services.database import migrate; migrate(Settings())"
    started = [
        subprocess.Popen([sys.executable, "-c", code], env=environment, stderr=subprocess.PIPE)
        for _ in range(PROCESSES)
    ]
    failures = [(process.communicate()[1].decode(), process.returncode) for process in started]
    assert [message for message, code in failures if code] == []
    assert set(inspect(engine).get_table_names()) == {*all_tables().tables, "alembic_version"}


def test_home_and_file_are_made_where_they_are_missing(tmp_path):
    settings = Settings(home=tmp_path / "new" / "home", database_url="")
    migrate(settings)
    assert (tmp_path / "new" / "home" / "plantwin.sqlite").exists()


def test_readings_are_stored_by_their_key_on_sqlite(engine):
    """WITHOUT ROWID, which no comparison of schemas sees, is what makes a signal's hour one stretch of the file."""
    if engine.dialect.name != "sqlite":
        pytest.skip("SQLite only")
    wanted = {
        table.name for table in all_tables().sorted_tables if table.dialect_options["sqlite"]["with_rowid"] is False
    }
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")).all()
    assert {name for name, statement in rows if "WITHOUT ROWID" in statement} == wanted
