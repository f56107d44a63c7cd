import pytest

from twin.errors import InvalidInput, NotFound
from twin.records.event import EventKind, PlantEvent
from twin.services import events, plants

PLANT = "plant: p\nsite: {time_zone: Europe/Berlin}\nassets:\n  - {id: hall/tank, type: tank}\n"
TEXT = """\
kind,asset,start,end,text
stop,,2024-07-01 12:00,2024-07-01 13:00,lunch
maintenance,hall/tank,2024-07-02T10:00Z,,
"""


@pytest.fixture
def plant(context):
    plants.create(context, PLANT, author="ada", reason="test")
    return context


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "events.csv"
    path.write_text(TEXT)
    return path


def test_import_twice_changes_nothing(plant, file):
    first, second = events.import_file(plant, "p", file), events.import_file(plant, "p", file)
    assert (first.new, first.known) == (2, 0)
    assert (second.new, second.changed, second.known) == (0, 0, 2)
    stop, maintenance = events.listed(plant, "p")
    assert (stop.kind, stop.asset, stop.start_us) == (EventKind.STOP, "", 1_719_828_000_000_000)  # 10:00 UTC
    assert maintenance.end_us is None


def test_one_faulty_line_and_nothing_is_written(plant, file):
    file.write_text(TEXT + "stop,moon,2024-07-03,,\n")
    with pytest.raises(InvalidInput, match="moon"):
        events.import_file(plant, "p", file)
    assert events.listed(plant, "p") == ()


def test_saved_events_are_checked_and_a_change_is_a_version(plant):
    event = PlantEvent(EventKind.FAILURE, "hall/tank", 10, None)
    assert events.save(plant, "p", [event]).new == 1
    assert events.save(plant, "p", [PlantEvent(EventKind.FAILURE, "hall/tank", 10, 20)]).changed == 1
    assert events.listed(plant, "p", 0, 100)[0].end_us == 20
    with pytest.raises(InvalidInput):
        events.save(plant, "p", [PlantEvent(EventKind.FAILURE, "moon", 10, 5)])


def test_missing_file_and_other_bytes(plant, tmp_path):
    with pytest.raises(NotFound):
        events.import_file(plant, "p", tmp_path / "none.csv")
    (tmp_path / "odd.csv").write_bytes(b"kind,start\n\xff\xfe")
    with pytest.raises(InvalidInput):
        events.import_file(plant, "p", tmp_path / "odd.csv")
