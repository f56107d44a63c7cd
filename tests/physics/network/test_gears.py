"""Ideal gears: nodes that move as one, with closed forms by hand."""

import numpy as np
import pytest

from physics.catalogue import components
from physics.contract import Component, Port, drive, parameter
from physics.network.faults import PlantRefused
from physics.network.gears import driving_port
from physics.network.plant import Part, Plant
from physics.simulate.model import compile_plant
from physics.simulate.rollout import Options, rollout

TIGHT = Options(rtol=1e-10)


class Push(Component):
    """A torque from outside."""

    name = "push"
    shaft = Port("rotation")
    torque_n_m = drive("N*m", "Torque", default=6.0)

    def law(self, m):
        return {"shaft.torque_n_m": -m.torque_n_m}


class Drag(Component):
    name = "drag"
    shaft = Port("rotation")
    drag_n_m_s = parameter("N*m*s", "Viscous drag", default=0.5)

    def law(self, m):
        return {"shaft.torque_n_m": m.drag_n_m_s * m.shaft.speed_rad_per_s}


class Mass(Component):
    name = "mass"
    rod = Port("translation")
    mass_kg = parameter("kg", "Mass", default=50.0)

    def law(self, m):
        return {"rod.storage": m.mass_kg}


class Turner(Component):
    """Fixes a speed."""

    name = "turner"
    shaft = Port("rotation", fixes=True)
    speed_rad_per_s = drive("rad/s", "Speed", default=10.0)

    def law(self, m):
        return {"shaft.speed_rad_per_s": m.speed_rad_per_s, "torque_n_m": -m.shaft.torque_n_m}


class Lossy(Component):
    """Gives back less torque than an ideal gear."""

    name = "lossy"
    driving = Port("rotation")
    driven = Port("rotation", fixes=True)

    def law(self, m):
        return {
            "driven.speed_rad_per_s": 0.5 * m.driving.speed_rad_per_s,
            "driving.torque_n_m": -0.6 * m.driven.torque_n_m,
        }


TYPES = {**components(), **{kind.name: kind for kind in (Push, Drag, Mass, Turner, Lossy)}}


def run(parts, links, outputs, samples=5, sample_s=0.5):
    model = compile_plant(Plant(tuple(parts), tuple(links)), outputs, types=TYPES)
    inputs = np.repeat(model.inputs[None], samples, axis=0)
    return model, rollout(model, inputs=inputs, sample_s=sample_s, options=TIGHT).outputs[:, :, 0].T


def refused(parts, links):
    with pytest.raises(PlantRefused) as found:
        compile_plant(Plant(tuple(parts), tuple(links)), [], types=TYPES)
    return found.value.faults


def gear(name, ratio):
    return Part(name, "ideal_gear", {"speed_ratio": ratio})


def inertia(name, size):
    return Part(name, "inertia", {"inertia_kg_m2": size})


T = 0.5 * np.arange(5)


def test_inertia_behind_a_gear_counts_by_the_square_of_its_ratio():
    parts = [Part("push", "push"), inertia("a", 2.0), gear("g", -3.0), inertia("b", 0.5)]
    links = [("push.shaft", "a.shaft"), ("a.shaft", "g.driving"), ("g.driven", "b.shaft")]
    outputs = ["a.shaft.speed_rad_per_s", "b.shaft.speed_rad_per_s", "g.driven.torque_n_m", "g.driving.torque_n_m"]
    model, (a, b, out, into) = run(parts, links, outputs)
    rate = 6.0 / (2.0 + 9.0 * 0.5)
    assert model.differential.tolist() == [True]
    np.testing.assert_allclose(a, rate * T, rtol=1e-9)
    np.testing.assert_allclose(b, -3 * rate * T, rtol=1e-9)
    np.testing.assert_allclose(out, 0.5 * 3 * rate, rtol=1e-9)  # what speeds b up is taken from the gear
    np.testing.assert_allclose(into, 6.0 - 2.0 * rate, rtol=1e-9)  # what the push does not spend on a
    np.testing.assert_allclose(into * a + out * b, 0.0, atol=1e-9)


def test_only_the_driven_side_may_store():
    parts = [Part("push", "push"), gear("g", 0.1), inertia("b", 3.0), Part("d", "drag")]
    links = [("push.shaft", "g.driving"), ("g.driven", "b.shaft"), ("b.shaft", "d.shaft")]
    _, (a,) = run(parts, links, ["push.shaft.speed_rad_per_s"], sample_s=2.0)
    expected = 6.0 / (0.01 * 0.5) * (1 - np.exp(-4 * T * 0.5 / 3.0))
    np.testing.assert_allclose(a, expected, rtol=1e-7, atol=1e-6)


def test_without_any_storage_torques_balance_at_once():
    parts = [Part("push", "push"), gear("g", 0.1), Part("d", "drag")]
    _, (a,) = run(parts, [("push.shaft", "g.driving"), ("g.driven", "d.shaft")], ["push.shaft.speed_rad_per_s"])
    np.testing.assert_allclose(a, 6.0 / (0.01 * 0.5), rtol=1e-9)


