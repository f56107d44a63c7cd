"""The words of a refusal."""

import pytest

from physics.network.faults import PlantFault, PlantRefused


def test_a_fault_reads_as_one_sentence():
    fault = PlantFault("pump.speed", "-1 rad/s", "0 or more", "Check the sign.")
    assert str(fault) == "pump.speed: got -1 rad/s, need 0 or more. Check the sign."
    assert str(PlantFault("a", "b", "c")) == "a: got b, need c."


def test_a_refusal_tells_every_fault():
    faults = [PlantFault("a", "b", "c"), PlantFault("d", "e", "f")]
    with pytest.raises(PlantRefused, match="a: got b, need c.\nd: got e, need f."):
        raise PlantRefused(faults)
