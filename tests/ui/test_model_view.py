from api.schemas.models import DirectionView, IdentifiabilityView, RemedyView, TradeOffView
from tests.ui import recorded as r
from tests.ui.board import words
from ui.model_view import checks_table, fitted, model_view, parameter_table, short, told_by_the_log


def test_the_version_leads_with_the_gates_verdict():
    text = words(model_view(r.MODEL, r.PLANT))
    assert "Version 3: promoted" in text
    assert "half the error of physics alone" in text
    assert "27 Feb 2026, 15:00 to 02 Mar 2026, 15:00" in text


def test_a_version_that_was_refused_says_so():
    refused = r.MODEL.model_copy(update={"gate": r.GATE.model_copy(update={"promoted": False})})
    assert "Version 3: not promoted" in words(model_view(refused, r.PLANT))


def test_priors_come_from_the_plant_file():
    flow, level = fitted(r.MODEL, r.PLANT)
    assert (flow.name, flow.prior, flow.prior_sd, flow.value, flow.unit) == (
        "Main pump · flow max",
        2e-3,
        4e-4,
        2.3e-3,
        "m³/s",
    )
    assert (level.name, level.prior, level.prior_sd) == ("tank-1 · level at start", 1.0, 0.1)


def test_parameters_that_trade_off_are_named():
    calibration = r.MODEL.calibration.model_copy(update={"unidentifiable": [tuple(r.MODEL.calibration.names)]})
    text = words(model_view(r.MODEL.model_copy(update={"calibration": calibration}), r.PLANT))
    assert "Main pump · flow max and tank-1 · level at start" in text


def test_what_the_log_leaves_open_and_what_would_help_is_said():
    first, second = r.MODEL.calibration.names
    known = IdentifiabilityView(
        independent={"FT-101": 42.0},
        directions=[DirectionView(names=[second], weights=[1.0], left=0.8, text="")],
        pairs=[TradeOffView(first=first, second=second, correlation=-0.93, text="")],
        remedies=[RemedyView(kind="test", what=first, number=second, left=0.25, gain_nats=1.4)],
    )
    calibration = r.MODEL.calibration.model_copy(update={"identifiability": known})
    text = words(model_view(r.MODEL.model_copy(update={"calibration": calibration}), r.PLANT))
    assert "80 % of the prior spread" in text
    assert "0.93" in text
    assert "a test that moves Main pump · flow max" in text
    assert "to 25 % of its spread" in text
    assert "FT-101 42" in text
    assert told_by_the_log(r.MODEL, r.PLANT) == []


def test_each_check_of_the_gate_is_shown_with_its_figures():
    text = words(checks_table(r.GATE))
    assert "beats physics alone" in text
    assert "value 0.500, limit 1.00" in text


def test_a_check_that_comes_with_words_is_told_in_them():
    check = {"name": "better than arx", "passed": False, "rival": 0.5, "text": "0.52 against 0.50"}
    text = words(checks_table(r.GATE.model_copy(update={"tests": [check]})))
    assert "0.52 against 0.50" in text
    assert "rival" not in text


def test_nothing_to_fit_is_said():
    assert "nothing to fit" in words(parameter_table([]))


def test_long_names_are_shortened():
    assert short("utilities/loop/pump-1.drag_n_m_s", r.PLANT) == "Main pump · drag"
    assert short("a/motor-1.heat.temperature_k@start", r.PLANT) == "motor-1 · temperature at start"
