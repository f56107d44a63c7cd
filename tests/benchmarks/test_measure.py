"""Timings are told honestly: median of the runs, the warming run apart, ratios by the whole work."""

import time

import pytest

from tests.benchmarks import kept
from tests.benchmarks.__main__ import findings, line
from tests.benchmarks.growth import Growth
from tests.benchmarks.kept import Measured
from tests.benchmarks.measure import Contender, Row, Section, Timing, in_turn, surroundings, timed, told
from tests.benchmarks.page import page
from tests.benchmarks.plot import draw


def test_the_warming_run_stands_apart():
    calls = []

    def work():
        calls.append(1)
        time.sleep(0.02 if len(calls) == 1 else 0.0)

    found = timed(work, runs=4)
    assert len(calls) == 5
    assert len(found.seconds) == 4
    assert found.first_s >= 0.02


def test_a_slow_work_runs_once_after_warming():
    assert len(timed(lambda: time.sleep(0.002), runs=50, limit_s=0.0).seconds) == 1


def test_works_in_turn_take_turns():
    calls = []
    one, other = in_turn(lambda: calls.append(1), lambda: (calls.append(2), time.sleep(0.01)), runs=3)
    assert calls == [1, 2] * 4
    assert len(one.seconds) == len(other.seconds) == 3
    assert min(other.seconds) >= 0.01


@pytest.mark.parametrize(("seconds", "text"), [(12.34, "12.3 s"), (0.0456, "45.6 ms"), (7e-5, "70 µs")])
def test_times_are_told_in_a_fitting_unit(seconds, text):
    assert told(seconds) == text


WHOLE = (
    Row("work", "≥ 8×", Contender("us", Timing((1.0, 3.0, 2.0), 5.0), 1e-5),
        (Contender("peer", Timing((4.0,), 4.0), 1e-4, scale=10.0, note="one tenth timed"),), numbers={"states": 3}),
    Row("flow", "≥ 2×", reason="not built"),
    Growth("worlds", (1.0, 10.0, 100.0), (1.0, 10.0, 100.0)),
    Section("Parts", ("| a |", "|---|")),
)  # fmt: skip
AROUND = {"machine": "two cores", "load before": "2.0 1.0 1.0", "commit": "abc"}


def test_a_peer_that_did_a_share_counts_for_the_whole():
    text = page({"scaling": Measured(WHOLE, AROUND)})
    assert "| us | 2 s (3 s, 3) | 5 s | 2 s | 1.0e-05 | 1 |" in text
    assert "| peer | 4 s (4 s, 1) | 4 s | 40 s | 1.0e-04 | **20** |" in text
    assert "- flow (≥ 2×): not built." in text
    assert "commit abc, load before 2.0 – **other work shared the cores**" in text
    assert "Slope 1.00 over all" in text
    assert "![Seconds against worlds, hours and components, log-log](scaling.svg)" in text
    assert "\n| a |\n|---|" in text


def test_what_a_work_found_is_kept_as_it_was(tmp_path):
    file = tmp_path / "kept.json"
    assert kept.read(file) == {}
    works = {"scaling": Measured(WHOLE, AROUND), "empty": Measured((), AROUND)}
    kept.write(file, works)
    assert kept.read(file) == works


def test_a_work_that_fails_says_why_and_the_others_go_on():
    works = {"absent": "nowhere.bench:rows", "broken": "test_measure:broken", "sound": "test_measure:sound"}
    absent, first, broken, sound = findings(works, works=works)
    assert "ModuleNotFoundError" in absent.reason
    assert first == SOUND
    assert broken.reason == "ZeroDivisionError: division by zero"
    assert sound == SOUND
    assert '"reason": "ZeroDivisionError' in line(broken, {})


def test_the_picture_shows_slopes_and_marks_the_hall(tmp_path):
    pytest.importorskip("matplotlib", reason="the bench extra is not installed")
    file = tmp_path / "scaling.svg"
    growths = [
        Growth("worlds (island)", (8.0, 64.0, 512.0), (0.1, 0.8, 6.4)),
        Growth("components (hall)", (125, 1000), (0.1, 0.8)),
    ]
    draw(growths, file)
    again = file.read_bytes()
    draw(growths, file)
    assert file.read_bytes() == again
    assert again.count(b">1,000-component hall</text>") == 1
    assert again.count(b": slope 1.00") == 2


SOUND = Row("sound", "report", reason="nothing to race")


def broken():
    yield SOUND
    yield 1 / 0


def sound():
    yield SOUND


def test_surroundings_name_the_machine():
    assert "cores" in surroundings()["machine"]
