import pytest

from physics.network.faults import PlantFault, PlantRefused
from twin.assembly.refusal import translated
from twin.errors import Fault, InvalidInput
from twin.scene.load import load_with_lines


def refused(where, text, *, with_lines=True):
    scene, document = load_with_lines(text)
    with pytest.raises(InvalidInput) as refusal:
        with translated(scene, document) if with_lines else translated():
            raise PlantRefused([PlantFault(where, "x", "y", "z")])
    return refusal.value.faults


def test_fault_at_an_asset_names_its_line(text):
    assert refused("l/valve.opening_ratio", text) == (Fault("plant.yaml:7 l/valve.opening_ratio", "x", "y", "z"),)


def test_fault_at_a_connection_names_the_connections_line(text):
    (fault,) = refused("l/pump.outlet - l/valve.inlet", text)
    assert fault.where.startswith("plant.yaml:13 ")


def test_fault_of_the_whole_plant_names_the_file(text):
    (fault,) = refused("somewhere", text)
    assert fault.where == "plant.yaml:1 somewhere"


def test_fault_without_a_document_keeps_the_engines_words(text):
    assert refused("l/valve.opening_ratio", text, with_lines=False) == (Fault("l/valve.opening_ratio", "x", "y", "z"),)


def test_other_errors_pass():
    with pytest.raises(ZeroDivisionError), translated():
        raise ZeroDivisionError
