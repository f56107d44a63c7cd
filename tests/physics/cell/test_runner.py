import json
import sys
import textwrap

import pytest

from physics.cell import runner
from physics.cell.process import RESULT, Exit


def _quiet(_share, _text):
    pass


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    """Another program in the place of the cell's process."""

    def install(body):
        program = tmp_path / "stand_in.py"
        program.write_text("import json, os, sys, time\nfolder = sys.argv[1]\n" + textwrap.dedent(body))
        monkeypatch.setattr(runner, "_command", lambda folder: [sys.executable, str(program), str(folder)])
        monkeypatch.setattr(runner, "available", lambda: True)

    return install


def test_without_the_extra_the_message_says_how_to_get_it(document, tmp_path, monkeypatch):
    monkeypatch.setattr(runner, "available", lambda: False)
    with pytest.raises(runner.NoGenesis, match=r"pip install 'plantwin\[cell\]'"):
        runner.simulate(document, tmp_path, _quiet)


def test_asking_whether_it_is_there_does_not_import_it():
    runner.available()
    runner.genesis_version()
    assert "genesis" not in sys.modules


def test_progress_is_handed_on_and_the_result_read(document, tmp_path, stand_in):
    stand_in(f"""
        print(json.dumps({{"share": 0.5, "text": "half"}}), flush=True)
        open(folder + "/{RESULT}", "w").write('{{"name": "x"}}')
    """)
    heard = []
    found = runner.simulate(document, tmp_path / "run", lambda share, text: heard.append((share, text)))
    assert found == {"name": "x"}
    assert (0.5, "half") in heard


def test_a_refusal_carries_its_faults(document, tmp_path, stand_in):
    fault = {"where": "cell.arm", "got": "a", "need": "b", "next_step": "c"}
    stand_in(f"""
        print(json.dumps({{"refused": [{fault}]}}), flush=True)
        sys.exit({int(Exit.REFUSED)})
    """)
    with pytest.raises(runner.CellRefused) as refused:
        runner.simulate(document, tmp_path / "run", _quiet)
    assert [vars(item) for item in refused.value.faults] == [fault]


@pytest.mark.parametrize(
    ("body", "words"),
    [("os.kill(os.getpid(), 9)", "signal 9"), ("sys.stderr.write('no memory'); sys.exit(1)", "code 1[^$]*no memory")],
)
def test_a_process_that_breaks_says_how(document, tmp_path, stand_in, body, words):
    stand_in(body)
    with pytest.raises(runner.CellBroke, match=words):
        runner.simulate(document, tmp_path / "run", _quiet)


def test_a_result_of_an_earlier_run_is_not_taken_for_this_one(document, tmp_path, stand_in):
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / RESULT).write_text("{}")
    stand_in("pass")
    with pytest.raises(runner.CellBroke):
        runner.simulate(document, tmp_path / "run", _quiet)


def test_who_asks_may_stop_it_even_while_it_is_silent(document, tmp_path, stand_in, monkeypatch):
    monkeypatch.setattr(runner, "LOOK_EVERY_S", 0.05)
    stand_in("open(folder + '/pid', 'w').write(str(os.getpid())); time.sleep(600)")

    def stop(_share, _text):
        if (tmp_path / "run" / "pid").exists() and (tmp_path / "run" / "pid").read_text():
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        runner.simulate(document, tmp_path / "run", stop)
    import os

    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "run" / "pid").read_text()), 0)


def test_silence_has_an_end(document, tmp_path, stand_in, monkeypatch):
    monkeypatch.setattr(runner, "LOOK_EVERY_S", 0.05)
    monkeypatch.setattr(runner, "SILENT_S", 0.2)
    monkeypatch.setattr(runner, "GRACE_S", 0.1)
    stand_in("time.sleep(600)")
    with pytest.raises(runner.CellBroke, match="said nothing"):
        runner.simulate(document, tmp_path / "run", _quiet)


def test_the_digest_follows_the_cell_and_its_model_file(document, tmp_path):
    first = runner.digest(document)
    assert first == runner.digest(json.loads(json.dumps(document)))
    document["seed"] = 99
    assert runner.digest(document) != first
    file = tmp_path / "arm.urdf"
    file.write_text("<robot/>")
    document["arm"]["model"] = str(file)
    before = runner.digest(document)
    file.write_text("<robot name='b'/>")
    assert runner.digest(document) != before
