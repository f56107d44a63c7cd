import itertools
import tempfile
from pathlib import Path

import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twin.errors import Cancelled, Conflict, InvalidInput, NotFound
from twin.ingest import csv_log
from twin.services import ingest, plants, quarantine, readings
from twin.services.context import Context
from twin.store import ingests, reading_rows

PLANT = """
plant: p
assets: [{id: tank, type: tank}]
sensors:
  - {tag: PT, measures: tank.bottom.pressure_pa, unit: bar}
  - {tag: TT, unit: degC}
"""
MAPPING = """
time: {column: t, zone: UTC}
columns:
  p: {tag: PT, unit: bar}
  q: {tag: TT, unit: degC}
"""
ROWS = 600
NUMBERS = itertools.count()


@pytest.fixture
def plant(context, monkeypatch):
    """A plant whose logs are read in many small pieces."""
    monkeypatch.setattr(csv_log.read_csv, "__kwdefaults__", {"missing": ("",), "block_bytes": 1000})
    plants.create(context, PLANT, author="ada", reason="test")
    return context


def line(row, pressure=None, temperature="20"):
    moment = f"2024-01-01T{row // 3600:02}:{row // 60 % 60:02}:{row % 60:02}"
    return f"{moment},{row / 100 if pressure is None else pressure},{temperature}"


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text("t,p,q\n" + "\n".join(line(row) for row in range(ROWS)) + "\n")
    return path


def stored(context: Context):
    found = readings.series(context, "p", ["PT", "TT"], max_points=10 * ROWS)
    return {
        item.tag: list(zip(item.times_us.tolist(), item.values.tolist(), strict=True))
        for item in found
        if len(item.times_us)
    }


def test_log_is_taken_in_once(plant, log):
    first = ingest.ingest(plant, "p", log, MAPPING)
    assert (first.rows, first.accepted, first.duplicates, first.quarantined) == (ROWS, 2 * ROWS, 0, 0)
    assert (first.complete, first.resumed, first.unbound) == (True, False, ())
    assert len(stored(plant)["PT"]) == ROWS
    assert stored(plant)["PT"][50][1] == pytest.approx(0.5e5)
    assert ingest.ingest(plant, "p", log, MAPPING) == first
    assert ingest.history(plant, "p") == (first,)


def test_other_mapping_text_reads_again_and_finds_everything_known(plant, log):
    ingest.ingest(plant, "p", log, MAPPING)
    again = ingest.ingest(plant, "p", log, MAPPING + "# seen\n")
    assert (again.accepted, again.duplicates) == (0, 2 * ROWS)


def test_parquet_beside_csv_changes_nothing(plant, log, tmp_path):
    ingest.ingest(plant, "p", log, MAPPING)
    pq.write_table(arrow_csv.read_csv(log), tmp_path / "log.parquet")
    assert ingest.ingest(plant, "p", tmp_path / "log.parquet", MAPPING).duplicates == 2 * ROWS


def test_bad_rows_wait_with_reason_and_raw_text(plant, log):
    bad = [
        "junk",
        line(1000, "oops"),
        "soon,1,20",
        line(1001, "nan"),
        line(5, 99.0),
        "2999-01-01T00:00:00,1,20",
        line(1002, "Bad"),
    ]
    log.write_text(log.read_text() + "\n".join(bad) + "\n")
    report = ingest.ingest(plant, "p", log, MAPPING)
    assert quarantine.reasons(plant, "p") == {
        "malformed row": 1, "unparsable value": 1, "unparsable time": 2, "not a number": 1,
        "another value at the same time": 1, "time in the future": 2,
    }  # fmt: skip
    rows = {(row.reason, row.tag): row for row in quarantine.listed(plant, "p")}
    assert rows["unparsable value", "PT"].value == "oops"
    assert rows["unparsable value", "PT"].row == ROWS + 1
    assert rows["malformed row", ""].value == "junk"
    assert rows["another value at the same time", "PT"].value == "9900000.0"
    assert report.quarantined == 8
    assert report.accepted == 2 * ROWS + 4  # temperatures of the rows with a bad pressure, and the word Bad


def test_cancelled_ingest_keeps_what_it_committed_and_goes_on(plant, log):
    shares = []

    def stop_in_the_middle(share, _text):
        shares.append(share)
        if share > 0.4:
            raise Cancelled("stop")

    with pytest.raises(Cancelled):
        ingest.ingest(plant, "p", log, MAPPING, progress=stop_in_the_middle)
    assert len(shares) > 1
    (half,) = ingest.history(plant, "p")
    assert 0 < half.rows < ROWS
    assert not half.complete
    assert len(stored(plant)["PT"]) == half.rows
    whole = ingest.ingest(plant, "p", log, MAPPING)
    assert (whole.resumed, whole.complete, whole.accepted, whole.duplicates) == (True, True, 2 * ROWS, 0)
    assert len(stored(plant)["PT"]) == ROWS


def test_failure_within_a_piece_leaves_nothing_of_it(plant, log, monkeypatch):
    store, calls = reading_rows.store, []

    def fail_at_the_third(*arguments):
        calls.append(store(*arguments))
        if len(calls) == 3:
            raise OSError("disk full")
        return calls[-1]

    monkeypatch.setattr(reading_rows, "store", fail_at_the_third)
    with pytest.raises(OSError, match="disk full"):
        ingest.ingest(plant, "p", log, MAPPING)
    (half,) = ingest.history(plant, "p")
    assert len(stored(plant)["PT"]) == half.rows
    assert ingest.ingest(plant, "p", log, MAPPING).accepted == 2 * ROWS


