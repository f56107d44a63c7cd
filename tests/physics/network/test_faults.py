"""The words of a refusal."""

import pytest

from physics.network.faults import PlantFault, PlantRefused, circle, concerned, near, untouched
from physics.network.plant import Part, Plant


def test_a_fault_reads_as_one_sentence():
    fault = PlantFault("pump.speed", "-1 rad/s", "0 or more", "Check the sign.")
    assert str(fault) == "pump.speed: got -1 rad/s, need 0 or more. Check the sign."
    assert str(PlantFault("a", "b", "c")) == "a: got b, need c."


def test_a_refusal_tells_every_fault():
    faults = [PlantFault("a", "b", "c"), PlantFault("d", "e", "f")]
    with pytest.raises(PlantRefused, match="a: got b, need c.\nd: got e, need f."):
        raise PlantRefused(faults)


def test_a_circle_is_told_alike_wherever_it_was_entered():
    one, other = circle(["b.out.value", "a.heard.value"]), circle(["a.heard.value", "b.out.value"])
    assert one == other
    assert one.where == "a.heard.value -> b.out.value"
    assert "lag" in one.next_step


def test_a_circle_of_efforts_is_told_how_to_open_it():
    assert circle(["g.driving.speed_rad_per_s", "h.driving.speed_rad_per_s"]).next_step.startswith("Turn a part round")


def test_the_nearest_names_are_the_next_step():
    assert near("levl_m", ["level_m", "area_m2"]) == "Known: level_m."
    assert near("zzz", ["b", "a"]) == "Known: a, b."
    assert near("zzz", []) == ""


def test_parts_that_a_fault_names_are_found_however_it_names_them():
    faults = [PlantFault(where, "", "") for where in ("a.x - b.y", "c.u -> d.v", "e.u, f.v and 3 more")]
    assert concerned(faults, "abcdefg") == set("abcdef")
    assert concerned([PlantFault("plant", "no parts", "")], ["a"]) == set()


def test_only_what_is_not_joined_to_a_fault_is_looked_at():
    plant = Plant(tuple(Part(id_, "t") for id_ in "abcd"), (("a.x", "b.x"), ("c.x", "d.x")))
    left = untouched(plant, [PlantFault("b.number", "", "")])
    assert [part.id for part in left.parts] == ["c", "d"]
    assert left.links == (("c.x", "d.x"),)
    assert untouched(plant, []) is plant
