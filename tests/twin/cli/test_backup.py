import json

import pytest

from twin.services import plants

TEXT = "plant: loop\nassets:\n  - {id: hall/tank, type: tank}\n"


@pytest.fixture
def run(context, monkeypatch, call):
    monkeypatch.setenv("TWIN_HOME", str(context.home))
    monkeypatch.setenv("TWIN_DATABASE_URL", context.settings.database_url)
    plants.create(context, TEXT, author="ada", reason="first")

    return call


def test_backup_is_written_and_verified(run, tmp_path):
    code, out, _err = run("backup", tmp_path / "b.tar.zst", "--json")
    assert code == 0
    assert all(len(member["sha256"]) == 64 for member in json.loads(out)["members"].values())
    code, out, _err = run("backup", tmp_path / "b.tar.zst", "--verify")
    assert code == 0
    assert "whole" in out


def test_existing_file_is_kept_without_force(run, tmp_path):
    (tmp_path / "b.tar.zst").write_bytes(b"precious")
    code, _out, err = run("backup", tmp_path / "b.tar.zst")
    assert code == 1
    assert "--force" in err
    assert (tmp_path / "b.tar.zst").read_bytes() == b"precious"


def test_damaged_file_does_not_verify(run, tmp_path):
    run("backup", tmp_path / "b.tar.zst")
    whole = (tmp_path / "b.tar.zst").read_bytes()
    (tmp_path / "b.tar.zst").write_bytes(whole[: len(whole) // 2])
    assert run("backup", tmp_path / "b.tar.zst", "--verify")[0] == 1
