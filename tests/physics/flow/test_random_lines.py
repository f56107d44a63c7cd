"""What holds for any line: items are conserved, time is all accounted for, nothing hangs, cuts change nothing."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from physics.flow.compile import compile_line
from physics.flow.exchange import Exchange
from physics.flow.simulate import WORKS, Options, Status, simulate
from tests.physics.flow.random_lines import random_line

HORIZON_S, BOUND = 300.0, 300_000


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 1_000_000))
def test_any_line_keeps_its_books(seed):
    line = compile_line(random_line(seed))
    found = simulate(line, horizon_s=HORIZON_S, worlds=2, seed=seed, options=Options(most_events=BOUND))
    # every type that may lock up is in a loop or shares vehicles; nothing runs on without end
    assert set(found.status) <= {Status.OK, Status.DEADLOCK, Status.STALLED}
    gone = found.finished.sum(axis=1) + found.scrapped.sum(axis=1) + found.consumed
    np.testing.assert_array_equal(found.created, gone + found.items)
    ended_s = np.where(found.status == Status.OK, HORIZON_S, found.stopped_at_s)
    booked = found.state_s[:, np.isin(line.place_kinds, WORKS)].sum(axis=2)
    np.testing.assert_allclose(booked, np.broadcast_to(ended_s[:, None], booked.shape), rtol=1e-9)
    assert (found.state_s >= 0).all()
    assert (found.content_s >= 0).all()


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 1_000_000), st.floats(0.01, HORIZON_S - 0.01))
def test_an_exchange_at_any_time_changes_nothing(seed, cut_s):
    line = compile_line(random_line(seed))
    whole, cut = (Exchange(line, worlds=2, seed=seed, most_events=BOUND) for _ in range(2))
    whole.run(HORIZON_S)
    cut.run(cut_s)
    cut.run(HORIZON_S)
    np.testing.assert_array_equal(whole.finished(), cut.finished())
    np.testing.assert_array_equal(whole.status(), cut.status())
    assert (whole.balance() == 0).all()
