import pytest

from api.schemas.scenarios import ChangeOut
from tests.ui import recorded as r
from ui import changes

VALVE, HEAD, SERVICE = r.TARGETS.items
TARGETS = changes.Targets.of(r.TARGETS.items, r.PLANT)


def test_a_typed_percentage_reaches_the_api_as_a_ratio():
    assert changes.to_request(VALVE, changes.SET, 60.0, 2.0) == {
        "kind": "input", "target": VALVE.target, "value": pytest.approx(0.6), "at_s": 7200.0,
    }  # fmt: skip


def test_a_temperature_is_shifted_back_to_kelvin():
    oven = VALVE.model_copy(update={"display": r.CELSIUS})
    assert changes.to_request(oven, changes.SET, 20.0, None)["value"] == pytest.approx(293.15)


def test_scaling_sends_a_factor():
    assert changes.to_request(HEAD, changes.SCALE, 80.0, 0.0)["factor"] == pytest.approx(0.8)


def test_maintenance_takes_no_number():
    assert changes.to_request(SERVICE, changes.SET, 7.0, 0.0) == {"kind": "maintenance", "target": r.PUMP, "at_s": 0.0}


def test_a_missing_number_is_refused():
    with pytest.raises(ValueError, match="type a value"):
        changes.to_request(HEAD, changes.SET, None, 0.0)


def test_changes_read_as_sentences():
    def said(**change):
        return TARGETS.sentence(ChangeOut(**change))

    assert said(kind="input", target=VALVE.target, value=0.6, at_s=7200) == "valve-1 opening set to 60.0 % after 2 h"
    assert said(kind="parameter", target=HEAD.target, factor=0.8) == "Main pump head shutoff at 80 %"
    assert said(kind="maintenance", target=r.PUMP) == "maintenance of Main pump"


def test_what_is_counted_is_whole_and_a_setting_is_told_apart_from_its_part():
    crew = HEAD.model_copy(update={"kind": "setting", "target": "flow/fitters.crew_count", "asset": "flow/fitters",
                                   "doc": "People, each for one repair", "unit": "1", "value": 1.0})  # fmt: skip
    targets = changes.Targets([crew], {"flow/fitters": "Fitters"})
    assert targets.label(crew) == "Fitters: People, each for one repair (now 1)"
    change = ChangeOut(kind="setting", target=crew.target, value=2.0)
    assert targets.sentence(change) == "Fitters: people set to 2"


def test_a_target_is_offered_with_where_it_stands():
    assert TARGETS.label(HEAD) == "Main pump: Head at no flow (now 12.0 m)"
    assert TARGETS.label(SERVICE) == "Main pump: maintenance (Bearing back to new)"


def test_targets_survive_being_kept_on_the_page():
    assert changes.Targets.read(TARGETS.stored()) == TARGETS
