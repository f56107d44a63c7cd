"""The words of a refusal."""

import pytest

from physics.network.faults import PlantFault, PlantRefused, circle


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
