"""The walk of a log through the whole product, over the doors that users have; read it from top to bottom.

200 rows of a rinsing tank (`rinse.py`) go in as a historian's file and come out as an answer on a page. Each step asks
of what it is handed a fact of physics or of bookkeeping that holds whatever our code does.
"""

from types import SimpleNamespace

import numpy as np
import pytest

from api.schemas.jobs import JobView
from api.schemas.models import ModelView
from api.schemas.plants import PlantView
from api.schemas.prognosis import ForecastList
from api.schemas.scenarios import OutcomeView
from api.schemas.trends import TrendsView
from tests.api.conftest import YAML, Program
from tests.ui.board import words
from tests.walk import rinse
from twin.services import dispatch, job_steps, jobs, quarantine, readings, windows
from twin.services.context import Context
from twin.settings import Settings
from ui.changes import Targets
from ui.figures.outcome import bands
from ui.outcome_view import outcome_view
from ui.words import site_zone

QUICK = {"members": 3, "starts": 4, "rounds": [4, 6, 8]}
"""A recalibration that learns all there is to learn from 200 rows."""
DAY_S, DAY_ROWS, EVEN_V = 86_400.0, 144, 5.0
EVEN_M3_PER_S = rinse.GAIN_M3_PER_S_V * EVEN_V
SURE = 3.0
"""Standard deviations within which a true value must lie."""


def work(program, answer):
    """Do here and now what a background runner does with a queued job; how it survives a kill is tested in faults."""
    assert answer.status_code == 202, answer.text
    job = JobView.model_validate_json(answer.content)
    run(program.context, job.id)
    return program.get(f"jobs/{job.id}").json()["result"]


def run(context: Context, job: str):
    entry = jobs.get(context, job)
    assert jobs.begin(context, job)
    outcome = {"state": {**entry.payload, "job": job, "plant": entry.plant}}
    for index in range(len(job_steps.step_names(entry.kind))):
        outcome = job_steps.run_step(context, job, index, outcome["state"])
        assert "closing" not in outcome, outcome
    job_steps.finish(context, job, outcome)


@pytest.fixture(scope="module")
def program(tmp_path_factory, sqlite_template):
    """A program at a new installation with the plant."""
    home = tmp_path_factory.mktemp("walk")
    (home / "plantwin.sqlite").write_bytes(sqlite_template.read_bytes())
    settings = Settings(home=home, database_url="", jobs_url="", component_folders=[])
    with pytest.MonkeyPatch.context() as patch, Program(settings) as found:
        patch.setattr(dispatch, "enqueue", lambda *_: None)
        assert found.post("plants", content=rinse.PLANT, headers=YAML).status_code == 201
        yield found


@pytest.fixture(scope="module")
def ingested(program):
    """The log, uploaded twice, and then its one unreadable cell corrected by hand."""
    files = {"file": ("week-13.csv", rinse.log_csv()), "mapping": ("mapping.yaml", rinse.MAPPING)}
    reports = [work(program, program.post("plants/rinse/ingests", files=files)) for _ in range(2)]
    (waiting,) = program.get("plants/rinse/quarantine").json()["items"]
    correction = {"value": float(waiting["value"].removesuffix("?"))}
    corrected = program.post(f"plants/rinse/quarantine/{waiting['id']}/correction", json=correction)
    assert corrected.status_code == 200, corrected.text
    return SimpleNamespace(reports=reports, waiting=waiting)


@pytest.fixture(scope="module")
def window(program, ingested):
    """What the stages work on."""
    return windows.window(program.context, "rinse")


@pytest.fixture(scope="module")
def model(program, window):
    """The model in service after a recalibration."""
    run(program.context, jobs.submit(program.context, "recalibrate", "rinse", QUICK).id)
    return ModelView.model_validate_json(program.get("plants/rinse/models/champion").content)


@pytest.fixture(scope="module")
def answer(program, model):
    """What if the pump ran evenly for a day from now on?"""
    even = {"kind": "input", "target": "pump.voltage_v", "value": EVEN_V}
    question = {"name": "even", "changes": [even], "horizon_s": DAY_S, "sample_s": rinse.STEP_S, "worlds": 32}
    outcome = work(program, program.post("plants/rinse/what-ifs", json=question))["outcome"]
    return OutcomeView.model_validate_json(program.get(f"plants/rinse/what-ifs/{outcome}").content)


def kpi(answer, name):
    return next(item for item in answer.kpis if item.name == name)


def passed_m3():
    """Water that truly went through the filter while the log was written."""
    return np.trapezoid(rinse.course()[1], dx=rinse.STEP_S)


