import threading

import pytest
from sqlalchemy import text

from twin.store.base import Base, open_engine


def test_sqlite_reads_on_while_somebody_writes_and_keeps_foreign_keys(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'deep' / 'x.sqlite'}")
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
        assert connection.execute(text("PRAGMA busy_timeout")).scalar() == 30_000
    engine.dispose()


def test_postgres_url_gets_the_installed_driver():
    engine = open_engine("postgresql://someone@localhost/db")
    assert engine.url.drivername == "postgresql+psycopg"
    engine.dispose()


def test_second_writer_waits_instead_of_failing(database_url):
    engine = open_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE counter (n INTEGER)"))
        connection.execute(text("INSERT INTO counter VALUES (0)"))

    def add():
        for _ in range(20):
            with engine.begin() as connection:
                connection.execute(text("UPDATE counter SET n = n + 1"))

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with engine.connect() as connection:
        assert connection.execute(text("SELECT n FROM counter")).scalar() == 80
    engine.dispose()


@pytest.mark.parametrize("kind", ["ix", "uq", "fk", "pk"])
def test_constraints_are_named_by_one_rule(kind):
    assert kind in Base.metadata.naming_convention
