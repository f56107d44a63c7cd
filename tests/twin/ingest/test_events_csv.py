import pytest

from twin.errors import InvalidInput
from twin.ingest.events_csv import asset_branches, read_events
from twin.records.event import EventKind, PlantEvent

ASSETS = {"hall", "hall/pump-1"}
HOUR_US = 3_600_000_000


def read(text, zone="UTC"):
    return read_events(text, assets=ASSETS, zone=zone, name="events.csv")


def test_events_with_all_and_with_the_least_columns():
    whole = 'kind,asset,start,end,text\nmaintenance,hall/pump-1,2001-09-09T01:46:40Z,2001-09-09T02:46:40Z,"seal, new"\n'
    start_us = 1_000_000_000_000_000
    assert read(whole) == (PlantEvent(EventKind.MAINTENANCE, "hall/pump-1", start_us, start_us + HOUR_US, "seal, new"),)
    assert read("Kind;Start\nProduct change;2001-09-09 01:46:40\n") == (
        PlantEvent(EventKind.PRODUCT_CHANGE, "", start_us, None),
    )


def test_site_time():
    (event,) = read("kind,start\nstop,2024-07-01 12:00\n", "Europe/Berlin")
    (utc,) = read("kind,start\nstop,2024-07-01T10:00Z\n")
    assert event == utc


def test_all_faults_of_all_lines():
    text = (
        "kind,asset,start,end\nlunch,,2024-01-01,\nstop,moon,2024-01-02,2024-01-01\nfailure,,,\n"
        "stop,,2024-10-27 02:30,\nstop,,x,y\n"
    )
    with pytest.raises(InvalidInput) as refused:
        read(text, "Europe/Berlin")
    wheres = [fault.where for fault in refused.value.faults]
    assert wheres == [
        "events.csv:2 kind", "events.csv:3 asset", "events.csv:3 end", "events.csv:4 start", "events.csv:5 start",
        "events.csv:6 start", "events.csv:6 end",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "start\n2024-01-01\n", "kind,start,colour\n", "kind,start\nstop,2024-01-01,x\n"])
def test_other_files_are_refused(text):
    with pytest.raises(InvalidInput):
        read(text)


def test_branches_are_assets_too():
    assert asset_branches(["a/b/c", "d"]) == {"a", "a/b", "a/b/c", "d"}
