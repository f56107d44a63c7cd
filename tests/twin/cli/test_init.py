import json

import pytest


@pytest.fixture
def run(home, monkeypatch, call, tmp_path):
    monkeypatch.setenv("TWIN_HOME", str(home))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "log.csv").write_text("time,Pressure (bar),Speed\n2024-01-01T00:00:00Z,1.5,10\n")

    return call


def test_draft_can_be_imported_and_ingested(run, tmp_path):
    code, out, _err = run("init", "--from-csv", "log.csv", "--to", "mill")
    assert code == 0
    assert "2 tags" in out
    assert "units to fill in: Speed" in out
    assert run("plant", "import", "mill/plant.yaml")[:2] == (0, "mill revision 1\n")
    assert "2 new readings" in run("ingest", "mill", "log.csv", "-m", "mill/mapping.yaml")[1]


def test_json_and_name(run):
    code, out, _err = run("init", "--from-csv", "log.csv", "--to", "x", "--plant", "north", "--json")
    assert code == 0
    assert json.loads(out)["tags"] == [{"tag": "Pressure", "unit": "bar"}, {"tag": "Speed", "unit": None}]


def test_second_draft_is_refused(run):
    run("init", "--from-csv", "log.csv", "--to", "mill")
    code, _out, err = run("init", "--from-csv", "log.csv", "--to", "mill")
    assert (code, "exists already" in err) == (1, True)


def test_without_a_log_the_data_folder_is_made_ready(run, home):
    assert run("init")[0] == 0
    assert (home / "plantwin.sqlite").exists()
