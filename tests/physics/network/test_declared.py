"""Numbers of an island in the order in which its laws declare them."""

from physics.network.declared import TEMPERATURE_ORIGIN_K, TEMPERATURE_SWING_K, Balance, Equation, Laws, declared
from physics.network.gears import gears
from physics.network.joints import join
from physics.network.plant import Network, Part, Plant
from tests.physics.network.test_gears import TYPES as GEARED
from tests.physics.parts import TYPES


def of(parts, links=(), networks=(), types=TYPES):
    nodes = join(Plant(tuple(parts), tuple(links)), types).nodes
    kinds = {part.id: types[part.type] for part in parts}
    laws = Laws(kinds, networks)
    return laws, declared(laws, nodes, gears(nodes, kinds, laws.learned))


def test_states_come_first_then_the_efforts_of_nodes_that_no_part_fixes():
    parts = [Part("s", "supply"), Part("r", "resistor"), Part("c", "capacitor"), Part("p", "pendulum")]
    _, found = of(parts, [("s.plus", "r.a"), ("r.b", "c.plus")])
    assert list(found.index) == ["p.angle_rad", "p.speed_rad_per_s", "r.b.voltage_v"]
    assert found.rows[0] == Equation("p", "angle_rad.rate")
    assert isinstance(found.rows[2], Balance)
    assert [unknown.differential for unknown in found.unknowns] == [True, True, True]
    assert found.constants()["s.voltage_v"] == "u0"
    assert found.parameters["c.capacitance_f"] == 2.0


def test_an_unknown_without_a_rate_is_algebraic():
    _, found = of([Part("r", "robertson")])
    assert [unknown.differential for unknown in found.unknowns] == [True, True, False]


def test_what_a_driven_node_stores_makes_its_drivers_node_differential():
    parts = [Part("p", "push"), Part("g", "ideal_gear"), Part("b", "inertia")]
    _, found = of(parts, [("p.shaft", "g.driving"), ("g.driven", "b.shaft")], types=GEARED)
    assert [(unknown.name, unknown.differential) for unknown in found.unknowns] == [("p.shaft.speed_rad_per_s", True)]


def test_weights_of_what_is_learned_are_parameters_of_their_key():
    laws, found = of([Part("d", "decay")], networks=[Network("d", "extra_ratio", "shared", 2)])
    assert laws.feature_count(laws.networks["d", "extra_ratio"]) == 2
    assert found.parameters["shared.w2_1"] == 0.0
    assert "extra_ratio" in laws.of("d").symbols


def test_errors_of_temperatures_are_held_against_a_swing_of_their_own():
    _, found = of([Part("b", "heat_capacity")], types=GEARED)
    (unknown,) = found.unknowns
    assert (unknown.origin, unknown.swing) == (TEMPERATURE_ORIGIN_K, TEMPERATURE_SWING_K)