def test_1_raw_rows_in_local_units_become_readings_in_si(program, ingested):
    level, flow, voltage = readings.series(program.context, "rinse", ["LT-1", "FT-1", "SC-1"])
    true_levels_m, true_flows_m3_per_s = rinse.course()
    known = np.arange(rinse.ROWS) != rinse.DEAD_ROW
    assert (level.unit, flow.unit) == ("m", "m**3/s")
    assert (level.values - true_levels_m)[known].std() == pytest.approx(rinse.NOISE_M, rel=0.2)
    assert (flow.values - true_flows_m3_per_s).std() == pytest.approx(rinse.NOISE_M3_PER_S, rel=0.2)
    np.testing.assert_array_equal(voltage.values, rinse.voltages_v())
    # Local clocks went from 01:50 to 03:00 on the way; time did not.
    assert level.times_us[0] == rinse.BEGIN.timestamp() * 1e6
    assert set(np.diff(level.times_us)) == {rinse.STEP_S * 1e6}


def test_2_no_row_is_lost_and_none_comes_twice(program, ingested):
    first, second = ingested.reports
    assert first["rows"] == rinse.ROWS
    assert first["accepted"] + first["quarantined"] == 3 * rinse.ROWS
    assert (ingested.waiting["row"], ingested.waiting["tag"]) == (rinse.TYPING_ROW + 1, "FT-1")
    assert second == first
    assert quarantine.listed(program.context, "rinse") == ()


def test_3_readings_become_a_window_that_keeps_the_balance_of_water(window):
    missing = np.zeros((rinse.ROWS, 2), bool)
    missing[rinse.DEAD_ROW, 0] = True
    np.testing.assert_array_equal(~window.mask, missing)
    np.testing.assert_array_equal(np.isnan(window.measured), missing)
    assert window.segments == ((0, rinse.ROWS),)
    filled_m3 = (rinse.GAIN_M3_PER_S_V * window.driven[:-1, 0]).sum() * rinse.STEP_S
    drained_m3 = np.trapezoid(window.measured[:, 1], dx=rinse.STEP_S)
    kept_m3 = rinse.AREA_M2 * (window.measured[-1, 0] - window.measured[0, 0])
    # The outflow's noise over 199 intervals, and the level's at both ends.
    noise_m3 = np.hypot(
        rinse.NOISE_M3_PER_S * rinse.STEP_S * np.sqrt(rinse.ROWS), np.sqrt(2) * rinse.AREA_M2 * rinse.NOISE_M
    )
    assert filled_m3 - drained_m3 == pytest.approx(kept_m3, abs=SURE * noise_m3)


def test_4_calibration_finds_the_tank_although_the_filters_law_is_wrong(model):
    found = model.calibration
    values, spreads = (dict(zip(found.names, column, strict=True)) for column in (found.values, found.spread))
    for name, truth in (("tank.area_m2", rinse.AREA_M2), ("filter.clogging_per_m3", rinse.CLOGGING_PER_M3)):
        assert abs(values[name] - truth) < SURE * spreads[name]
    # And the log has told far more of the area than the plant file's 0.5 m².
    assert spreads["tank.area_m2"] < 0.1 * 0.5


def test_5_the_residual_learns_what_the_law_misses_and_the_gate_sees_it(model):
    errors = {name: scores["LT-1"] for name, scores in model.gate.scores.items()}
    assert model.gate.promoted
    assert model.gate.verdict.startswith("The hybrid model goes into service")
    assert errors["physics"] > 5 * rinse.NOISE_M
    # Never-trained rows are missed by little more than the sensor's noise: nothing is left to learn.
    assert errors["hybrid"] == pytest.approx(rinse.NOISE_M, rel=0.5)
    assert min(errors, key=errors.get) == "hybrid"


def test_6_the_model_runs_freely_beside_the_truth_that_no_sensor_shows(program, model):
    view = TrendsView.model_validate_json(program.get("plants/rinse/trends").content)
    level, flow = view.tags
    mean_m, true_m = np.array(level.mean), rinse.course()[0]
    assert np.sqrt(np.mean((mean_m - true_m) ** 2)) < rinse.NOISE_M
    assert np.sqrt(np.mean((np.array(level.physics) - true_m) ** 2)) > 5 * rinse.NOISE_M
    assert level.measured[rinse.DEAD_ROW] is None
    assert level.mean[rinse.DEAD_ROW] == pytest.approx(true_m[rinse.DEAD_ROW], abs=2 * rinse.NOISE_M)
    assert all(view.in_support)
    # The correction acts in the filter's law, so water is still neither made nor lost. The flow is sampled: 1 %.
    filled_m3 = EVEN_M3_PER_S / EVEN_V * rinse.voltages_v()[:-1].sum() * rinse.STEP_S
    kept_m3 = rinse.AREA_M2 * (mean_m[-1] - mean_m[0])
    assert filled_m3 - np.trapezoid(flow.mean, dx=rinse.STEP_S) == pytest.approx(kept_m3, abs=0.01 * filled_m3)


