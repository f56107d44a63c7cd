"""Expected values: by hand. The settings of a source stand in components/test_source.py."""

from physics.flow.layout import Part
from tests.physics.flow.lines import chain, run


def test_the_next_interval_begins_when_the_last_item_has_gone():
    """A machine of 10 s behind, an interval of 4 s: the source's item waits, the machine only for the first one."""
    parts = (
        Part("source", "source", {"interval_s": 4.0}),
        Part("m", "machine", {"cycle_s": 10.0}),
        Part("sink", "sink"),
    )
    found = run(chain(*parts), horizon_s=104.5, worlds=1)
    assert found.finished[0, 0] == 10
    assert found.created[0] == 11


SHIFTS = Part("shifts", "shift_calendar", {"period_s": 100.0, "shifts": [[0, 1], [55, 0]]})


def test_nothing_arrives_off_shift_and_intervals_begin_anew():
    parts = (Part("source", "source", {"interval_s": 10.0, "calendar": "shifts"}), Part("sink", "sink"))
    found = run(chain(*parts, beside=(SHIFTS,)), horizon_s=1000.0, worlds=1)
    assert found.finished[0, 0] == 50


def test_a_source_that_always_has_items_rests_too():
    source = Part("source", "source", {"calendar": "shifts"})
    line = chain(source, Part("m", "machine", {"cycle_s": 1.0}), Part("sink", "sink"), beside=(SHIFTS,))
    found = run(line, horizon_s=1000.0, worlds=1)
    # the item that stood in the source when the shift ended goes on its way
    assert 550 <= found.finished[0, 0] <= 570
    assert (found.status == 0).all()
