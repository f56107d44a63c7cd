import pytest

from tests.twin.bottles import DRIVEN, TEXT
from twin.errors import InvalidInput
from twin.scene.load import load


def faults(text):
    with pytest.raises(InvalidInput) as refused:
        load(text)
    return [(fault.where.partition(" ")[2], fault.got, fault.need) for fault in refused.value.faults]


def test_couplings_name_a_part_of_the_line_and_a_quantity_of_the_physics():
    text = DRIVEN.replace("part: line/belt, quantity: drive.belt", "part: motor, quantity: line/belt.belt")
    assert faults(text) == [
        ("couplings[0].part", "'motor'", "an asset of the line"),
        ("couplings[0].quantity", "'line/belt.belt_speed_m_per_s'", "<asset>.<quantity> of the physics"),
    ]


def test_each_kind_asks_for_its_kind_of_quantity_and_part():
    text = DRIVEN.replace("quantity: drive.load_kg", "quantity: drive.belt_speed_m_per_s")
    text = text.replace("part: line/worn, quantity: bearing.wear_ratio", "part: line/belt, quantity: motor.current_a")
    assert faults(text) == [
        ("couplings[1].quantity", "'drive.belt_speed_m_per_s'", "an input of conveyor_drive"),
        ("couplings[3].part", "'line/belt', a conveyor", "a physical_failure"),
        ("couplings[3].quantity", "'motor.current_a'", "a state of dc_motor"),
    ]


def test_numbers_that_make_no_sense_are_refused():
    more = """
  - {kind: derate, part: line/belt, quantity: motor.heat.temperature_k, from: 380, to: 380}
  - {kind: trip, part: line/worn, quantity: motor.current_a}
  - {kind: load, part: line/belt, quantity: drive.load_kg, per_item: 1}
"""
    assert [found[1] for found in faults(DRIVEN.replace("nominal: 0.4", "nominal: 0") + more)] == [
        "0", "380.0", "neither above nor below", "drive.load_kg set by two couplings"]  # fmt: skip


def test_material_joins_material_only_and_out_to_in():
    text = DRIVEN.replace("[line/belt.out, line/sink.in]", "[line/belt.out, motor.heat]")
    assert ("line/belt.out – motor.heat", "material joined to thermal", "ports of one domain") in faults(text)
    text = TEXT.replace("[line/filler.out, line/buffer.in]", "[line/filler.in, line/buffer.in]")
    assert ("line/filler.in – line/buffer.in", "two ways in", "one way out and one way in") in faults(text)
    text = TEXT.replace("line/buffer.in]", "line/buffer.inn]")
    assert ("line/buffer.inn", "the unknown port 'inn'", "a port of buffer") in faults(text)


def test_parts_of_the_line_have_settings_and_nothing_else():
    text = TEXT.replace("settings: {cycle_s: 10.0}", "parameters: {cycle_s: 10.0}")
    assert ("line/filler.parameters", "`parameters` of a machine", "`settings` alone") in faults(text)
    text = DRIVEN.replace("type: voltage_source, parameters:", "type: voltage_source, settings:")
    assert ("supply.settings", "`settings` of a voltage_source", "`parameters`") in faults(text)


def test_tags_do_not_measure_the_line():
    text = TEXT + "sensors:\n  - {tag: C-1, measures: line/packer.done}\n"
    assert faults(text) == [("C-1", "'line/packer.done' of a machine", "a quantity of the physics")]


def test_products_are_named_once_and_need_a_line():
    twice = "products: [{name: water}, {name: water}]\n"
    assert ("water", "the same product twice", "each once") in faults(TEXT + twice)
    assert faults("plant: none\nproducts: [{name: water}]\n")[0][1] == "products without a line"


def test_a_price_needs_a_unit_that_converts():
    text = TEXT + "prices: {energy: {value: 1, per: h}, person: {value: 1, per: kWh}}\n"
    assert [found[0] for found in faults(text)] == ["prices.energy.per", "prices.person.per"]
