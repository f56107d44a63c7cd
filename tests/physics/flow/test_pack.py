"""Rows of a packed line, read against the layout they come from."""

import numpy as np

from physics.flow.compile import compile_line
from physics.flow.kernels import tables
from physics.flow.layout import Part
from tests.physics.flow.lines import broken_line, chain, machines


def test_nodes_lead_to_the_next_place():
    line = compile_line(machines(2, 3))
    places, inlets = line.arrays["places"], line.arrays["inlets"]
    ways = [line.place_names[inlets["place"][node]] for node in places["node"][:4]]
    assert ways == ["m0", "b0", "sink", "m1"]


def test_clocks_follow_the_places():
    line = compile_line(broken_line(3, 2))
    np.testing.assert_array_equal(line.arrays["stops"]["clock"], line.clocked + np.arange(3))
    assert line.clocks == line.clocked + 3


def test_a_conveyor_has_room_for_one_more_than_whole_pitches():
    belt = Part("belt", "conveyor", {"length_m": 4.0, "pitch_m": 0.8})
    line = compile_line(chain(Part("source", "source"), belt, Part("sink", "sink")))
    assert line.arrays["belts"]["room"].tolist() == [6]
    assert line.arrays["places"]["kind"][1] == tables.BELT


def test_columns_that_are_not_said_are_none():
    places = compile_line(machines(1)).arrays["places"]
    assert places["scrap"].tolist() == [-1, -1, -1]
    assert places["pool"].tolist() == [-1, -1, -1]
