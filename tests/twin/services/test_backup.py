"""A backup is of one moment, proves itself, and comes back as it was."""

import json
import threading

import pytest

from twin.errors import Conflict, InvalidInput
from twin.services import backup as service
from twin.services import plants
from twin.services.context import Context
from twin.settings import Settings

TEXT = "plant: {name}\nassets:\n  - {{id: hall/tank, type: tank}}\n"


@pytest.fixture
def filled(context):
    for name in ("north", "south"):
        plants.create(context, TEXT.format(name=name), author="ada", reason="first")
    artefact = context.home / "models" / "north" / "weights.safetensors"
    artefact.parent.mkdir(parents=True)
    artefact.write_bytes(bytes(range(256)) * 100)
    return context


@pytest.fixture
def emptied(filled, tmp_path):
    """The same kind of database, empty, with a home of its own; gives its settings after a backup was made."""

    def make(archive):
        service.backup(filled, archive)
        settings = filled.settings
        if settings.database_url:
            return settings.model_copy(update={"home": tmp_path / "other"})
        return Settings(home=tmp_path / "other", database_url="", jobs_url="")

    return make


def test_restore_gives_back_plants_and_artefacts(filled, emptied, tmp_path):
    settings = emptied(tmp_path / "b.tar.zst")
    force = bool(settings.database_url)
    plants.create(filled, TEXT.format(name="later"), author="ada", reason="after the backup")
    service.restore(settings, tmp_path / "b.tar.zst", force=force)
    restored = Context.open(settings)
    assert [item.revision.plant for item in plants.list_plants(restored)] == ["north", "south"]
    assert plants.history(restored, "north") == plants.history(filled, "north")
    copy = settings.home / "models" / "north" / "weights.safetensors"
    assert copy.read_bytes() == bytes(range(256)) * 100
    restored.sessions.kw["bind"].dispose()


def test_restore_refuses_to_overwrite_without_force(filled, tmp_path):
    service.backup(filled, tmp_path / "b.tar.zst")
    with pytest.raises(Conflict, match="--force"):
        service.restore(filled.settings, tmp_path / "b.tar.zst")
    assert len(plants.list_plants(filled)) == 2


def test_backup_refuses_to_overwrite_without_force(filled, tmp_path):
    service.backup(filled, tmp_path / "b.tar.zst")
    with pytest.raises(Conflict):
        service.backup(filled, tmp_path / "b.tar.zst")
    service.backup(filled, tmp_path / "b.tar.zst", force=True)


def test_backup_while_somebody_writes_is_of_one_moment(filled, tmp_path):
    """A revision is two writes in one commit; a backup that saw half of one would name a head without its row."""
    stop = threading.Event()

    def write():
        count = 0
        while not stop.is_set():
            head = plants.get(filled, "north")[1]
            text = TEXT.format(name="north") + f"description: change {count}\n"
            plants.update(filled, "north", text, etag=head.etag, author="bob", reason="busy")
            count += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            service.backup(filled, tmp_path / f"{number}.tar.zst")
    finally:
        stop.set()
        writer.join()
    if filled.settings.database_url:
        return  # REPEATABLE READ is PostgreSQL's own promise; its copy is checked by the restore above
    for number in range(5):
        settings = Settings(home=tmp_path / f"home{number}", database_url="", jobs_url="")
        service.restore(settings, tmp_path / f"{number}.tar.zst")
        restored = Context.open(settings)
        head = plants.get(restored, "north")[1]
        assert [item.revision for item in plants.history(restored, "north")] == list(range(head.revision, 0, -1))
        restored.sessions.kw["bind"].dispose()


def test_damaged_backup_is_refused_and_nothing_changes(filled, tmp_path):
    archive = tmp_path / "b.tar.zst"
    service.backup(filled, archive)
    whole = archive.read_bytes()
    for damaged in (whole[: len(whole) // 2], whole[:-40], b"no archive", b""):
        archive.write_bytes(damaged)
        filled.sessions.kw["bind"].dispose()
        with pytest.raises(InvalidInput):
            service.restore(filled.settings, archive, force=True)
        with pytest.raises(InvalidInput):
            service.verify(archive)
    assert len(plants.list_plants(filled)) == 2


def test_missing_backup_is_named(settings, tmp_path):
    with pytest.raises(InvalidInput, match="no such file"):
        service.verify(tmp_path / "none.tar.zst")


def test_backup_of_the_other_database_is_refused(filled, tmp_path, request):
    if filled.settings.database_url:
        pytest.skip("shown from SQLite to PostgreSQL")
    service.backup(filled, tmp_path / "b.tar.zst")
    folder = request.getfixturevalue("postgres_cluster")
    url = f"postgresql+psycopg://plantwin@/template_plantwin?host={folder}"
    other = Settings(home=tmp_path / "other", database_url=url, jobs_url="")
    with pytest.raises(InvalidInput, match="sqlite backup"):
        service.restore(other, tmp_path / "b.tar.zst", force=True)


def test_restore_waits_for_server_and_worker_to_stop(filled, tmp_path):
    if filled.settings.database_url:
        pytest.skip("PostgreSQL locks its tables by itself")
    service.backup(filled, tmp_path / "b.tar.zst")
    with filled.sessions() as session:
        session.connection()
        with pytest.raises(Conflict, match="has it open"):
            service.restore(filled.settings, tmp_path / "b.tar.zst", force=True)


def test_manifest_names_every_member_with_its_hash(filled, tmp_path):
    manifest = service.backup(filled, tmp_path / "b.tar.zst")
    assert manifest == service.verify(tmp_path / "b.tar.zst")
    assert manifest["members"]["files/models/north/weights.safetensors"]["bytes"] == 25_600
    assert json.dumps(manifest)


def test_numbers_go_on_after_a_restore(filled, emptied, tmp_path):
    """Rows with numbers that the database gives keep their numbers, and new ones follow."""
    settings = emptied(tmp_path / "b.tar.zst")
    service.restore(settings, tmp_path / "b.tar.zst", force=bool(settings.database_url))
    restored = Context.open(settings)
    head = plants.get(restored, "south")[1]
    changed = TEXT.format(name="south") + "synthetic: true\n"
    assert plants.update(restored, "south", changed, etag=head.etag, author="a", reason="b").revision == 2
    restored.sessions.kw["bind"].dispose()
