import json

import pytest

PLANT = "plant: p\nsensors:\n  - {tag: PT, unit: bar}\n"
MAPPING = "time: {column: t}\ncolumns: {p: {tag: PT, unit: bar}, x: {tag: XT, unit: V}}\n"
LOG = "t,p,x\n2024-01-01T00:00:00Z,1.5,1\n2024-01-01T00:00:01Z,oops,2\n2024-01-01T00:00:02Z,1.6,\n"


@pytest.fixture
def run(settings, monkeypatch, call, tmp_path):
    monkeypatch.setenv("TWIN_HOME", str(settings.home))
    monkeypatch.setenv("TWIN_DATABASE_URL", settings.database_url)
    monkeypatch.chdir(tmp_path)
    for name, text in (("plant.yaml", PLANT), ("mapping.yaml", MAPPING), ("log.csv", LOG)):
        (tmp_path / name).write_text(text)

    call("plant", "import", "plant.yaml")
    return call


def test_log_goes_in_and_bad_rows_are_listed_and_corrected(run):
    code, out, _err = run("ingest", "p", "log.csv", "--mapping", "mapping.yaml")
    assert code == 0
    assert "3 rows, 4 new readings, 0 known, 1 in quarantine" in out
    assert "not in plant.yaml yet: XT" in out
    code, out, _err = run("ingest", "quarantine", "p", "--json")
    (row,) = json.loads(out)["rows"]
    assert (row["tag"], row["value"], row["reason"]) == ("PT", "oops", "unparsable value")
    code, out, _err = run("ingest", "correct", "p", row["id"], "--value", "1.55")
    assert (code, "corrected: 1.55 as version 1" in out) == (0, True)
    assert run("ingest", "quarantine", "p")[1] == "None yet.\n"
    assert "corrected" in run("ingest", "quarantine", "p", "--all", "--json")[1]


def test_twice_changes_nothing_and_history_tells(run):
    first = run("ingest", "-m", "mapping.yaml", "p", "log.csv", "--json")
    assert run("ingest", "file", "p", "log.csv", "-m", "mapping.yaml", "--json")[1] == first[1]
    code, out, _err = run("ingest", "history", "p", "--json")
    assert (code, [(row["source"], row["accepted"]) for row in json.loads(out)]) == (0, [("log.csv", 4)])


def test_dismissed_row_is_closed(run):
    run("ingest", "p", "log.csv", "-m", "mapping.yaml")
    assert run("ingest", "dismiss", "p", 1)[0] == 0
    code, _out, err = run("ingest", "correct", "p", 1, "--value", "1")
    assert (code, "dismissed already" in err) == (1, True)


def test_faults_are_all_told_with_exit_code_1(run, tmp_path):
    (tmp_path / "mapping.yaml").write_text("time: {column: z}\ncolumns: {p: {unit: blorg}, q: {}}\n")
    code, out, err = run("ingest", "p", "log.csv", "-m", "mapping.yaml")
    assert (code, out) == (1, "")
    assert err.count("mapping.yaml:2") == 2
    assert run("ingest", "q", "log.csv", "-m", "mapping.yaml")[0] == 1
    assert run("ingest", "p", "log.csv")[0] == 2
