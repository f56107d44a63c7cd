"""Rows are packed as C packs them, so that native code and Warp agree on them."""

from physics.flow.kernels import present, tables


def test_a_stream_has_no_gaps_but_one():
    assert tables.rows(present.Stream, 2).nbytes == 2 * 32


def test_every_world_has_a_row_in_every_table():
    tables_of_worlds = {name for name, var in present.Worlds.vars.items() if hasattr(var.type, "ndim")}
    assert {"world", "places", "stops", "streams", "items", "clock", "leads"} <= tables_of_worlds
