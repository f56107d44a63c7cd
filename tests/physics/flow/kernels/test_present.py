"""Rows are packed as C packs them, so that native code and Warp agree on them."""

from physics.flow.kernels import present, tables


def test_a_stage_has_no_gaps():
    """Groups of worlds read the rows turned about, as so many float64."""
    assert tables.rows(present.StageNow, 2).nbytes == 2 * 8 * len(present.StageNow.vars)


def test_every_world_has_a_row_in_every_table():
    tables_of_worlds = {name for name, var in present.Worlds.vars.items() if hasattr(var.type, "ndim")}
    assert {"world", "places", "stops", "used", "words", "items", "clock", "leads"} <= tables_of_worlds
