"""Revisions are immutable, writers that saw an old one are told so, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from twin.errors import Conflict, InvalidInput, NotFound, Outdated
from twin.services import plants
from twin.services.context import Context

TEXT = """\
# a comment that must survive
plant: loop
site: {name: Hall 2, time_zone: Europe/Berlin}
assets:
  - {id: hall/tank, type: tank}
"""
CHANGED = TEXT + "synthetic: true\n"
WRITERS = 8
LINES = 334


@pytest.fixture
def first(context):
    return plants.create(context, TEXT, author="ada", reason="first")


def change(context, etag, text=CHANGED):
    return plants.update(context, "loop", text, etag=etag, author="bob", reason="second")


def test_created_plant_can_be_read(context, first):
    scene, read = plants.get(context, "loop")
    assert read == first
    assert scene.site.name == "Hall 2"
    assert plants.text(context, "loop") == (TEXT, first)


def test_revision_knows_who_when_and_why(context):
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    still = Context(context.settings, context.sessions, clock=lambda: noon)
    revision = plants.create(still, TEXT, author="ada", reason="first")
    assert (revision.author, revision.reason, revision.revision) == ("ada", "first", 1)
    assert revision.created_us == noon.timestamp() * 1_000_000
    assert plants.history(still, "loop") == (revision,)


def test_name_that_is_taken_is_a_conflict(context, first):
    with pytest.raises(Conflict, match="exists already"):
        plants.create(context, CHANGED, author="bob", reason="again")
    assert plants.history(context, "loop") == (first,)


def test_update_adds_a_revision_and_keeps_the_old(context, first):
    second = change(context, first.etag)
    assert second.revision == 2
    assert plants.get(context, "loop")[0].synthetic
    assert not plants.get(context, "loop", 1)[0].synthetic
    assert plants.history(context, "loop") == (second, first)


def test_writer_with_an_old_etag_is_told_and_nothing_is_lost(context, first):
    second = change(context, first.etag)
    with pytest.raises(Outdated):
        change(context, first.etag, TEXT + "sampling_s: 2\n")
    assert plants.get(context, "loop")[1] == second


def test_etag_may_come_in_quotes_as_http_writes_it(context, first):
    assert change(context, f'"{first.etag}"').revision == 2


def test_same_text_again_is_no_revision(context, first):
    assert change(context, first.etag, TEXT) == first


def test_changed_comment_is_a_revision(context, first):
    assert change(context, first.etag, TEXT.replace("comment", "remark")).revision == 2


def test_faulty_update_changes_nothing(context, first):
    with pytest.raises(InvalidInput) as refusal:
        change(context, first.etag, CHANGED.replace("type: tank", "type: tnk"))
    assert refusal.value.faults[0].where == "plant.yaml:5 hall/tank.type"
    assert plants.history(context, "loop") == (first,)


def test_update_cannot_rename(context, first):
    with pytest.raises(InvalidInput, match="own name"):
        change(context, first.etag, CHANGED.replace("plant: loop", "plant: other"))


def test_unsolvable_plant_is_refused_with_its_line(context):
    text = (
        "plant: p\nassets:\n  - {id: a, type: valve}\n  - {id: b, type: valve}\nconnections:\n  - [a.outlet, b.inlet]\n"
    )
    with pytest.raises(InvalidInput) as refusal:
        plants.create(context, text, author="ada", reason="first")
    assert all(fault.where.startswith("plant.yaml:") for fault in refusal.value.faults)
    assert plants.list_plants(context) == ()


def test_restore_writes_the_old_text_as_a_new_revision(context, first):
    second = change(context, first.etag)
    third = plants.restore(context, "loop", 1, etag=second.etag, author="eve")
    assert (third.revision, third.etag, third.reason) == (3, first.etag, "Restore revision 1")
    assert plants.text(context, "loop")[0] == TEXT
    assert len(plants.history(context, "loop")) == 3


def test_restore_needs_the_newest_etag(context, first):
    change(context, first.etag)
    with pytest.raises(Outdated):
        plants.restore(context, "loop", 1, etag=first.etag, author="eve")


def test_diff_names_what_changed(context, first):
    change(context, first.etag)
    assert plants.diff(context, "loop", 1, 2) == [{"op": "add", "path": "synthetic", "old": None, "new": True}]
    assert plants.diff(context, "loop", 2, 2) == []


@pytest.mark.parametrize("revision", [0, -1, 2, 10**9])
def test_unknown_revision_is_named(context, first, revision):
    with pytest.raises(NotFound, match="loop@"):
        plants.get(context, "loop", revision)


def test_unknown_plant_is_named_with_those_that_exist(context, first):
    for ask in (plants.get, plants.history):
        with pytest.raises(NotFound, match=r"nowhere.*Known: loop"):
            ask(context, "nowhere")


@pytest.mark.parametrize("author", ["", "  ", "x" * 201])
def test_change_without_a_name_is_refused(context, author):
    with pytest.raises(InvalidInput, match="author"):
        plants.create(context, TEXT, author=author, reason="first")


def test_list_shows_newest_revisions_by_name(context, first):
    plants.create(context, TEXT.replace("plant: loop", "plant: Alpha"), author="ada", reason="first")
    change(context, first.etag)
    found = plants.list_plants(context)
    assert [(item.revision.plant, item.revision.revision) for item in found] == [("Alpha", 1), ("loop", 2)]
    assert found[1].synthetic
    assert found[1].site == "Hall 2"
    assert found[1].created_us == first.created_us


def test_of_many_writers_with_one_etag_one_wins(context, first):
    def write(number):
        try:
            return change(context, first.etag, TEXT + f"sampling_s: {number + 1}\n").revision
        except Outdated:
            return None

    with ThreadPoolExecutor(WRITERS) as pool:
        results = list(pool.map(write, range(WRITERS)))
    assert sorted(filter(None, results)) == [2]
    assert len(plants.history(context, "loop")) == 2


def test_writers_that_read_again_lose_no_change(context, first):
    """Each writer adds one asset of its own and repeats until it gets through: all must be there at the end."""

    def write(number):
        while True:
            text, head = plants.text(context, "loop")
            try:
                return change(context, head.etag, f"{text}  - {{id: hall/t{number}, type: tank}}\n")
            except Outdated:
                continue

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))
    scene, head = plants.get(context, "loop")
    assert head.revision == WRITERS + 1
    assert {asset.id for asset in scene.assets} == {"hall/tank", *(f"hall/t{number}" for number in range(WRITERS))}


def test_of_many_creators_of_one_name_one_wins(context):
    def create(number):
        try:
            return plants.create(context, TEXT, author=f"writer {number}", reason="first").author
        except Conflict:
            return None

    with ThreadPoolExecutor(WRITERS) as pool:
        winners = list(filter(None, pool.map(create, range(WRITERS))))
    assert [plants.get(context, "loop")[1].author] == winners


def test_thousand_components_are_checked_and_stored(context):
    lines = range(LINES)
    assets = "".join(
        f"  - {{id: l{n}/tank, type: tank}}\n  - {{id: l{n}/valve, type: valve}}\n  - {{id: l{n}/pit, type: tank}}\n"
        for n in lines
    )
    links = "".join(f"  - [l{n}/tank.bottom, l{n}/valve.inlet]\n  - [l{n}/valve.outlet, l{n}/pit.top]\n" for n in lines)
    text = f"plant: hall\nassets:\n{assets}connections:\n{links}"
    plants.create(context, text, author="ada", reason="first")
    assert len(plants.get(context, "hall")[0].assets) == 3 * LINES
