from datetime import UTC, datetime

import pytest

from api.schemas.base import Display
from tests.ui import recorded as r
from ui import words


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (None, 3, "–"), (float("nan"), 3, "–"), (0.0, 3, "0"), (61.53, 3, "61.5"), (-0.01234, 3, "−0.0123"),
        (4_100_000.0, 3, "4\u202f100\u202f000"), (2.5e-7, 2, "2.5·10⁻⁷"), (9.996, 3, "10.0"),
    ],
)  # fmt: skip
def test_numbers_keep_their_significant_digits(value, digits, text):
    assert words.number(value, digits) == text


def test_counts_are_whole():
    assert words.count(57_600) == "57\u202f600"


@pytest.mark.parametrize(
    ("spelled", "text"),
    [
        ("m3/s", "m³/s"),
        ("kg*m2", "kg·m²"),
        ("degC", "°C"),
        ("1", ""),
        ("L/min", "L/min"),
        ("m**2", "m²"),
        ("N*m*s", "N·m·s"),
    ],
)
def test_units_are_written_as_people_do(spelled, text):
    assert words.unit(spelled) == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("loop/pump-1.flow_max_m3_per_s", "m³/s"), ("drag_n_m_s", "N·m·s"), ("wear_ratio", ""), ("level_m@start", "m"),
        ("resistance_ohm", "Ω"), ("wear_per_j", "1/J"), ("heat_capacity_j_per_kg_k", "J/(kg·K)"),
        ("speed_rad_per_s", "rad/s"),
    ],
)  # fmt: skip
def test_the_unit_is_read_from_the_end_of_a_name(name, text):
    assert words.unit_of_name(name) == text


def test_temperatures_shift_but_their_spread_does_not():
    celsius = Display(unit="degC", offset=-273.15)
    assert words.shown(293.15, celsius) == pytest.approx(20.0)
    assert words.shown_width(1.5, celsius) == 1.5
    assert words.shown_all([None, 273.15], celsius) == [None, 0.0]


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "–"), (0.0, "0 %"), (0.001, "< 0.5 %"), (0.41, "41 %"), (0.999, "> 99.5 %"), (1.0, "100 %")],
)
def test_a_chance_never_pretends_certainty(value, text):
    assert words.chance(value) == text


def test_a_life_beyond_the_horizon_says_so():
    assert words.days(None) == "> 90 d"
    assert words.days(3.21) == "3.2 d"
    assert words.days(0.0) == "reached"


@pytest.mark.parametrize(
    ("seconds", "text"), [(90, "1 min 30 s"), (28_800, "8 h"), (90_000, "1 d 1 h"), (0.02, "20 ms")]
)
def test_durations_use_their_two_largest_units(seconds, text):
    assert words.duration(seconds) == text


def test_times_are_the_wall_clock_of_the_site():
    zone = words.site_zone("Europe/Berlin")
    noon = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
    assert words.when(noon, zone) == "01 Jul 2026, 14:00"
    assert words.from_local("2026-07-01 14:00:00", zone) == noon
    assert words.iso(noon) == "2026-07-01T12:00:00Z"


def test_an_unknown_zone_falls_back_to_utc():
    assert words.site_zone("Hall/Two").key == "UTC"


def test_assets_go_by_the_name_that_people_gave_them():
    names = words.asset_names(r.PLANT)
    assert (names[r.PUMP], names["utilities/loop/valve-1"]) == ("Main pump", "valve-1")


def test_a_brief_text_is_its_first_sentence():
    assert words.brief("Energy falls by 2 kWh. The rest stays.") == "Energy falls by 2 kWh"
    assert words.brief("a" * 200, most=10) == "a" * 9 + "…"


def test_names_lose_their_underscores_and_unit():
    assert words.plain("flow_max_m3_per_s") == "flow max"
    assert words.plain("clogging_per_m3") == "clogging per m³"
    assert words.plain("wear_ratio") == "wear"
    assert words.plain("wear_per_j") == "wear per J"
    assert words.leaf("utilities/loop/pump-1") == "pump-1"


def test_what_is_typed_comes_back_as_si():
    celsius = Display(unit="degC", offset=-273.15)
    assert words.in_si(31.0, celsius) == pytest.approx(304.15)
    assert words.shown(words.in_si(31.0, celsius), celsius) == pytest.approx(31.0)
    assert words.in_si(0.4, None) == 0.4
