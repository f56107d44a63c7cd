import pytest

from twin.errors import InvalidInput
from twin.ingest.draft import draft
from twin.ingest.log import read_log
from twin.ingest.mapping_file import load
from twin.scene.load import parse

NOW_US = 1_800_000_000_000_000

LOGS = {
    "wide.csv": "time,Pressure (bar),Speed\n2024-01-01T00:00:00Z,1.5,10\n2024-01-01T00:00:01Z,1.6,11\n",
    "german.csv": "Zeit;Druck [bar];Status\n31.12.2024 10:00:00;1.234,5;OK\n31.12.2024 10:00:01;2,5;OK\n",
    "long.csv": "timestamp,tag,value,unit\n2024-01-01T00:00:00Z,PT,1.5,bar\n2024-01-01T00:00:00Z,yes,3,L/min\n",
    "elapsed.csv": "t_s,u_V,u (V)\n0,1,2\n0.5,2,3\n",
}


@pytest.fixture
def drafted(tmp_path):
    def make(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path, draft(path, "mill", ["pump", "tank"])

    return make


@pytest.mark.parametrize("name", list(LOGS))
def test_both_drafts_load_and_read_their_log(drafted, name):
    path, found = drafted(name, LOGS[name])
    scene, document = parse(found.plant_text)
    assert document.faults == []
    mapping = load(found.mapping_text)
    assert {source.tag for source in mapping.all_sources()} == set(scene.tags) == {item.tag for item in found.signals}
    pieces = list(read_log(path, mapping, si_units={}, site_zone="UTC", now_us=NOW_US))
    assert sum(len(piece.batch) for piece in pieces) == (2 if name in ("german.csv", "long.csv") else 4)
    assert all(piece.batch.rejected == () for piece in pieces)


def test_units_are_taken_from_headers_and_asked_for_where_missing(drafted):
    _path, found = drafted("wide.csv", LOGS["wide.csv"])
    assert [(item.tag, item.unit) for item in found.signals] == [("Pressure", "bar"), ("Speed", None)]
    assert any("Speed" in remark for remark in found.remarks)
    assert "seen 1.5 to 1.6" in found.plant_text


def test_equal_tags_are_told_apart(drafted):
    _path, found = drafted("elapsed.csv", LOGS["elapsed.csv"])
    assert [item.tag for item in found.signals] == ["u", "u 2"]


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "time,b\n2024-01-01,x\n"])
def test_logs_without_times_or_numbers_are_refused(drafted, text):
    with pytest.raises(InvalidInput):
        drafted("bad.csv", text)
