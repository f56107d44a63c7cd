"""Each rule about energy and wear is seen to catch a type that breaks it."""

import numpy as np
import pytest

from physics.trial import books
from physics.trial.evaluate import evaluate
from tests.physics.trial import bad


@pytest.mark.parametrize(
    ("trial", "kind", "where"),
    [
        (books.books, bad.OpenBooks, "open_books energy"),
        (books.work, bad.Perpetuum, "perpetuum work"),
        (books.wear, bad.Healing, "healing wear_ratio.rate"),
    ],
)
def test_a_broken_rule_is_told(trial, kind, where):
    assert trial(bad.Damper) == []
    assert [fault.where for fault in trial(kind)] == [where]


def test_power_at_rest_is_told(monkeypatch):
    assert books.rest(bad.Damper) == []
    assert books.rest(bad.RestlessMotor) == []  # torque without speed is no power
    monkeypatch.setattr("physics.trial.books.defaults", lambda kind: {**_still(kind), "shaft.speed_rad_per_s": 2.0})
    (fault,) = books.rest(bad.RestlessMotor)
    assert (fault.where, fault.got) == ("restless shaft", "-10 W at rest")


def _still(kind):
    from physics.trial.evaluate import defaults

    return defaults(kind)


def test_port_powers_are_effort_times_flow():
    values = {"shaft.speed_rad_per_s": np.array(3.0), "drag_n_m_s": np.array(0.2)}
    powers = books.port_powers(bad.Damper, values, evaluate(bad.Damper, values))
    assert float(powers["shaft"]) == pytest.approx(0.2 * 9.0)
