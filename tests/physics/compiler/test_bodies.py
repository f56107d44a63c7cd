"""Rolled bodies compute what straight ones do, to the bit, in text that does not grow with the plant."""

from functools import partial

import numpy as np
import pytest

from physics.compiler import program
from physics.compiler.bodies import constant, constants, rolled, straight
from physics.compiler.tape import Tape
from physics.network.plant import Part, Plant
from physics.simulate import device
from physics.simulate.model import compile_plant
from physics.simulate.rollout import Status, rollout
from tests.physics.parts import TYPES


def outside(name):
    return name[0], int(name[1:])


def like_lines(count):
    """`count` times (z_k - p_k) squared, and whether it is above the input."""
    tape = Tape()
    for k in range(count):
        gap = tape.write(f"z{k}+p{k}*(-1.0)")
        square = tape.write(f"{gap}*{gap}")
        tape.write(f"gt_({square},u0)", mask=True)
    return list(tape.lines.values())


def test_text_grows_with_kinds_of_statements_not_with_statements():
    few, many = (rolled(like_lines(count), outside, ()) for count in (5, 500))
    assert len(few) == len(many) == 2 + 3 * 2  # scratch arrays; a table and a loop a kind
    assert len(straight(like_lines(500), outside, ())) == 3 * 500 + 2 * 500 + 1


def test_scratch_places_are_used_again():
    tape = Tape()
    name = "z0"
    for _ in range(50):
        name = tape.write(f"sqrt_({name})")
    body = rolled(list(tape.lines.values()), outside, [("f[0]", name)])
    assert body[0] == "V m[2];"
    assert body[-1].startswith("f[0]=m[")


def test_a_held_mask_is_read_as_a_comparison():
    tape = Tape()
    mask = tape.write("gt_(u0,0.0)", mask=True)
    line = tape.lines[tape.write(f"select_({mask},z0,z1)")]
    places = {mask: ("c?", 4)}
    assert straight([line], lambda name: places.get(name) or outside(name), ())[0] == (
        f"I {mask}=ne_(c[4],SPLAT(0.0));"
    )
    (single,) = [s for s in rolled([line], lambda name: places.get(name) or outside(name), ()) if "=" in s]
    assert single == "m[0]=select_(ne_(c[4],SPLAT(0.0)),z[0],z[1]);"


def ladder(steps):
    """Resistors and capacitors in a row, algebraic nodes between them."""
    parts, links, last = [Part("s", "supply")], [], "s.plus"
    for k in range(steps):
        parts += [Part(f"a{k}", "resistor"), Part(f"b{k}", "resistor"), Part(f"c{k}", "capacitor")]
        links += [(last, f"a{k}.a"), (f"a{k}.b", f"b{k}.a"), (f"b{k}.b", f"c{k}.plus")]
        last = f"c{k}.plus"
    return Plant(tuple(parts), tuple(links))


def tanks(steps):
    """Tanks in a row whose streams carry heat."""
    parts = [Part("t0", "tank", {}, {"bottom.pressure_pa": 151_325.0, "bottom.enthalpy_j_per_kg": 2e5})]
    links = []
    for k in range(1, steps):
        parts += [
            Part(f"p{k}", "passage"),
            Part(f"t{k}", "tank", {"area_m2": 1.0 + 0.1 * k}, {"bottom.pressure_pa": 111_325.0}),
        ]
        links += [(f"t{k - 1}.bottom", f"p{k}.inlet"), (f"p{k}.outlet", f"t{k}.bottom")]
    return Plant(tuple(parts), tuple(links))


@pytest.mark.parametrize(
    ("plant", "output"), [(ladder(6), "c5.plus.voltage_v"), (tanks(6), "t5.heat_j_per_kg")], ids=["ladder", "tanks"]
)
def test_rolled_code_gives_the_bits_of_straight_code(plant, output, monkeypatch):
    runs = []
    for straight_statements in (0, 1_000_000):
        monkeypatch.setattr(program, "LEAST_REPETITION", 0)
        monkeypatch.setattr(device, "write", partial(program.write, straight_statements=straight_statements))
        device._code.cache_clear()
        model = compile_plant(plant, [output], types=TYPES)
        spread = np.random.default_rng(0).uniform(0.5, 2.0, (len(model.parameters), 11))
        inputs = np.repeat(model.inputs[None], 20, axis=0)
        parameters = model.parameters[:, None] * spread
        runs.append(rollout(model, inputs=inputs, sample_s=5.0, parameters=parameters))
    device._code.cache_clear()
    assert (runs[0].status == Status.OK).all()
    assert np.ptp(runs[0].outputs[:, 0]) > 0
    assert np.array_equal(runs[0].outputs, runs[1].outputs)
    assert np.array_equal(runs[0].final, runs[1].final)
    assert np.array_equal(runs[0].steps, runs[1].steps)


def test_stores_that_differ_in_a_number_only_are_one_loop():
    stores = [(f"L[{k}]", f"v*{constant(k)}-(z{k})") for k in range(20)]
    body = rolled([], outside, stores)
    assert [line for line in body if "L[i[0]]=v*e[i[1]]-(z[i[2]]);" in line]
    assert len(body) == 2  # a table and a loop
    assert constants([0.5, -2.0]) == "static const double e[]={0.5,-2.0};"