def test_7_a_what_if_keeps_the_balance_and_settles_where_the_filter_lets_through_what_comes(answer):
    water_in, water_out, left = (kpi(answer, name) for name in ("water in", "water out", "water left"))
    usual_v = rinse.voltages_v()[-DAY_ROWS:]
    assert water_in.scenario.median == pytest.approx(EVEN_M3_PER_S * DAY_S)
    # The baseline repeats the log's last day; a trapezium over steps misses at most half a step at either end.
    assert water_in.baseline.median == pytest.approx(
        rinse.GAIN_M3_PER_S_V * usual_v.mean() * DAY_S, abs=rinse.GAIN_M3_PER_S_V * 8.0 * rinse.STEP_S
    )
    balance = water_in.difference.mean - water_out.difference.mean
    assert balance == pytest.approx(left.difference.mean, abs=0.01 * water_in.scenario.median)
    clog = rinse.clog_ratio(passed_m3() + EVEN_M3_PER_S * DAY_S)
    wanted_m, found = rinse.settled_m(EVEN_M3_PER_S, clog), answer.series["LT-1"]["scenario"]
    spread_m = (found["p95"][-1] - found["p05"][-1]) / (2 * 1.645)
    assert abs(found["p50"][-1] - wanted_m) < SURE * spread_m
    assert found["p50"][-1] == pytest.approx(wanted_m, rel=0.02)
    assert answer.validity["inside"], answer.validity
    # Each cubic metre clogs by k, of which the worlds know some 10 %.
    (clogged,) = answer.failures
    assert clogged["scenario"]["wear"]["median"] == pytest.approx(clog / rinse.CLOG_LIMIT_RATIO, rel=0.1)
    saved = rinse.clog_ratio(-water_out.difference.mean) / rinse.CLOG_LIMIT_RATIO
    assert -clogged["wear_difference"]["mean"] == pytest.approx(saved, rel=0.1)


def test_8_the_same_question_gives_the_same_bits(program, answer):
    assert work(program, program.post(f"plants/rinse/what-ifs/{answer.id}/replay"))["identical"]


def test_9_the_filter_lasts_as_long_as_the_water_that_it_can_take(program, model):
    work(program, program.post("plants/rinse/predictions", json={"worlds": 64}))
    (found,) = ForecastList.model_validate_json(program.get("plants/rinse/predictions/latest").content).items
    # What goes in must come out through the filter: (limit - w) / (k g u), u the mean voltage of the last day.
    daily_m3 = rinse.GAIN_M3_PER_S_V * rinse.voltages_v()[-DAY_ROWS:].mean() * DAY_S
    life_days = (rinse.CLOG_LIMIT_RATIO / rinse.CLOGGING_PER_M3 - passed_m3()) / daily_m3
    assert (found.asset, found.mode, found.action) == ("filter", "clogged", "replace cartridge")
    # k is known to some 10 %, and so is what follows from it.
    worn = rinse.clog_ratio(passed_m3()) / rinse.CLOG_LIMIT_RATIO
    assert found.wear_now.median == pytest.approx(worn, rel=0.1)
    assert found.remaining_days.p50 == pytest.approx(life_days, rel=0.1)
    assert found.remaining_days.p05 < life_days < (found.remaining_days.p95 or np.inf)  # None: beyond 90 days
    assert found.probability[30].value == 0.0
    assert found.probability[90].value > 0.8


def test_10_the_page_shows_the_answer_in_the_plants_own_units(program, answer):
    plant = PlantView.model_validate_json(program.get("plants/rinse").content)
    centimetres = plant.sensors[0].display
    medians = {trace.name: trace.y for trace in bands("LT-1", answer.series["LT-1"], centimetres).data if trace.name}
    np.testing.assert_allclose(medians["what-if"], 100 * np.array(answer.series["LT-1"]["scenario"]["p50"]))
    shown = words(outcome_view(answer, Targets.of([], plant), site_zone(plant.site.time_zone)))
    assert answer.verdict in shown
    assert "43.2 m³" in shown
