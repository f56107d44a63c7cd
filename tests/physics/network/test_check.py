"""Every rule of names, numbers and links, each broken once; and all of them at once."""

import pytest

from physics.catalogue import components
from physics.network.check import check
from physics.network.plant import Network, Part, Plant
from tests.physics.parts import TYPES

SOUND = Plant(
    (Part("s", "supply"), Part("r", "resistor"), Part("c", "capacitor"), Part("d", "decay")),
    (("s.plus", "r.a"), ("r.b", "c.plus")),
    (Network("d", "extra_ratio", "decays"),),
)


def faults(parts=(), links=(), corrections=()):
    return check(Plant(SOUND.parts + parts, SOUND.links + links, SOUND.corrections + corrections), TYPES)


def test_a_sound_plant_has_no_fault():
    assert faults() == []


@pytest.mark.parametrize(
    ("parts", "links", "corrections", "where", "got"),
    [
        ((Part("x", "resister"),), (), (), "x", "type 'resister'"),
        ((Part("r", "resistor"),), (), (), "r", "2 parts of that id"),
        ((Part("a.b", "resistor"),), (), (), "a.b", "id 'a.b'"),
        ((Part("x", "resistor", {"resistance": 1.0}),), (), (), "x.resistance", "parameter 'resistance'"),
        ((Part("x", "resistor", {"resistance_ohm": -1.0}),), (), (), "x.resistance_ohm", "-1 ohm"),
        ((Part("x", "resistor", {"resistance_ohm": float("nan")}),), (), (), "x.resistance_ohm", "nan"),
        ((Part("x", "decay", {}, {"level": 1.0}),), (), (), "x.level@start", "start of 'level'"),
        ((Part("x", "capacitor", {}, {"plus.voltage_v": float("inf")}),), (), (), "x.plus.voltage_v@start", "inf"),
        ((), (("r.c", "c.plus"),), (), "r.c - c.plus", "port 'c'"),
        ((), (("q.a", "c.plus"),), (), "q.a - c.plus", "part 'q'"),
        ((), (("c.plus", "c.plus"),), (), "c.plus - c.plus", "a port joined to itself"),
        ((Part("t", "tank"),), (("c.plus", "t.bottom"),), (), "c.plus - t.bottom", "electrical joined to liquid"),
        ((Part("k", "knob"), Part("l", "knob")), (("k.out", "l.out"),), (), "k.out - l.out", "two signal outputs"),
        ((Part("g", "gain"),), (), (), "g.heard", "no signal"),
        (
            (Part("g", "gain"), Part("k", "knob"), Part("l", "knob")),
            (("k.out", "g.heard"), ("l.out", "g.heard")),
            (),
            "g.heard",
            "2 signals",
        ),
        ((Part("t", "supply"),), (("s.plus", "t.plus"),), (), "s.plus - t.plus", "2 joined"),
        ((), (), (Network("d", "extra", "k"),), "d.extra", "extra"),
        ((), (), (Network("q", "extra_ratio", "k"),), "q.extra_ratio", "part 'q'"),
        ((), (), (Network("d", "extra_ratio", "k"),), "d.extra_ratio", "two networks"),
        ((Part("e", "decay"),), (), (Network("e", "extra_ratio", "r"),), "e.extra_ratio", "key 'r'"),
        ((Part("e", "decay"),), (), (Network("e", "extra_ratio", "k", 99),), "e.extra_ratio", "99 hidden units"),
        ((Part("e", "decay"),), (), (Network("e", "extra_ratio", "decays", 2),), "e.extra_ratio", "shape (2, 2,"),
    ],
)
def test_a_broken_rule_is_told_with_its_place(parts, links, corrections, where, got):
    found = faults(parts, links, corrections)
    assert [(f.where, f.got[: len(got)]) for f in found] == [(where, got)]
    assert found[0].need


def test_all_faults_come_at_once():
    found = check(
        Plant((Part("x", "resister"), Part("r", "resistor", {"resistance_ohm": 0.0})), (("r.a", "y.b"),)), TYPES
    )
    assert [f.where for f in found] == ["x", "r.resistance_ohm", "r.a - y.b"]


def test_near_names_are_offered():
    assert "resistance_ohm" in faults((Part("x", "resistor", {"resistence_ohm": 1.0}),))[0].next_step


def test_an_empty_plant_is_refused():
    assert check(Plant(()), TYPES)[0].where == "plant"


def test_coordinates_that_make_no_curve_are_told():
    types = components()
    numbers = types["curve_pump"].declaration.tables[0].numbers([(0.0, 20.0), (4e-3, 2.0)])
    sound, turned = numbers, numbers | {"head_curve_x3_m3_per_s": 0.0}
    assert check(Plant((Part("p", "curve_pump", sound),)), types) == []
    (fault, *_) = check(Plant((Part("p", "curve_pump", turned),)), types)
    assert (fault.where, fault.need) == ("p.head_curve, point 3", "x that rises from point to point")
