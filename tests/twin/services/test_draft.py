import pytest

from twin.errors import Conflict, InvalidInput, NotFound
from twin.services import ingest, plants, readings
from twin.services.draft import draft_from_log

LOG = "time,Pressure (bar)\n" + "".join(f"2024-01-01T00:00:0{second}Z,1.{second}\n" for second in range(10))


def test_drafted_files_carry_a_log_to_stored_readings(context, tmp_path):
    log, folder = tmp_path / "log.csv", tmp_path / "my mill"
    log.write_text(LOG)
    found = draft_from_log(log, folder)
    assert [signal.tag for signal in found.signals] == ["Pressure"]
    revision = plants.create(context, (folder / "plant.yaml").read_text(), author="ada", reason="draft")
    assert revision.plant == "my-mill"
    report = ingest.ingest(context, "my-mill", log, (folder / "mapping.yaml").read_text())
    assert (report.accepted, report.unbound) == (10, ())
    assert readings.series(context, "my-mill")[0].values[3] == pytest.approx(1.3e5)


def test_nothing_is_overwritten(tmp_path):
    log = tmp_path / "log.csv"
    log.write_text(LOG)
    (tmp_path / "mapping.yaml").write_text("mine")
    with pytest.raises(Conflict):
        draft_from_log(log, tmp_path)
    assert (tmp_path / "mapping.yaml").read_text() == "mine"
    assert not (tmp_path / "plant.yaml").exists()


def test_what_is_no_log(tmp_path):
    with pytest.raises(NotFound):
        draft_from_log(tmp_path / "none.csv", tmp_path)
    (tmp_path / "log.csv").write_text("a,b\n1,2\n")
    with pytest.raises(InvalidInput):
        draft_from_log(tmp_path / "log.csv", tmp_path / "out")
    assert not (tmp_path / "out").exists()
