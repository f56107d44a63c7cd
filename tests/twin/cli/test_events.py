import json

import pytest

PLANT = "plant: p\nassets:\n  - {id: tank, type: tank}\n"
EVENTS = "kind,asset,start,end,text\nmaintenance,tank,2024-01-01T00:00:00Z,2024-01-01T01:00:00Z,new seal\n"


@pytest.fixture
def run(settings, monkeypatch, call, tmp_path):
    monkeypatch.setenv("TWIN_HOME", str(settings.home))
    monkeypatch.setenv("TWIN_DATABASE_URL", settings.database_url)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plant.yaml").write_text(PLANT)
    (tmp_path / "events.csv").write_text(EVENTS)

    call("plant", "import", "plant.yaml")
    return call


def test_import_twice_and_list(run):
    assert run("events", "import", "p", "events.csv")[:2] == (0, "1 new, 0 changed, 0 known\n")
    assert run("events", "import", "p", "events.csv")[:2] == (0, "0 new, 0 changed, 1 known\n")
    code, out, _err = run("events", "list", "p", "--json")
    assert code == 0
    assert json.loads(out) == [
        {
            "kind": "maintenance",
            "asset": "tank",
            "start": "2024-01-01T00:00:00Z",
            "end": "2024-01-01T01:00:00Z",
            "text": "new seal",
        }
    ]


def test_faulty_file_is_refused_with_every_line(run, tmp_path):
    (tmp_path / "events.csv").write_text(EVENTS + "lunch,moon,2024-01-01,\nstop,,soon,,\n")
    code, _out, err = run("events", "import", "p", "events.csv")
    assert code == 1
    assert "events.csv:3 kind" in err
    assert "events.csv:4 start" in err
    assert run("events", "list", "p")[1] == "None yet.\n"
