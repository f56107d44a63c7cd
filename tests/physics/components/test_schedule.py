"""Expected values: a calendar by arithmetic of hours."""

import numpy as np

from physics.network.plant import Part, Plant
from physics.simulate.model import compile_plant
from physics.simulate.rollout import rollout
from tests.physics.evaluate import evaluate

HOUR_S = 3600.0
PLAN = {
    "start1_s": 6 * HOUR_S, "end1_s": 14 * HOUR_S, "start2_s": 22 * HOUR_S, "end2_s": 2 * HOUR_S, "workdays_count": 5.0,
}  # fmt: skip


def test_outside_of_its_intervals_it_sends_the_level_outside():
    modes = {"begun1": 1.0, "workday": 1.0, "outside_ratio": 0.1, "level1_ratio": 0.7}
    assert evaluate("schedule", modes)["out.value"] == 0.7
    assert evaluate("schedule", modes | {"workday": 0.0})["out.value"] == 0.1
    assert evaluate("schedule", modes | {"ended1": 1.0})["out.value"] == 0.1


def test_an_interval_without_length_is_never_entered():
    for past in (0.0, 1.0):
        modes = {"workday": 1.0, "begun2": past, "ended2": past, "start2_s": 3600.0, "end2_s": 3600.0}
        assert evaluate("schedule", modes | {"outside_ratio": 0.2})["out.value"] == 0.2


def test_one_over_midnight_is_on_at_both_ends_of_the_day():
    night = {"workday": 1.0, "start1_s": 79_200.0, "end1_s": 7200.0}
    levels = [
        evaluate("schedule", night | {"begun1": b, "ended1": e})["out.value"] for b, e in ((0, 0), (0, 1), (1, 1))
    ]
    assert levels == [1.0, 0.0, 1.0]


def test_two_weeks_of_shifts_fall_on_their_hours():
    start_s = 1.25 * HOUR_S  # samples lie beside the steps
    part = Part("plan", "schedule", PLAN, {"day_s": start_s, "week_s": start_s})
    model = compile_plant(Plant((part,)), ["plan.out.value"])
    rows = np.repeat(model.inputs[None], 14 * 24 * 2, axis=0)
    for name, level in (("level1_ratio", 0.5), ("level2_ratio", 0.25)):
        rows[:, model.input_names.index(f"plan.{name}")] = level
    found = rollout(model, inputs=rows, sample_s=HOUR_S / 2).outputs[:, 0, 0]
    hours = 1.25 + np.arange(len(rows)) / 2
    day, clock = hours // 24 % 7, hours % 24
    early, night = (clock >= 6) & (clock < 14), (clock >= 22) | (clock < 2)
    np.testing.assert_array_equal(found, (day < 5) * (0.5 * early + 0.25 * night))