def test_second_reader_of_the_same_file_stops(plant, log):
    def overtake(_share, _text):
        with plant.sessions.begin() as session:
            (row,) = ingests.listed(session, "p")
            row.rows_done += 1

    with pytest.raises(Conflict, match="another process"):
        ingest.ingest(plant, "p", log, MAPPING, progress=overtake)


def test_stretches_are_found_by_name(plant, tmp_path):
    path = tmp_path / "rig.csv"
    path.write_text("t,u1,u2\n0,1,2\n4,3,4\n")
    mapping = """
time: {column: t, elapsed: s}
stretches:
  train: {origin: 2020-01-01T00:00:00Z, columns: {u1: {tag: TT, unit: K}}}
  test: {origin: 2020-01-02T00:00:00Z, columns: {u2: {tag: TT, unit: K}}}
"""
    ingest.ingest(plant, "p", path, mapping)
    found = ingest.stretches(plant, "p")
    assert set(found) == {"train", "test"}
    assert found["test"].start_us - found["train"].start_us == 86_400_000_000
    assert found["train"].end_us - found["train"].start_us == 4_000_001


def test_tags_that_the_plant_does_not_know_are_stored_and_named(plant, tmp_path):
    path = tmp_path / "log.csv"
    path.write_text("t,x\n2024-01-01T00:00:00Z,5\n")
    mapping = "time: {column: t}\ncolumns: {x: {tag: XT, unit: mm}}\n"
    assert ingest.ingest(plant, "p", path, mapping).unbound == ("XT",)
    assert readings.series(plant, "p", ["XT"])[0].values.tolist() == [0.005]
    with pytest.raises(InvalidInput, match="XT"):  # what was stored in metres stays a length
        ingest.ingest(plant, "p", path, mapping.replace("mm", "bar"))


def test_hopeless_mapping_is_refused_and_writes_nothing(plant, tmp_path):
    path = tmp_path / "log.csv"
    path.write_text("t,p\n" + "\n".join(f"{row:04}-x,1" for row in range(5000)))
    mapping = "time: {column: t}\ncolumns: {p: {tag: PT, unit: bar}}\n"
    csv_log.read_csv.__kwdefaults__["block_bytes"] = 1 << 20
    with pytest.raises(InvalidInput, match="unparsable time"):
        ingest.ingest(plant, "p", path, mapping)
    assert quarantine.listed(plant, "p") == ()


def test_bad_requests_are_refused(plant, log, tmp_path):
    with pytest.raises(NotFound):
        ingest.ingest(plant, "q", log, MAPPING)
    with pytest.raises(NotFound):
        ingest.ingest(plant, "p", tmp_path / "none.csv", MAPPING)
    with pytest.raises(InvalidInput, match=r"m\.yaml PT"):
        ingest.ingest(plant, "p", log, MAPPING.replace("bar", "V"), mapping_name="m.yaml")
    with pytest.raises(InvalidInput, match="no column 'z'"):
        ingest.ingest(plant, "p", log, MAPPING + "  z: {unit: V}\n")
    assert stored(plant) == {}


def test_job_step_takes_paths_below_the_home_folder(plant, log):
    folder = plant.home / "work" / "job"
    folder.mkdir(parents=True)
    (folder / "log.csv").write_text(log.read_text())
    (folder / "mapping.yaml").write_text(MAPPING)
    state = {"job": "j", "plant": "p", "file": "work/job/log.csv", "mapping": "work/job/mapping.yaml"}
    ((_name, step),) = ingest.STEPS
    after = step(plant, state, lambda _share, _text: None)
    assert after["job"] == "j"
    assert after["result"]["accepted"] == 2 * ROWS


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_split_order_and_repetition_of_a_log_gives_the_same_table(context, data):
    """Without contradictions in a log, the table is a function of the set of its rows."""
    rows = [line(row, temperature="Bad" if row % 7 == 0 else row % 5) for row in range(40)] + ["junk", line(50, "oops")]
    told = data.draw(st.permutations(rows + data.draw(st.lists(st.sampled_from(rows), max_size=20))))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(told)), max_size=4)))
    with tempfile.TemporaryDirectory() as name:
        plant = f"p{next(NUMBERS)}"
        plants.create(context, PLANT.replace("plant: p", f"plant: {plant}"), author="ada", reason="test")
        for number, (low, high) in enumerate(zip([0, *cuts], [*cuts, len(told)], strict=True)):
            path = Path(name) / f"{number}.csv"
            path.write_text("t,p,q\n" + "\n".join(told[low:high]) + "\n")
            ingest.ingest(context, plant, path, MAPPING)
    found = {item.tag: item for item in readings.series(context, plant, ["PT", "TT"])}
    seconds = [(time - found["PT"].times_us[0]) // 1_000_000 for time in found["TT"].times_us.tolist()]
    assert found["PT"].values.tolist() == pytest.approx([row * 1e3 for row in range(40)])
    assert seconds == [*range(40), 50]
    assert quarantine.reasons(context, plant) == {"malformed row": 1, "unparsable value": 1}
