"""Who must be solved together."""

from physics.network.islands import islands
from physics.network.joints import join
from physics.network.plant import Part, Plant
from tests.physics.parts import TYPES

TWO_LOADS = Plant(
    (
        Part("s", "supply"), Part("r1", "resistor"), Part("c1", "capacitor"), Part("r2", "resistor"),
        Part("c2", "capacitor"),
    ),
    (("s.plus", "r1.a"), ("r1.a", "r2.a"), ("r1.b", "c1.plus"), ("r2.b", "c2.plus")),
)  # fmt: skip


def split_up(plant, *outputs):
    return islands(plant, TYPES, join(plant, TYPES), outputs)


def test_a_supply_couples_nobody():
    assert split_up(TWO_LOADS, "c1.plus.voltage_v", "s.voltage_v") == (("s", "r1", "c1"), ("s", "r2", "c2"))


def test_asking_for_the_supplys_own_flow_keeps_its_users_together():
    whole = (("s", "r1", "c1", "r2", "c2"),)
    assert split_up(TWO_LOADS, "s.delivered_a") == whole
    assert split_up(TWO_LOADS, "s.plus.current_a") == whole


def test_what_its_users_take_leaves_them_apart():
    assert len(split_up(TWO_LOADS, "r1.a.power_w", "r2.a.power_w")) == 2


def test_signals_couple_and_a_lone_source_stands_alone():
    parts = (Part("k", "knob"), Part("l", "lag"), Part("m", "lag"), Part("idle", "knob"))
    plant = Plant(parts, (("k.out", "l.heard"), ("l.out", "m.heard")))
    assert split_up(plant) == (("k", "l", "m"), ("idle",))
