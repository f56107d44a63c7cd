import numpy as np
import pytest

from physics.simulate.course import Limit, Maintenance
from physics.simulate.duty_cycles import DutyCycles, Growth, one_block
from physics.simulate.rising import Rising
from physics.simulate.wearing_worlds import WearingWorlds
from tests.physics.simulate.wearing import SAMPLE_S, WEAR, compiled, day, spread


@pytest.fixture(scope="module")
def grinder():
    return compiled("grinder")


def worlds_of(model, wear, maintenance=(), limit=1.0):
    """Worlds at some wear; a limit at 1 and an end at 100 s."""
    numbers = spread(model, len(wear), wear_ratio=np.array(wear))
    cycles = DutyCycles(model, one_block(day(1.0), SAMPLE_S), numbers["parameters"])
    return WearingWorlds(cycles, numbers["start"], [Limit(WEAR, np.full(len(wear), limit))], maintenance, 100.0)


def straight(at, span, last):
    """An even rise from where the worlds are."""
    span, last = np.array(span), np.array([last])
    slope = (last - at.wear) / span
    return Rising(span, at.wear.copy(), last, slope, slope)


def test_a_part_that_is_worn_out_is_held_where_it_is(grinder):
    at = worlds_of(grinder, [0.2, 1.3])
    np.testing.assert_array_equal(at.caps, [[np.inf, 1.3]])
    assert at.fresh.all()
    at.rate[:] = 0.01
    np.testing.assert_allclose(at.left_s(np.arange(2)), [80.0, np.inf])


def test_a_step_ends_at_the_first_failure(grinder):
    at = worlds_of(grinder, [0.2, 0.2])
    both = np.arange(2)
    curve = straight(at, [40.0, 40.0], [1.8, 0.6])
    until = at.until(both, curve)
    np.testing.assert_allclose(until, [0.5, 1.0])
    at.move(both, curve, until, np.full(2, 40.0))
    np.testing.assert_allclose(at.time_s, [20.0, 40.0])
    np.testing.assert_allclose(at.wear[0], [1.0, 0.6])
    np.testing.assert_allclose(at.rate[0, 0], 0.04)
    assert np.isfinite(at.caps[0, 0])
    assert np.isinf(at.caps[0, 1])
    assert at.open.all()


def test_maintenance_resets_once_at_its_date_and_lets_a_failed_part_go(grinder):
    at = worlds_of(grinder, [0.9, 0.9], [Maintenance({WEAR: 0.1}, at_s=(50.0,))])
    both = np.arange(2)
    np.testing.assert_allclose(at.stop_s(both), 50.0)
    at.begin(both)
    at.move(both, straight(at, [50.0, 50.0], [1.4, 0.95]), np.ones(2), np.full(2, 50.0))
    np.testing.assert_allclose(at.wear[0], 0.1)
    assert at.done == [(50.0, 0, 0), (50.0, 1, 0)]
    assert np.isinf(at.caps).all()
    assert at.fresh.all()
    np.testing.assert_allclose(at.stop_s(both), 100.0)
    at.serve(both, at.time_s)
    assert len(at.done) == 2


def test_maintenance_that_is_due_at_once_is_done_at_once(grinder):
    at = worlds_of(grinder, [0.3, 0.6], [Maintenance({WEAR: 0.0}, when=(WEAR, np.full(2, 0.5)))])
    np.testing.assert_allclose(at.wear[0], [0.3, 0.0])
    assert at.done == [(0.0, 1, 0)]


def test_what_was_is_remembered_until_a_corner(grinder):
    at = worlds_of(grinder, [0.2])
    one = np.arange(1)
    found = Growth(np.full((1, 1), 0.02), np.zeros((1, 1, 1)), at.state, at.peaks, np.ones(1, bool), at.state)
    at.begin(one)
    assert at.history(one).known[0] == 0
    for _ in range(2):
        at.remember(one)
        at.stand_on(one, found, np.ones(1, bool))
        at.time_s[:] += 10.0
    past = at.history(one)
    assert past.known[0] == 2
    np.testing.assert_allclose(past.ago_s[:, 0], [10.0, 20.0])
    np.testing.assert_allclose(past.earlier[:, 0, 0], [0.02, 0.0])
    at.move(one, straight(at, [10.0], [1.1]), np.ones(1), np.full(1, 30.0))
    assert at.history(one).known[0] == 0


def test_a_lost_world_stays_where_it_was(grinder):
    at = worlds_of(grinder, [0.2, 0.2])
    at.time_s[:] = 7.0
    at.lose(np.array([1]))
    np.testing.assert_array_equal(at.open, [True, False])
    assert at.lost_s[1] == 7.0
    assert np.isnan(at.rate[0, 1])
