"""What islands have in common."""

from physics.network.islands import islands
from physics.network.joints import join
from physics.network.plant import Network, Part, Plant
from physics.network.shape import renamed, shapes
from tests.physics.parts import TYPES


def shapes_of(plant, *outputs):
    joints = join(plant, TYPES)
    return shapes(plant, TYPES, joints, islands(plant, TYPES, joints, outputs), outputs)


def loads(*ohms):
    parts, links = [Part("s", "supply")], []
    for k, ohm in enumerate(ohms):
        parts += [Part(f"r{k}", "resistor", {"resistance_ohm": ohm}), Part(f"c{k}", "capacitor")]
        links += [("s.plus", f"r{k}.a"), (f"r{k}.b", f"c{k}.plus")]
    return Plant(tuple(parts), tuple(links))


def test_names_and_numbers_do_not_make_a_shape():
    one, other = shapes_of(loads(1.0, 2.0), "c0.plus.voltage_v", "c1.plus.voltage_v")
    assert one != other
    assert one.plain()[0] == other.plain()[0]
    assert other.plain()[1] == {"0": "s", "1": "r1", "2": "c1"}


def test_links_and_what_is_observed_make_a_shape():
    one, other = shapes_of(loads(1.0, 1.0), "c0.plus.voltage_v", "c1.plus.voltage_v", "r1.a.current_a")
    assert one.plain()[0] != other.plain()[0]
    turned = Plant(loads(1.0).parts, (("s.plus", "r0.b"), ("r0.a", "c0.plus")))
    assert shapes_of(turned)[0].plain()[0] != shapes_of(loads(1.0))[0].plain()[0]


def test_the_key_of_a_network_does_not_make_a_shape_but_the_network_does():
    def learned(*networks):
        return shapes_of(Plant((Part("l", "decay"),), (), networks))[0].plain()

    one, other = (learned(Network("l", "extra_ratio", key)) for key in "ab")
    assert one[0] == other[0]
    assert renamed("key 0.w1_0_0", other[1]) == "b.w1_0_0"
    assert one[0] != learned()[0]
    assert one[0] != learned(Network("l", "extra_ratio", "a", hidden=2))[0]
