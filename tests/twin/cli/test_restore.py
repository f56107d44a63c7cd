import sys

import pytest

from twin.cli import main
from twin.services import backup, plants

TEXT = "plant: loop\nassets:\n  - {id: hall/tank, type: tank}\n"


@pytest.fixture
def archive(context, tmp_path):
    plants.create(context, TEXT, author="ada", reason="first")
    backup.backup(context, tmp_path / "b.tar.zst")
    head = plants.get(context, "loop")[1]
    plants.update(context, "loop", TEXT + "synthetic: true\n", etag=head.etag, author="ada", reason="later")
    context.sessions.kw["bind"].dispose()
    return tmp_path / "b.tar.zst"


@pytest.fixture
def run(context, monkeypatch, capsys):
    monkeypatch.setenv("TWIN_HOME", str(context.home))
    monkeypatch.setenv("TWIN_DATABASE_URL", context.settings.database_url)

    def call(*words):
        monkeypatch.setattr(sys, "argv", ["twin", *map(str, words)])
        with pytest.raises(SystemExit) as leaving:
            main()
        return leaving.value.code or 0, capsys.readouterr().err

    return call


def test_data_that_is_there_is_kept_without_force(run, archive, context):
    code, err = run("restore", archive)
    assert code == 1
    assert "--force" in err
    assert plants.get(context, "loop")[1].revision == 2


def test_force_brings_the_old_state_back(run, archive, context):
    assert run("restore", archive, "--force")[0] == 0
    assert plants.get(context, "loop")[1].revision == 1


def test_missing_file_is_refused(run, tmp_path):
    assert run("restore", tmp_path / "none")[0] == 1
