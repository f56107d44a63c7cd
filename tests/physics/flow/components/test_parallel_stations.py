"""Expected values: counted by hand, and Erlang's loss formula for two servers."""

import numpy as np

from physics.flow.layout import Part
from tests.physics.flow.lines import chain, exponential, run


def test_three_stations_make_three_times_as_many():
    stations = Part("p", "parallel_stations", {"station_count": 3, "cycle_s": 6.0})
    found = run(chain(Part("source", "source"), stations, Part("sink", "sink")), horizon_s=60.5, worlds=1)
    assert found.finished[0, 0] == 30


def test_two_servers_without_a_queue_lose_what_erlang_says():
    """M/M/2/2 with offered load 1: B = (1/2) / (1 + 1 + 1/2) = 0.2; the source is a third place to wait in."""
    stations = Part("p", "parallel_stations", {"station_count": 2, "cycle_s": exponential(1.0)})
    source = Part("source", "source", {"interval_s": exponential(1.0), "when_full": "lose"})
    found = run(chain(source, stations, Part("sink", "sink")), horizon_s=5000.0, warm_s=50.0, worlds=16)
    # the item in the source waits: M/M/2/3, B = (1/4) / (1 + 1 + 1/2 + 1/4) = 1/11
    lost = found.lost.sum(axis=1) / (found.lost.sum(axis=1) + found.created)
    assert abs(lost.mean() - 1 / 11) < 4 * lost.std(ddof=1) / np.sqrt(16)
