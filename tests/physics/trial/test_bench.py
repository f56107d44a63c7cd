"""A bench joins every port of a part to something that fits."""

from physics.catalogue import components
from physics.network.check import check
from physics.trial.bench import bench

TYPES = components()


def test_every_type_has_a_bench_that_keeps_the_rules():
    plant = bench(*TYPES.values())
    assert list(map(str, check(plant, TYPES))) == []


def test_every_physical_port_and_signal_input_is_joined():
    for kind in TYPES.values():
        joined = {end for link in bench(kind).links for end in link}
        must = [p for p in kind.declaration.ports if p.domain != "signal" or not p.fixes]
        assert [p.name for p in must if f"{kind.name}.{p.name}" not in joined] == [], kind.name
