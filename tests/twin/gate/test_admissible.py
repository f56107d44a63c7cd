import numpy as np

from twin.gate import admissible

RUN = np.zeros((10, 1, 3))


def failed(**changes):
    usual = {
        "members": RUN,
        "values": {"a.mass_kg": 1.02, "a.level_m@start": 5.0},
        "ranges": {"a.mass_kg": (0.0, 10.0)},
        "before": {"a.mass_kg": 1.0, "a.level_m@start": 1.0},
        "spreads": {"a.mass_kg": 0.1},
        "maintained": False,
    }
    return [test["name"] for test in admissible.checks(**{**usual, **changes}) if not test["passed"]]


def test_a_small_drift_and_any_start_value_pass():
    assert failed() == []


def test_a_large_drift_needs_a_maintenance_event():
    assert failed(values={"a.mass_kg": 1.2}) == ["no drift without maintenance"]
    assert failed(values={"a.mass_kg": 1.2}, maintained=True) == []


def test_the_drift_is_told_in_percent_of_what_it_was():
    usual = {"members": RUN, "ranges": {}, "spreads": {}, "maintained": False}
    small = admissible.checks(**usual, values={"a.mass_kg": 206.0}, before={"a.mass_kg": 200.0})[-1]
    large = admissible.checks(**usual, values={"a.mass_kg": 180.0}, before={"a.mass_kg": 200.0})[-1]
    assert (small["passed"], small["text"]) == (True, "at most 3.0 %")
    assert (large["passed"], large["text"]) == (False, "a.mass_kg by 10.0 %")


def test_a_number_near_zero_is_measured_by_its_prior_spread():
    assert failed(values={"a.mass_kg": 0.004}, before={"a.mass_kg": 0.0}) == []


def test_a_number_out_of_range_and_a_member_that_failed_are_found():
    members = RUN.copy()
    members[4:, 0, 1] = np.nan
    assert failed(members=members, values={"a.mass_kg": -1.0}, before=None) == ["every member runs", "numbers in range"]


def test_samples_that_nobody_simulated_are_no_failure():
    members = RUN.copy()
    members[:3] = np.nan
    assert failed(members=members) == []
