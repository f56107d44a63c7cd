from tests.ui import recorded as r
from tests.ui.board import words
from ui.asset_panel import asset_panel, parameter_table, reading_table, reading_text

PUMP = next(asset for asset in r.PLANT.assets if asset.id == r.PUMP)


def test_the_panel_tells_failure_reading_parameter_and_consequence():
    text = words(asset_panel(PUMP, r.PLANT, r.STATUS.tags, r.MODEL, r.FORECASTS.items, r.AFFECTED.assets))
    for expected in (
        "Main pump", "critical", "bearing worn out", "41 % in 30 d · life 33 d", "61.2 L/min",
        "0.00200 ± 0.00040", "0.002300 ± 5.0·10⁻⁵", "m³/s", "valve-1, tank-1",
    ):  # fmt: skip
        assert expected in text


def test_without_model_and_forecast_the_plant_file_still_shows():
    text = words(asset_panel(PUMP, r.PLANT, [], None, [], []))
    assert "0.00200 ± 0.00040" in text
    assert "Failures" not in text


def test_a_stale_reading_says_since_when():
    text = words(reading_table(r.STATUS.tags))
    assert "stale" in text
    assert "1 d" in text


def test_readings_are_in_the_sensors_own_unit():
    assert [reading_text(tag) for tag in r.STATUS.tags] == ["61.2 L/min", "21.0 °C", "75.0 %"]


def test_a_start_state_is_told_from_a_parameter():
    tank = r.PLANT.assets[-1]
    assert "level at start" in words(parameter_table(tank, r.MODEL.calibration))
