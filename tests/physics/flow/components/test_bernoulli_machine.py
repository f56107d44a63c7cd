"""Expected values: the closed form of the two-machine line, Li and Meerkov (2009), equation 4.18."""

import numpy as np
import pytest

from tests.physics.flow.lines import machines, run


@pytest.mark.parametrize("slots", [1, 3])
def test_two_machines_keep_the_closed_form(slots):
    line = machines(2, slots, type="bernoulli_machine", settings={"success_ratio": 0.9})
    found = run(line, horizon_s=20_000.0, warm_s=200.0, worlds=16).throughput_per_s
    expected = 0.9 * (1 - 0.1 / (slots + 0.1))
    assert abs(found.mean() - expected) < 4 * found.std(ddof=1) / np.sqrt(16)


def test_a_certain_machine_makes_one_item_per_cycle():
    line = machines(2, 1, type="bernoulli_machine", settings={"success_ratio": 1.0})
    assert (run(line, horizon_s=100.5).finished == 99).all()
