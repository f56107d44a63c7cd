"""The verbs as a shell sees them: what is printed, where, and with which exit code."""

import io
import json
import sys

import pytest

from twin.cli import main

TEXT = "plant: loop\nassets:\n  - {id: hall/tank, type: tank, parameters: {area_m2: 2.0}}\n"


@pytest.fixture
def run(settings, monkeypatch, capsys):
    monkeypatch.setenv("TWIN_HOME", str(settings.home))
    monkeypatch.setenv("TWIN_DATABASE_URL", settings.database_url)

    def call(*words, stdin=""):
        monkeypatch.setattr(sys, "argv", ["twin", *map(str, words)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        with pytest.raises(SystemExit) as leaving:
            main()
        printed = capsys.readouterr()
        return leaving.value.code or 0, printed.out, printed.err

    return call


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "plant.yaml"
    path.write_text(TEXT)
    return path


def test_plant_goes_in_and_comes_out_as_written(run, file):
    assert run("plant", "import", file)[:2] == (0, "loop revision 1\n")
    assert run("plant", "export", "loop")[:2] == (0, TEXT)
    code, out, _err = run("plant", "export", "loop", "--json")
    assert (code, json.loads(out)["assets"][0]["parameters"]) == (0, {"area_m2": 2.0})


def test_export_to_a_file(run, file, tmp_path):
    run("plant", "import", file)
    assert run("plant", "export", "loop", "-o", tmp_path / "out.yaml")[0] == 0
    assert (tmp_path / "out.yaml").read_text() == TEXT


def test_changes_are_listed_compared_and_taken_back(run, file):
    run("plant", "import", file, "--author", "ada", "--reason", "first")
    changed = TEXT.replace("2.0", "3.0")
    assert run("plant", "import", "-", "--author", "bob", "--reason", "wider", stdin=changed)[1] == "loop revision 2\n"
    items = json.loads(run("plant", "history", "loop", "--json")[1])["items"]
    assert [(item["revision"], item["author"], item["reason"]) for item in items] == [
        (2, "bob", "wider"),
        (1, "ada", "first"),
    ]
    assert run("plant", "diff", "loop")[1] == "~ assets[hall/tank].parameters.area_m2: 2.0 → 3.0\n"
    assert run("plant", "restore-revision", "loop", "1")[1] == "loop revision 3\n"
    assert run("plant", "diff", "loop", "1", "3")[1] == "No difference.\n"
    assert run("plant", "list", "--json")[0] == 0


def test_old_etag_is_refused(run, file):
    run("plant", "import", file)
    code, _out, err = run("plant", "import", "-", "--etag", "0" * 64, stdin=TEXT.replace("2.0", "3.0"))
    assert code == 1
    assert "somebody wrote" in err


def test_every_fault_of_a_file_is_printed_with_its_line(run, tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text(TEXT.replace("2.0", "-2.0") + "  - {id: hall/x, type: tnk}\n")
    code, out, err = run("plant", "check", path)
    assert (code, out) == (1, "")
    assert err.splitlines() == [
        "error: bad.yaml:3 hall/tank.area_m2: got -2 m**2, need ≥ 1e-05 m**2. Check sign and unit.",
        "error: bad.yaml:4 hall/x.type: got 'tnk', need a component type. Did you mean 'tank'?",
    ]


def test_faults_beside_json_are_json(run, tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text("plant: [")
    code, _out, err = run("plant", "check", path, "--json")
    assert code == 1
    assert json.loads(err)["faults"][0]["where"].startswith("bad.yaml")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("plant", "export", "nowhere"), 1),
        (("plant", "diff", "nowhere"), 1),
        (("plant", "check", "/no/such/file"), 1),
        (("plant", "restore-revision", "loop"), 2),
        (("plant", "export"), 2),
        (("plant", "import", "--help"), 0),
    ],
)
def test_exit_codes(run, words, code):
    assert run(*words)[0] == code