def test_gears_of_gears_and_branches_add_up():
    parts = [Part("push", "push"), inertia("a", 1.0), gear("g", 0.5), inertia("b", 2.0), gear("h", -4.0)]
    parts += [inertia("c", 0.25), Part("r", "rack_and_pinion", {"travel_m_per_rad": 0.1}), Part("m", "mass")]
    links = [("push.shaft", "a.shaft"), ("a.shaft", "g.driving"), ("g.driven", "b.shaft"), ("b.shaft", "h.driving")]
    links += [("h.driven", "c.shaft"), ("b.shaft", "r.shaft"), ("r.rod", "m.rod")]
    outputs = ["a.shaft.speed_rad_per_s", "c.shaft.speed_rad_per_s", "m.rod.velocity_m_per_s", "g.driven.torque_n_m",
               "h.driving.torque_n_m", "r.rod.force_n", "r.shaft.torque_n_m"]  # fmt: skip
    _, (a, c, v, at_g, at_h, force, at_r) = run(parts, links, outputs)
    rate = 6.0 / (1.0 + 0.25 * (2.0 + 16.0 * 0.25 + 0.01 * 50.0))
    np.testing.assert_allclose(a, rate * T, rtol=1e-9)
    np.testing.assert_allclose(c, 0.5 * -4.0 * rate * T, rtol=1e-9)
    np.testing.assert_allclose(v, 0.5 * 0.1 * rate * T, rtol=1e-9)
    np.testing.assert_allclose(at_h, 16.0 * 0.25 * 0.5 * rate, rtol=1e-9)
    np.testing.assert_allclose(force, -50.0 * 0.5 * 0.1 * rate, rtol=1e-9)
    np.testing.assert_allclose(at_r, 0.1 * 50.0 * 0.5 * 0.1 * rate, rtol=1e-9)
    np.testing.assert_allclose(at_g, -(2.0 * 0.5 * rate + at_h + at_r), rtol=1e-9)


def test_worlds_have_ratios_of_their_own():
    parts = [Part("push", "push"), inertia("a", 2.0), gear("g", 1.0), inertia("b", 0.5)]
    plant = Plant(tuple(parts), (("push.shaft", "a.shaft"), ("a.shaft", "g.driving"), ("g.driven", "b.shaft")))
    model = compile_plant(plant, ["a.shaft.speed_rad_per_s"], types=TYPES)
    ratios = np.array([1.0, 2.0, 5.0])
    numbers = np.repeat(model.parameters[:, None], 3, axis=1)
    numbers[model.parameter_names.index("g.speed_ratio")] = ratios
    found = rollout(model, inputs=np.repeat(model.inputs[None], 2, axis=0), sample_s=1.0, parameters=numbers)
    np.testing.assert_allclose(found.outputs[1, 0], 6.0 / (2.0 + 0.5 * ratios**2), rtol=1e-7)


def test_a_source_may_drive_what_stores_behind_a_gear():
    parts = [Part("s", "turner"), gear("g", 2.0), inertia("b", 0.5), Part("d", "drag")]
    links = [("s.shaft", "g.driving"), ("g.driven", "b.shaft"), ("b.shaft", "d.shaft")]
    _, (b, torque_n_m) = run(parts, links, ["b.shaft.speed_rad_per_s", "s.torque_n_m"])
    np.testing.assert_allclose(b, 20.0)
    np.testing.assert_allclose(torque_n_m, 2.0 * 0.5 * 20.0)


def test_gears_in_a_circle_are_refused_by_name():
    parts = [gear("g", 2.0), gear("h", 0.5), inertia("a", 1.0), inertia("b", 1.0)]
    links = [("g.driven", "h.driving"), ("h.driven", "g.driving"), ("a.shaft", "g.driving"), ("b.shaft", "h.driving")]
    (fault,) = refused(parts, links)
    assert "g.driving.speed_rad_per_s" in fault.where
    assert "h.driving.speed_rad_per_s" in fault.where
    assert "Turn a part round" in fault.next_step


def test_two_gears_that_drive_one_shaft_are_refused_by_name():
    parts = [gear("g", 2.0), gear("h", 0.5), inertia("a", 1.0), inertia("b", 1.0), inertia("c", 1.0)]
    links = [("g.driven", "h.driven"), ("a.shaft", "g.driving"), ("b.shaft", "h.driving"), ("c.shaft", "g.driven")]
    (fault,) = refused(parts, links)
    assert fault.where == "g.driven - h.driven"
    assert "turn one part round" in fault.next_step


def test_storage_behind_what_is_no_ideal_gear_is_refused():
    parts = [Part("l", "lossy"), inertia("a", 1.0), inertia("b", 1.0)]
    (fault,) = refused(parts, [("a.shaft", "l.driving"), ("l.driven", "b.shaft")])
    assert fault.where == "l.driven - b.shaft"
    assert "ideal gear" in fault.next_step


def test_a_start_value_behind_a_gear_is_refused():
    parts = [gear("g", 2.0), inertia("a", 1.0), Part("b", "inertia", start={"shaft.speed_rad_per_s": 3.0})]
    (fault,) = refused(parts, [("a.shaft", "g.driving"), ("g.driven", "b.shaft")])
    assert fault.where == "b.shaft.speed_rad_per_s@start"
    assert "g.driven sets it" in fault.next_step


def test_what_counts_as_an_ideal_gear():
    assert driving_port(TYPES["ideal_gear"], "driven") == "driving"
    assert driving_port(TYPES["rack_and_pinion"], "rod") == "shaft"
    assert driving_port(TYPES["lossy"], "driven") is None
    assert driving_port(TYPES["turner"], "shaft") is None
    assert driving_port(TYPES["tank"], "bottom") is None
