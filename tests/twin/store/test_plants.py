import pytest
from sqlalchemy.exc import IntegrityError

from twin.records.plant import PlantRevision
from twin.store import plants


def revision(number, plant="loop"):
    return PlantRevision(plant, number, "e" * 64, "ada", "why", 1_000_000 * number)


@pytest.fixture
def session(context):
    with context.sessions() as opened:
        plants.add_plant(opened, revision(1), "text 1")
        yield opened


def test_head_moves_once_per_number(session):
    assert plants.move_head(session, "loop", before=1, after=2)
    assert not plants.move_head(session, "loop", before=1, after=2)
    assert not plants.move_head(session, "nowhere", before=1, after=2)


def test_head_gives_the_newest_text(session):
    plants.add_revision(session, revision(2), "text 2")
    plants.move_head(session, "loop", before=1, after=2)
    head = plants.find_head(session, "loop")
    assert (head.text, head.record()) == ("text 2", revision(2))
    assert plants.find_revision(session, "loop", 1).text == "text 1"
    assert plants.find_head(session, "nowhere") is None
    assert list(plants.list_revisions(session, "loop")) == [revision(2), revision(1)]


def test_heads_and_names_are_sorted(session):
    plants.add_plant(session, revision(1, "Alpha"), "x")
    assert [row.plant for row, _created in plants.list_heads(session)] == ["Alpha", "loop"]
    assert plants.list_names(session) == ["Alpha", "loop"]


def test_same_name_twice_is_refused_by_the_database(session):
    with pytest.raises(IntegrityError):
        plants.add_plant(session, revision(1), "other")


def test_revision_of_no_plant_is_refused_by_the_database(session):
    with pytest.raises(IntegrityError):
        plants.add_revision(session, revision(1, "nowhere"), "x")


def test_revision_number_must_be_positive(session):
    with pytest.raises(IntegrityError):
        plants.add_revision(session, revision(0), "x")
