"""What a law reads and returns, seen once."""

import sympy as sp

from physics.compiler.trace import Level, readable_at, trace
from physics.contract import Port
from tests.physics.parts import Decay, Functions, Passage, Supply


def test_locals_are_named_after_quantities_and_ports():
    seen = trace(Passage)
    assert list(seen.symbols) == [
        "flow_per_pa",
        "inlet.pressure_pa",
        "inlet.enthalpy_j_per_kg",
        "outlet.pressure_pa",
        "outlet.enthalpy_j_per_kg",
    ]
    assert seen.levels["flow_per_pa"] is Level.PARAMETER
    assert seen.levels["inlet.pressure_pa"] is Level.DYNAMIC


def test_a_fixed_port_lets_its_flow_be_read():
    assert readable_at(Port("liquid", fixes=True)) == (
        "pressure_pa",
        "enthalpy_j_per_kg",
        "mass_flow_kg_per_s",
        "enthalpy_flow_w",
    )
    assert readable_at(Port("signal", fixes=True)) == ()
    seen = trace(Supply)
    assert seen.equations["delivered_a"] == -seen.symbols["plus.current_a"]
    assert seen.levels["voltage_v"] is Level.INPUT


def test_a_correction_that_is_not_learned_is_zero():
    plain, learned = trace(Decay), trace(Decay, frozenset({"extra_ratio"}))
    rate, level = (plain.symbols[name] for name in ("rate_per_s", "level_ratio"))
    assert plain.equations["level_ratio.rate"] == -rate * level
    assert learned.symbols["extra_ratio"] in learned.equations["level_ratio.rate"].free_symbols
    assert plain.equations["extra_ratio.feature_1"] == level**2


def test_kinks_become_pieces_that_lanes_can_choose_from():
    assert not trace(Functions).equations["most"].has(sp.Max)
    assert trace(Functions).observables[:2] == ("exp", "log")
