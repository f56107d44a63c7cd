"""Conservation of items and Little's law on lines at random; both hold exactly, world by world."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from physics.flow.layout import Layout, Part
from tests.physics.flow.lines import exponential, run, uniform

TIMES = st.sampled_from([0.0, 1.0, exponential(1.0), uniform(0.5, 1.5), {"gamma": {"mean_s": 1.0, "shape": 2.0}}])


@st.composite
def lines(draw):
    """A source, two to five stages of random kinds, some in a loop of rework, a sink."""
    parts, links, last = [Part("source", "source", {"interval_s": draw(TIMES)})], [], "source.out"
    for n in range(draw(st.integers(2, 5))):
        kind = draw(st.sampled_from(["machine", "buffer", "conveyor", "parallel", "inspection", "breaking"]))
        name = f"p{n}"
        if kind == "inspection":
            parts += [Part(f"j{n}", "merger"), Part(name, "inspection", {"cycle_s": 0.3, "fail_ratio": 0.2}),
                      Part(f"b{n}", "buffer", {"capacity_count": 4}), Part(f"k{n}", "sink")]  # fmt: skip
            links += [(last, f"j{n}.in_1"), (f"j{n}.out", f"b{n}.in"), (f"b{n}.out", f"{name}.in"),
                      (f"{name}.rework", f"j{n}.in_2"), (f"{name}.reject", f"k{n}.in")]  # fmt: skip
        else:
            parts.append(
                {
                    "machine": Part(name, "machine", {"cycle_s": draw(TIMES), "scrap_ratio": 0.1}),
                    "breaking": Part(name, "machine", {"cycle_s": draw(TIMES)}),
                    "buffer": Part(name, "buffer", {"capacity_count": draw(st.integers(1, 4))}),
                    "conveyor": Part(name, "conveyor", {"length_m": draw(st.floats(0.3, 3.0))}),
                    "parallel": Part(name, "parallel_stations", {"cycle_s": draw(TIMES)}),
                }[kind]
            )
            links.append((last, f"{name}.in"))
        if kind == "breaking":
            parts.append(Part(f"d{n}", "breakdown", {"machine": name, "between_s": 20.0, "repair_s": exponential(5.0)}))
        last = f"{name}.out"
    # a last machine keeps a line of nothing but zero times from running on without end
    parts += [Part("last", "machine", {"cycle_s": 0.7}), Part("sink", "sink")]
    links += [(last, "last.in"), ("last.out", "sink.in")]
    return Layout(tuple(parts), tuple(links))


@settings(max_examples=25, deadline=None)
@given(lines(), st.integers(0, 1000))
def test_items_are_conserved_and_littles_law_holds(layout, seed):
    found = run(layout, horizon_s=200.0, worlds=3, seed=seed)
    gone = found.finished.sum(axis=1) + found.scrapped.sum(axis=1)
    np.testing.assert_array_equal(found.created, gone + found.items)
    # Little: item-seconds in the system are those that each item spent in it; scrapped and present ones are not in
    # lead_sum_s, so the sum of lead times is a lower bound, and equal where all have left by the sink.
    assert (found.lead_sum_s <= found.item_s + 1e-6).all()
    # a loop that is full may lock up: its world ends there, named, and its books balance all the same
    assert set(found.status) <= {0, 1}
    shares = found.state_s.sum(axis=2) / np.where(found.status == 0, found.counted_s, found.stopped_at_s)[:, None]
    np.testing.assert_allclose(shares[:, shares.max(axis=0) > 0], 1.0, rtol=1e-9)


@settings(max_examples=10, deadline=None)
@given(st.integers(1, 4), st.integers(0, 3), st.integers(0, 1000))
def test_littles_law_is_exact_once_a_line_has_run_dry(count, slots, seed):
    """Thirty items by schedule, then nothing: item-seconds equal the sum of lead times to rounding."""
    parts = [Part("source", "source", {"schedule": [[0.0, "item", 10], [5.0, "item", 20]]})]
    for n in range(count):
        parts.append(Part(f"m{n}", "machine", {"cycle_s": exponential(1.0)}))
        parts += [Part(f"b{n}", "buffer", {"capacity_count": slots})] if slots else []
    parts.append(Part("sink", "sink"))
    links = tuple((f"{a.name}.out", f"{b.name}.in") for a, b in zip(parts[:-1], parts[1:], strict=True))
    found = run(Layout(tuple(parts), links), horizon_s=1e4, worlds=2, seed=seed)
    assert (found.finished == 30).all()
    np.testing.assert_allclose(found.item_s, found.lead_sum_s, rtol=1e-12)
    # and the lead times kept are all of them
    np.testing.assert_allclose(np.nansum(found.lead_s, axis=1), found.lead_sum_s, rtol=1e-12)


def test_a_ring_that_is_full_is_named_a_deadlock():
    """Rework goes back into a loop without room: the machine waits for the inspection and the inspection for it."""
    settings = {"fail_ratio": 0.9, "rework_limit_count": 1000, "cycle_s": 1.0}
    parts = (Part("source", "source"), Part("join", "merger"), Part("m", "machine", {"cycle_s": 1.0}),
             Part("look", "inspection", settings), Part("sink", "sink"))  # fmt: skip
    links = (("source.out", "join.in_1"), ("join.out", "m.in"), ("m.out", "look.in"), ("look.out", "sink.in"),
             ("look.rework", "join.in_2"))  # fmt: skip
    found = run(Layout(parts, links), horizon_s=1000.0, worlds=2)
    assert (found.status == 1).all()
    assert "deadlock" in found.trouble()[0]
    assert "look" in found.trouble()[0] or " m," in found.trouble()[0]
    assert (found.stopped_at_s < 1000.0).all()


def test_lead_times_are_thinned_evenly():
    parts = (Part("source", "source", {"interval_s": 1.0}), Part("m", "machine", {"cycle_s": uniform(0.1, 0.9)}),
             Part("sink", "sink"))  # fmt: skip
    links = (("source.out", "m.in"), ("m.out", "sink.in"))
    every = run(Layout(parts, links), horizon_s=1000.5, worlds=1, lead_count=2000).lead_s[0]
    some = run(Layout(parts, links), horizon_s=1000.5, worlds=1, lead_count=100).lead_s[0]
    some = some[np.isfinite(some)]
    assert 50 <= len(some) <= 100
    np.testing.assert_array_equal(some, every[: 16 * len(some) : 16][: len(some)])
