"""World by world the same as `kpis` says of all together, and no number of a world that ended early."""

from dataclasses import replace

import numpy as np
import pytest

from physics.flow.compile import compile_line
from physics.flow.exchange import Exchange
from physics.flow.kpis import kpis
from physics.flow.layout import Part
from physics.flow.simulate import Status, simulate
from physics.flow.worlds import by_world, workers
from tests.physics.flow.lines import chain


@pytest.fixture(scope="module")
def run():
    parts = (
        Part("source", "source"),
        Part("a", "machine", {"cycle_s": {"exponential": {"mean_s": 10.0}}, "scrap_ratio": 0.1}),
        Part("b", "buffer", {"capacity_count": 3}),
        Part("c", "machine", {"cycle_s": 9.0}),
        Part("sink", "sink"),
    )
    jams = Part("jams", "breakdown", {"machine": "c", "between_s": 500.0, "repair_s": 50.0})
    return simulate(compile_line(chain(*parts, beside=(jams,))), horizon_s=36_000.0, warm_s=3600.0, worlds=12, seed=3)


def test_means_over_worlds_are_the_kpis(run):
    worlds, all_ = by_world(run), kpis(run)
    assert worlds.throughput_per_s.mean() == pytest.approx(all_.throughput_per_s.mean)
    assert worlds.items.mean() == pytest.approx(all_.items.mean)
    assert worlds.lead_s.mean() == pytest.approx(all_.lead_s.mean)
    for name in workers(run):
        mean = worlds.stations[name].shares.mean(axis=0)
        np.testing.assert_allclose(mean, list(all_.stations[name].shares.values()))
        np.testing.assert_allclose(worlds.stations[name].shares.sum(axis=1), 1.0, atol=1e-9)


def test_oee_is_good_ideal_time_over_planned_time(run):
    # availability × performance × quality = ideal cycle × good items / planned time (Nakajima 1988)
    at = list(run.line.places_of("a"))
    good = run.done[:, at].sum(axis=1) - run.scrapped[:, at].sum(axis=1)
    np.testing.assert_allclose(by_world(run).stations["a"].oee, 10.0 * good / run.counted_s, rtol=1e-9)


def test_a_world_that_ended_early_has_no_numbers(run):
    status = run.status.copy()
    status[3] = Status.DEADLOCK
    worlds = by_world(replace(run, status=status))
    assert np.flatnonzero(np.isnan(worlds.throughput_per_s)).tolist() == [3]
    assert np.isnan(worlds.stations["c"].shares[3]).all()


def test_an_exchange_counts_like_a_simulation(run):
    exchange = Exchange(run.line, worlds=12, seed=3)
    for until_s in (1000.0, 3600.0):
        exchange.run(until_s)
    exchange.forget()
    for until_s in np.linspace(3600.0, 39_600.0, 7)[1:]:
        exchange.run(float(until_s))
    counted = exchange.counted()
    assert counted.counted_s == run.counted_s
    np.testing.assert_array_equal(counted.finished, run.finished)
    np.testing.assert_allclose(counted.state_s, run.state_s, atol=1e-6)
    assert exchange.spent_s("a").sum(axis=1) == pytest.approx(6000.0)
