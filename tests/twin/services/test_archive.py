import tarfile

import pyarrow as pa
import pytest

from twin.errors import InvalidInput
from twin.services import archive
from twin.services.context import silent


@pytest.fixture
def whole(tmp_path):
    (tmp_path / "a").write_bytes(b"alpha" * 1000)
    (tmp_path / "b").write_bytes(b"")
    target = tmp_path / "x.tar.zst"
    archive.write(target, {"database/a": tmp_path / "a", "files/deep/b": tmp_path / "b"}, {"fact": 1}, silent)
    return target


def test_members_come_back_as_they_were(whole, tmp_path):
    manifest = archive.read(whole, tmp_path / "out", silent)
    assert manifest["fact"] == 1
    assert (tmp_path / "out/database/a").read_bytes() == b"alpha" * 1000
    assert (tmp_path / "out/files/deep/b").read_bytes() == b""
    assert not list(tmp_path.glob("*.partial"))


def test_checking_alone_writes_nothing(whole, tmp_path):
    before = sorted(tmp_path.rglob("*"))
    archive.read(whole, None, silent)
    assert sorted(tmp_path.rglob("*")) == before


def repack(source, target, change):
    with pa.CompressedInputStream(str(source), "zstd") as packed, tarfile.open(fileobj=packed, mode="r|") as old:
        with pa.CompressedOutputStream(str(target), "zstd") as out, tarfile.open(fileobj=out, mode="w|") as new:
            for member in old:
                change(new, member, old.extractfile(member))


def test_changed_member_is_named(whole, tmp_path):
    import io

    def change(new, member, content):
        block = content.read()
        if member.name == "database/a":
            block = b"x" + block[1:]
        new.addfile(member, io.BytesIO(block))

    repack(whole, tmp_path / "y.tar.zst", change)
    with pytest.raises(InvalidInput) as refusal:
        archive.read(tmp_path / "y.tar.zst", None, silent)
    assert [fault.got for fault in refusal.value.faults] == ["another content of 'database/a'"]


def test_missing_member_is_named(whole, tmp_path):
    def change(new, member, content):
        if member.name != "files/deep/b":
            new.addfile(member, content)

    repack(whole, tmp_path / "y.tar.zst", change)
    with pytest.raises(InvalidInput, match="no member 'files/deep/b'"):
        archive.read(tmp_path / "y.tar.zst", None, silent)


@pytest.mark.parametrize("name", ["/etc/evil", "files/../../evil", "evil", "database/../evil"])
def test_member_that_leads_out_of_the_folder_is_refused(whole, tmp_path, name):
    def change(new, member, content):
        if member.name == "files/deep/b":
            member.name = name
        new.addfile(member, content)

    repack(whole, tmp_path / "y.tar.zst", change)
    with pytest.raises(InvalidInput):
        archive.read(tmp_path / "y.tar.zst", tmp_path / "out", silent)
    assert not (tmp_path / "evil").exists()


def test_link_is_refused(whole, tmp_path):
    def change(new, member, content):
        if member.name == "files/deep/b":
            member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
            content = None
        new.addfile(member, content)

    repack(whole, tmp_path / "y.tar.zst", change)
    with pytest.raises(InvalidInput):
        archive.read(tmp_path / "y.tar.zst", tmp_path / "out", silent)


def test_failed_write_leaves_no_half_file(tmp_path):
    (tmp_path / "a").write_bytes(b"x")
    with pytest.raises(FileNotFoundError):
        archive.write(tmp_path / "x.tar.zst", {"files/a": tmp_path / "a", "files/b": tmp_path / "none"}, {}, silent)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
