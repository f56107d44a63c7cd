"""Expected values: the times worked out by hand, and a mean of exponentials."""

import numpy as np
import pytest

from physics.flow.layout import Part
from tests.physics.flow.lines import exponential, machines, run, shares


def failing(settings, *, beside=(), **options):
    down = Part("d", "breakdown", {"machine": "m0"} | settings)
    return run(machines(1, beside=(down, *beside), settings={"cycle_s": 7.0}), **options)


def test_working_time_counts_only_work():
    found = failing({"between_s": 100.0, "repair_s": 25.0}, horizon_s=12_500.0, worlds=1)
    assert shares(found, "m0")["down"] == pytest.approx(0.2)
    assert found.finished[0, 0] == 10_000 // 7
    assert found.stops[0, 0] == 100


def test_items_count():
    found = failing({"between_s": 5.0, "repair_s": 5.0, "counts": "items"}, horizon_s=4000.0, worlds=1)
    assert shares(found, "m0")["down"] == pytest.approx(0.125, abs=0.002)


def test_calendar_time_goes_on_while_the_machine_starves():
    down = Part("d", "breakdown",
                {"machine": "m0", "between_s": 100.0, "repair_s": 25.0, "counts": "calendar_time"})  # fmt: skip
    found = run(machines(1, beside=(down,), settings={"cycle_s": 7.0}), horizon_s=1250.0, worlds=1)
    assert shares(found, "m0")["down"] == pytest.approx(0.2)


def test_random_breakdowns_take_their_share():
    found = failing({"between_s": exponential(100.0), "repair_s": exponential(25.0)}, horizon_s=50_000.0, worlds=16)
    down = found.state_s[:, found.line.places_of("m0")[0], 4] / found.counted_s
    assert abs(down.mean() - 0.2) < 4 * down.std(ddof=1) / 4


def test_parallel_stations_break_down_one_by_one():
    from tests.physics.flow.lines import chain

    parts = (Part("source", "source"), Part("p", "parallel_stations", {"cycle_s": 1.0}), Part("sink", "sink"))
    down = Part("d", "breakdown", {"machine": "p", "between_s": exponential(50.0), "repair_s": exponential(50.0)})
    found = run(chain(*parts, beside=(down,)), horizon_s=20_000.0, worlds=8)
    assert found.line.stop_names == ("d", "d")
    assert abs(found.throughput_per_s.mean() - 1.0) < 4 * found.throughput_per_s.std(ddof=1) / np.sqrt(8)
