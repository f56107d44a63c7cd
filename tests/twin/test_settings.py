import pytest
from pydantic import ValidationError

from twin.settings import Settings


def test_everything_lies_in_one_folder_by_default(tmp_path):
    found = Settings(home=tmp_path, database_url="", jobs_url="")
    assert found.sqlalchemy_url == f"sqlite:///{tmp_path / 'plantwin.sqlite'}"
    assert found.dbos_url == f"sqlite:///{tmp_path / 'jobs.sqlite'}"
    assert found.host == "127.0.0.1"


def test_jobs_go_to_the_postgres_database_of_the_data(tmp_path):
    found = Settings(home=tmp_path, database_url="postgresql+psycopg://u@h/db", jobs_url="")
    assert found.dbos_url == "postgresql://u@h/db"
    assert Settings(home=tmp_path, jobs_url="sqlite:///x").dbos_url == "sqlite:///x"


def test_each_setting_is_an_environment_variable(monkeypatch, tmp_path):
    monkeypatch.setenv("TWIN_HOME", str(tmp_path))
    monkeypatch.setenv("TWIN_PORT", "9000")
    assert (Settings().home, Settings().port) == (tmp_path, 9000)


def test_secrets_are_not_printed(monkeypatch):
    monkeypatch.setenv("TWIN_ADMIN_PASSWORD", "swordfish")
    assert "swordfish" not in repr(Settings())


@pytest.mark.parametrize("hour", [-1, 24])
def test_hour_of_the_day_is_one(hour):
    with pytest.raises(ValidationError):
        Settings(nightly_hour=hour)
