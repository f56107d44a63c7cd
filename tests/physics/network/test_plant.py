"""Paths of quantities."""

from physics.network.plant import Network, Part, Plant, split


def test_the_first_dot_ends_the_part():
    assert split("hall/pump-1.outlet.pressure_pa") == ("hall/pump-1", "outlet.pressure_pa")


def test_defaults_are_empty():
    assert Plant((Part("a", "tank"),)) == Plant((Part("a", "tank", {}, {}),), (), ())
    assert Network("a", "x", "k").hidden == 6
