"""The private folder of derived text."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from physics.compiler import disk_cache


@pytest.fixture
def place(tmp_path, monkeypatch):
    folder = tmp_path / "cache"
    monkeypatch.setenv(disk_cache.FOLDER_VARIABLE, str(folder))
    return folder


def test_what_is_written_is_read(place):
    disk_cache.write("kind", "key", "line one\nline two\n")
    assert disk_cache.read("kind", "key") == "line one\nline two\n"
    assert disk_cache.read("kind", "other") is None


def test_folder_is_for_its_owner_only(place):
    place.mkdir(mode=0o755)
    place.chmod(0o755)
    assert stat.S_IMODE(disk_cache.folder().stat().st_mode) == 0o700


def test_folder_of_another_user_is_refused(place, monkeypatch):
    owner = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: owner + 1)
    with pytest.raises(disk_cache.UnsafeFolder, match=disk_cache.FOLDER_VARIABLE):
        disk_cache.folder()


def test_torn_and_moved_entries_read_as_absent(place):
    disk_cache.write("kind", "key", "whole")
    entry = place / "kind" / "key"
    (place / "kind" / "elsewhere").write_text(entry.read_text())
    assert disk_cache.read("kind", "elsewhere") is None
    entry.write_text(entry.read_text()[:-1])
    assert disk_cache.read("kind", "key") is None


def test_many_writers_leave_one_whole_entry(place):
    body = "x" * 100_000
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: disk_cache.write("kind", "key", body), range(32)))
    assert disk_cache.read("kind", "key") == body
    assert [path.name for path in (place / "kind").iterdir()] == ["key"]


def test_digest_tells_parts_apart():
    assert disk_cache.digest("ab", "c") != disk_cache.digest("a", "bc")
