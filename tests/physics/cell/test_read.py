import pytest

from physics.cell.read import read
from physics.cell.spec import Spec, Spread


def test_the_example_is_a_cell(document):
    spec, faults = read(document)
    assert faults == []
    assert isinstance(spec, Spec)
    assert spec.boxes.mass_kg == Spread(2.0, 0.15)
    assert spec.box_count == 4


def test_every_fault_of_form_is_told_at_once(document):
    document["worlds"] = -1
    document["belts"][0]["speed_m_per_s"] = "fast"
    document["gripper"]["cups"] = 4
    document["boxes"]["size_m"] = [0.2, 0.1]
    document["pallet"] = "wood"
    del document["arm"]["model"]
    spec, faults = read(document, "plant.yaml cell")
    assert spec is None
    places = {fault.where for fault in faults}
    assert places == {
        "plant.yaml cell.worlds",
        "plant.yaml cell.belts[0].speed_m_per_s",
        "plant.yaml cell.gripper.cups",
        "plant.yaml cell.boxes.size_m",
        "plant.yaml cell.pallet",
        "plant.yaml cell.arm.model",
    }


@pytest.mark.parametrize("given", [None, 3, [], "cell"])
def test_what_is_no_mapping_is_refused(given):
    spec, faults = read(given)
    assert spec is None
    assert len(faults) == 1


@pytest.mark.parametrize("number", [float("nan"), float("inf"), True, None, "2"])
def test_a_mass_is_a_finite_number(document, number):
    document["boxes"]["mass_kg"] = {"mean": number}
    assert [fault.where for fault in read(document)[1]] == ["cell.boxes.mass_kg.mean"]


def test_a_spread_may_be_one_number_and_film_may_be_left_out(document):
    document["boxes"]["mass_kg"] = 1.5
    document["film"] = None
    spec, faults = read(document)
    assert faults == []
    assert spec.boxes.mass_kg == Spread(1.5, 0.0)
    assert spec.film is None


def test_a_spread_of_unknown_numbers_names_them(document):
    document["boxes"]["mass_kg"] = {"mean": 2.0, "variance": 1.0}
    assert [fault.where for fault in read(document)[1]] == ["cell.boxes.mass_kg.variance"]
