"""Expected figures by hand: a straight line of numbers, thinned and scored."""

import math

import numpy as np
import pytest

from examples.free_run import FreeRun

RIG = FreeRun(
    "line", "line", "line.csv", "y", ("a", "b"), ("c", "d"), (4, 10), 1e3, "mm", 2.0, 2,
    (("someone else", "1.5", "a journal"),),
)  # fmt: skip


def score(rmse):
    return {
        "rmse": rmse, "physics": 2 * rmse, "persistence": 10 * rmse, "coverage": 0.9, "coverage_low": 0.85,
        "coverage_high": 0.95, "width": 0.01, "interval_score": 0.02, "persistence_interval_score": 0.2,
        "band_right": True,
    }  # fmt: skip


def found(*errors):
    rows = [
        {"seed": seed, "seconds": 3.0, "status": "champion", "candidate": "hybrid",
         "gate": {"physics": 0.004, "hybrid": 0.001}, "test": {"4": score(error), "10": score(error)}}
        for seed, error in enumerate(errors)
    ]  # fmt: skip
    return {"seeds": rows, "black_box": [3.0, 5.0], "black_box_seconds": 7.0, "arx": [9.0]}


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "line.csv"
    rows = [f"{k},{10 * k},{k + 100},{10 * k + 1}" for k in range(7)]
    path.write_text("\n".join(["u_train_V,y_train_V,u_test_V,y_test_V", *rows]))
    return path


def test_inputs_are_averaged_and_outputs_taken_where_a_log_is_thinned(log):
    (u_train, y_train), (u_test, y_test) = RIG._records(log)
    np.testing.assert_allclose(u_train[:, 0], [0.5, 2.5, 4.5])
    np.testing.assert_allclose(y_train[:, 0], [0.0, 20.0, 40.0])
    np.testing.assert_allclose(u_test[:, 0], [100.5, 102.5, 104.5])
    np.testing.assert_allclose(y_test[:, 0], [1.0, 21.0, 41.0])


def test_the_first_samples_are_not_scored_in_the_thinned_log_either():
    error = np.array([[50.0], [50.0], [3.0], [4.0]])
    assert RIG._errors(error, np.zeros((4, 1))) == pytest.approx([1e3 * math.sqrt(12.5)])


def test_the_median_is_held_against_the_mark_and_the_worst_is_told():
    text = "\n".join(RIG.section(found(0.001, 0.0015, 0.004)))
    assert "Mark 2.0: reached (worst seed 4.000)" in text
    assert "| **the model that the gate let through** | 1.500 | 4.000 | this run |" in text
    assert "| someone else | 1.5 | | a journal |" in text


def test_a_missed_mark_says_by_how_much():
    assert "Mark 2.0: missed by 0.500 mm" in "\n".join(RIG.section(found(0.0025)))
