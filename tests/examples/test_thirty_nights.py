"""The hall of the thirty nights is the demo's reference, a stretch at a time, with what happens to it on top."""

from dataclasses import replace

import numpy as np

from examples.bottling import demo, reference, schedule
from examples.thirty_nights import __main__ as story
from examples.thirty_nights import after_demo, faults, filters, hall, page, timed
from tests.twin.store.test_nights import REPORT
from twin.records.night import NightVerdict

DRIVES = schedule.make(0.3, 1)
ROWS = len(DRIVES.times)


def test_two_stretches_make_the_references_course():
    whole = reference.simulate(DRIVES)
    start = np.array([reference.BEGIN.get(name, 0.0) for name in reference.STATES])
    first, state = hall.simulate(DRIVES, 0, 200, start)
    second, _state = hall.simulate(DRIVES, 200, ROWS, state)
    for tag, values in whole.items():
        joined = np.concatenate([first[tag], second[tag]])
        # two integrations at rtol 1e-5, cut at different places
        np.testing.assert_allclose(joined, values, rtol=1e-3, atol=1e-6 + 1e-3 * np.abs(values).max())


def test_the_days_after_the_demo_go_on_where_its_log_ended(monkeypatch, tmp_path):
    monkeypatch.setattr(demo, "DAYS", 1)
    drives, truth = after_demo.went_on(1)
    known = schedule.make(1, after_demo.SEED)
    rows = len(known.times)
    for tag, values in reference.simulate(known).items():
        size = np.abs(values).max()
        np.testing.assert_allclose(truth[tag][:rows], values, rtol=1e-3, atol=1e-6 + 1e-3 * size)
    level = truth["LT-101"]
    assert abs(level[rows] - level[rows - 1]) < 1e-4  # a minute at midnight moves a tank by less than 0.1 mm
    lines = after_demo.write(tmp_path, drives, truth).read_text().splitlines()
    assert lines[1].startswith("2025-03-18 00:00:00")
    assert len({line[:19] for line in lines[1:]}) == 1440


def test_a_nights_parts_and_a_filters_errors_are_told():
    rows = timed.table({"fit": 2.0, "train": 3.0}).splitlines()
    assert rows[2:] == ["| fit | 2.0 |", "| train | 3.0 |", "| all | 5.0 |"]
    one, twice = (filters.Errors(None, {}, 0, None, None, None) for _ in range(2))
    for found, size in ((one, 1.0), (twice, 2.0)):
        found.day, found.of = [0, 1], [np.full((4, 3), size)] * 2
        found.variance = [np.stack([np.full((4, 3), 0.5), np.full((4, 3), 2.0)])] * 2
    # log 2 is 0.693
    assert twice.beside(one) == ", ".join(f"{lead} +69.3 % ± 0.0" for lead in filters.LEADS)
    # 1.645 standard deviations are 1.16 of the worlds and 2.33 with what is not known of their disturbances.
    assert one.held() == "  in 90 %: " + ", ".join(f"{lead} 100 -> 100 %" for lead in filters.LEADS)
    assert twice.held() == "  in 90 %: " + ", ".join(f"{lead} 0 -> 100 %" for lead in filters.LEADS)


def test_damage_and_repair_happen_at_their_row():
    edits = {100: hall.add_to("wear1", 0.3), 300: hall.set_to("wear1", 0.05)}
    _signals, state = hall.simulate(DRIVES, 0, ROWS, hall.begin(), edits)
    assert abs(state[reference.AT["wear1"]] - 0.05) < 0.01


def test_a_bad_day_and_a_lying_sensor_are_written_as_a_historian_would():
    signals, _state = hall.simulate(DRIVES, 0, 60, hall.begin())
    columns = hall.written(DRIVES, 0, 60, signals, np.random.default_rng(0))
    before = [float(cell) for cell in columns["PT-301"]]
    story.spoil(columns, story.BIAS_DAYS[1])
    np.testing.assert_allclose(
        [float(cell) for cell in columns["PT-301"]], np.array(before) + story.BIAS_BAR, atol=1e-6
    )
    story.spoil(columns, story.BAD_DAY)
    assert columns["FT-101"][10:] == ["Bad"] * 50


def test_injected_cases_of_the_table_are_none_of_the_tuning():
    table, tuning = (list(faults.cases(tuning=flag)) for flag in (False, True))
    assert {case.kind for case in table} == set(faults.KINDS[:-1])
    sensors = lambda cases: {case.where for case in cases if case.kind.startswith("sensor")}  # noqa: E731
    assert not sensors(table) & sensors(tuning)


def night(day, skill, verdict=NightVerdict.PROMOTED, gate=None):
    scores = {"skill": skill, "possible": 1.25 * skill, "coverage": 0.9, "rivals": {"physics": 0.5}}
    return replace(REPORT, day=day, model_after=4, verdict=verdict, gate=gate or {}, scores=scores)


def test_the_page_tells_each_night_with_the_gates_figures():
    paired = {"name": "better than champion", "passed": True, "gain": 0.41, "chance": 0.002, "alpha": 0.0096}
    failed = {"name": "band keeps its promise", "passed": False}
    one = night("2025-03-24", 0.7, NightVerdict.KEPT, {"tests": [paired, failed]})
    words = "41 % less squared error, chance 0.2 %, allowed 0.96 %; failed: band keeps its promise"
    assert page.gate(one) == words
    assert page.row(one, 0.65)[:8] == ["2025-03-24", "kept", "4", "70 %", "88 %", "80 %", "50 %", "65 %"]
    written = page.text([one, night("2025-03-25", 0.8)], {"2025-03-24": 0.65, "2025-03-25": 0.55})
    # means of 0.7 and 0.8, and of 0.65 and 0.55
    words = "75 %, 80 % of the possible; physics alone 50 %; first model kept 60 %."
    assert f"- Mean skill of the first 2 scored days: {words}" in written
    assert "promotions: 1; rolled back: 0" in written
