import pytest

from physics.contract import Kind
from twin.errors import InvalidInput
from twin.scene.types import installed, offers, port, starts


def test_offers_tell_unit_and_kind_of_everything_that_varies(types):
    found = offers(types["mover"])
    assert found["speed_rad_per_s"].kind is Kind.INPUT
    assert found["flow_m3_per_s"].unit == "m**3/s"
    assert found["inlet.mass_flow_kg_per_s"].unit == "kg/s"
    assert found["outlet.enthalpy_j_per_kg"].unit == "J/kg"
    assert found["extra_ratio"].kind is Kind.CORRECTION
    assert "flow_max_m3_per_s" not in found
    assert offers(types["vessel"])["level_m"].low == 0.0


def test_start_takes_states_and_efforts_that_are_not_fixed(types):
    assert set(starts(types["mover"])) == {
        "inlet.pressure_pa",
        "inlet.enthalpy_j_per_kg",
        "outlet.pressure_pa",
        "outlet.enthalpy_j_per_kg",
    }
    assert set(starts(types["vessel"])) == {"level_m", "temperature_k"}


def test_port_is_found_by_name(types):
    assert port(types["mover"], "inlet").domain == "liquid"
    assert port(types["mover"], "nothing") is None


def test_every_installed_type_offers_something_with_a_unit():
    for kind in installed().values():
        assert all(offer.unit for offer in offers(kind).values()), kind.name


def test_faulty_component_file_is_refused_in_our_words(tmp_path):
    (tmp_path / "broken.py").write_text("this is no Python")
    with pytest.raises(InvalidInput) as refusal:
        installed([tmp_path])
    assert "broken.py" in refusal.value.faults[0].where
