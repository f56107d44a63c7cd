"""Expected values: by hand. Crews, people and spares on their own stand beside their component types."""

import pytest

from physics.flow.layout import Layout, Part
from tests.physics.flow.lines import run, shares


def test_who_has_waited_longest_is_repaired_first():
    """Three machines fail at 100, 101 and 102 s, one person needs 10 s each: the last waits 18 s."""
    parts, links = [Part("crew", "repair_crew")], []
    for n in range(3):
        parts += [Part(f"s{n}", "source"), Part(f"m{n}", "machine", {"cycle_s": 1000.0}), Part(f"k{n}", "sink"),
                  Part(f"d{n}", "breakdown", {"machine": f"m{n}", "between_s": {"empirical": {"values_s": [102.0 - n]}},
                                              "repair_s": 10.0, "crew": "crew"})]  # fmt: skip
        links += [(f"s{n}.out", f"m{n}.in"), (f"m{n}.out", f"k{n}.in")]
    found = run(Layout(tuple(parts), tuple(links)), horizon_s=150.0, worlds=1)
    waited = [shares(found, f"m{n}")["waiting_crew"] * 150 for n in range(3)]
    assert waited == pytest.approx([18.0, 9.0, 0.0])
    assert found.pool_s[0, 0] == pytest.approx(30.0)


def test_crew_and_part_are_taken_together():
    """The person waits with nobody while the part is under way, so the other machine is repaired meanwhile."""
    parts = [Part("crew", "repair_crew"), Part("stock", "spare_stock", {"part_count": 1, "lead_s": 500.0})]
    links = []
    for n, more in enumerate(({"between_s": 50.0, "spare": "stock"}, {"between_s": 80.0})):
        parts += [Part(f"s{n}", "source"), Part(f"m{n}", "machine", {"cycle_s": 5000.0}), Part(f"k{n}", "sink"),
                  Part(f"d{n}", "breakdown",
                       {"machine": f"m{n}", "repair_s": 10.0, "crew": "crew"} | more)]  # fmt: skip
        links += [(f"s{n}.out", f"m{n}.in"), (f"m{n}.out", f"k{n}.in")]
    found = run(Layout(tuple(parts), tuple(links)), horizon_s=400.0, worlds=1)
    assert shares(found, "m0")["waiting_crew"] * 400 == pytest.approx(400 - 110)
    assert shares(found, "m1")["waiting_crew"] == pytest.approx(0.0)
