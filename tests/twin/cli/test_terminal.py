"""What every verb shares: exit codes, error lines or JSON, files, tables."""

import io
import json
import sys

import pytest

from twin.cli.terminal import progress_bar, read_settings, read_text, report_errors, show, table
from twin.errors import Fault, InvalidInput, NotFound


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (InvalidInput([Fault("f:1 a", "x", "y"), Fault("f:2 b", "x", "y")]), 1, "error: f:1 a: got x, need y.\n"),
        (NotFound("plant", "loop"), 1, "error: plant 'loop': not found.\n"),
        (KeyboardInterrupt(), 130, ""),
        (ZeroDivisionError("oops"), 3, "fault: ZeroDivisionError: oops\n"),
    ],
)
def test_error_becomes_line_and_exit_code(error, code, line, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["twin"])
    monkeypatch.delenv("TWIN_TRACEBACK", raising=False)
    with pytest.raises(SystemExit) as leaving, report_errors():
        raise error
    assert leaving.value.code == code
    assert line in capsys.readouterr().err


def test_error_beside_json_is_one_document(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["twin", "--json"])
    with pytest.raises(SystemExit), report_errors():
        raise InvalidInput([Fault("f:1 a", "x", "y", "z")])
    found = json.loads(capsys.readouterr().err)
    assert found["error"] == "InvalidInput"
    assert found["faults"] == [{"where": "f:1 a", "got": "x", "need": "y", "next_step": "z"}]


def test_fault_of_ours_shows_where_on_request(monkeypatch):
    monkeypatch.setenv("TWIN_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError), report_errors():
        raise ZeroDivisionError


def test_wrong_setting_is_named(monkeypatch):
    monkeypatch.setenv("TWIN_PORT", "high")
    monkeypatch.setenv("TWIN_NIGHTLY_HOUR", "25")
    with pytest.raises(InvalidInput) as refusal:
        read_settings()
    assert [fault.where for fault in refusal.value.faults] == ["TWIN_PORT", "TWIN_NIGHTLY_HOUR"]


def test_text_comes_from_file_or_standard_input(tmp_path, monkeypatch):
    (tmp_path / "a").write_bytes("\ufeffplant: ü".encode())
    assert read_text(tmp_path / "a") == "plant: ü"
    monkeypatch.setattr(sys, "stdin", io.StringIO("piped"))
    assert read_text("-") == "piped"


def test_unreadable_text_is_refused(tmp_path):
    (tmp_path / "latin").write_bytes(b"\xfc")
    for path in (tmp_path / "latin", tmp_path / "none", tmp_path):
        with pytest.raises(InvalidInput):
            read_text(path)


def test_table_is_aligned():
    assert table([{"a": 1, "b": "xy"}, {"a": 100, "b": ""}], ("a", "b")) == "a    b\n1    xy\n100"
    assert table([], ("a",)) == "None yet."


def test_result_is_text_or_json(capsys):
    show({"a": 1}, as_json=True, text=str)
    assert json.loads(capsys.readouterr().out) == {"a": 1}
    show({"a": 1}, as_json=False, text=lambda found: f"a is {found['a']}")
    assert capsys.readouterr().out == "a is 1\n"


def test_progress_is_silent_off_a_terminal(capsys):
    with progress_bar("Work") as progress:
        progress(0.5, "half")
    assert capsys.readouterr() == ("", "")
