"""Expected values: by hand, and the recursion of an accumulating conveyor worked out in NumPy."""

import numpy as np
import pytest

from physics.flow.layout import Part
from physics.simulate.streams import uniform
from tests.physics.flow.lines import chain, run, shares
from tests.physics.flow.lines import uniform as between

BELT = {"length_m": 4.0, "speed_m_per_s": 0.5, "pitch_m": 0.8}


def test_an_item_rides_for_length_over_speed():
    parts = (Part("source", "source", {"interval_s": 20.0}), Part("belt", "conveyor", BELT), Part("sink", "sink"))
    found = run(chain(*parts), horizon_s=100.0, worlds=1)
    assert found.lead_s[0, :4] == pytest.approx(8.0)


def test_pitch_over_speed_is_the_shortest_interval():
    parts = (Part("source", "source"), Part("belt", "conveyor", BELT), Part("sink", "sink"))
    found = run(chain(*parts), horizon_s=160.0, warm_s=16.1, worlds=1)
    assert found.finished[0, 0] == 100


@pytest.mark.parametrize("kind", ["accumulates", "stands"])
def test_a_blocked_belt_holds_as_many_as_fit(kind):
    parts = (Part("source", "source"), Part("belt", "conveyor", BELT | {"when_blocked": kind, "length_m": 4.1}),
             Part("slow", "machine", {"cycle_s": 100.0}), Part("sink", "sink"))  # fmt: skip
    found = run(chain(*parts), horizon_s=400.0, warm_s=600.0, worlds=1)
    assert found.items[0] == 6 + 1
    assert shares(found, "belt")["blocked"] > 0.9


def test_a_standing_belt_delays_everything_on_it():
    """Items one pitch apart, a machine of 10 s behind: each leaves 10 s after the last, whatever way is left."""
    parts = (Part("source", "source"), Part("belt", "conveyor", BELT | {"when_blocked": "stands"}),
             Part("m", "machine", {"cycle_s": 10.0}), Part("sink", "sink"))  # fmt: skip
    found = run(chain(*parts), horizon_s=200.0, warm_s=100.0, worlds=1)
    # while one item is worked on the next rides one pitch in 1.6 s and waits; six fronts span five pitches of the belt
    assert np.nanmax(np.abs(np.diff(found.lead_s[0, 1:15]))) < 1e-9
    assert found.finished[0, 0] == 20


def test_an_accumulating_belt_keeps_its_recursion():
    """a_n = max(e_n + L, d_(n-1) + s), d_n = max(a_n, machine free), all in metres of belt run."""
    parts = (Part("source", "source", {"interval_s": between(1.0, 9.0)}), Part("belt", "conveyor", BELT),
             Part("m", "machine", {"cycle_s": between(1.0, 9.0)}), Part("sink", "sink"))  # fmt: skip
    found = run(chain(*parts), horizon_s=600.0, worlds=1, seed=3)
    count = int(np.isfinite(found.lead_s[0]).sum())
    interval, cycle = (1.0 + 8.0 * uniform(3, 0, name, 500) for name in ("source.interval_s", "m.cycle_s"))
    pitch_s, ride_s, room = 1.6, 8.0, 6
    enter, leave, free, leads = [], [], 0.0, []
    for n in range(count):
        came = (enter[-1] if enter else 0.0) + interval[n]
        gate = max(enter[-1] + pitch_s if n else 0.0, leave[n - room] + room * pitch_s - ride_s if n >= room else 0.0)
        enter.append(max(came, gate))
        end = max(enter[n] + ride_s, leave[-1] + pitch_s if n else 0.0)
        leave.append(max(end, free))
        free = leave[n] + cycle[n]
        leads.append(free - enter[n])
    np.testing.assert_allclose(found.lead_s[0, :count], leads, rtol=1e-10)
