"""Expected values: the machine-repairman model, its birth-death chain solved here."""

import numpy as np
import pytest

from physics.flow.layout import Layout, Part
from tests.physics.flow.lines import exponential, run


@pytest.mark.parametrize("people", [1, 2])
def test_three_machines_share_a_crew(people):
    parts, links = [Part("crew", "repair_crew", {"crew_count": people})], []
    for n in range(3):
        parts += [Part(f"s{n}", "source"), Part(f"m{n}", "machine", {"cycle_s": 0.5}), Part(f"k{n}", "sink"),
                  Part(f"d{n}", "breakdown", {"machine": f"m{n}", "between_s": exponential(100.0),
                                              "repair_s": exponential(40.0), "crew": "crew"})]  # fmt: skip
        links += [(f"s{n}.out", f"m{n}.in"), (f"m{n}.out", f"k{n}.in")]
    found = run(Layout(tuple(parts), tuple(links)), horizon_s=50_000.0, warm_s=1000.0, worlds=16)
    weight = [1.0]
    for down in range(3):
        weight.append(weight[-1] * (3 - down) / 100.0 / (min(down + 1, people) / 40.0))
    expected = sum((3 - down) * w for down, w in enumerate(weight)) / sum(weight) / 3
    up = found.state_s[:, [found.line.places_of(f"m{n}")[0] for n in range(3)], 0].mean(axis=1) / found.counted_s
    assert abs(up.mean() - expected) < 4 * up.std(ddof=1) / np.sqrt(16)
