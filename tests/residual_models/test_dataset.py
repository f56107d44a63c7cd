from dataclasses import replace

import numpy as np
import pytest

from residual_models.dataset import COARSE, Numbers, averaged
from tests.twin import warm_block


def test_numbers_join_and_select_by_name():
    first = Numbers(("a",), np.zeros(1), np.ones(1), np.array([-1.0]), np.array([1.0]))
    both = first.joined(Numbers(("b", "c"), np.ones(2), np.ones(2), np.zeros(2), np.full(2, 9.0)))
    assert both.names == ("a", "b", "c")
    assert both.only(np.array([False, True, True])).high.tolist() == [9.0, 9.0]


def test_free_run_with_the_true_numbers_is_the_closed_form():
    ready = warm_block.ready(noise_k=0.0)
    values = np.array([[warm_block.CAPACITY_J_PER_K], [warm_block.CONDUCTANCE_W_PER_K]])
    names = ready.runs.numbers.names
    assert names == ("block.heat_capacity_j_per_k", "wall.conductance_w_per_k")
    predicted = ready.runs.simulate(values)[0][:, 0, 0]
    np.testing.assert_allclose(predicted, ready.window.measured[:, 0], atol=0.02)


def test_slopes_agree_with_central_differences():
    runs = warm_block.ready(samples=60).runs
    values = np.array([[1500.0], [7.0]])
    _predicted, slopes = runs.linearise(values)
    for at, move in enumerate((1.0, 0.01)):
        step = np.zeros((2, 1))
        step[at] = move
        central = (runs.predict(values + step) - runs.predict(values - step)) / (2 * move)
        np.testing.assert_allclose(slopes[:, at], central, atol=2e-3 * np.abs(central).max())


def test_inputs_are_averaged_over_whole_and_last_samples():
    inputs = np.array([[1.0, 0.0], [3.0, 2.0], [5.0, 4.0], [7.0, 9.0], [9.0, 1.0]])
    np.testing.assert_allclose(averaged(inputs, 2), [[2.0, 1.0], [6.0, 6.5], [9.0, 1.0]])
    assert averaged(inputs, 1) is inputs


def test_a_log_that_is_faster_than_its_plant_is_averaged_for_the_slopes_alone():
    runs = warm_block.ready(samples=2400).runs
    steady = tuple(replace(record, inputs=np.full_like(record.inputs, 300.0)) for record in runs.records)
    fine = replace(runs, records=steady)
    values = np.array([[warm_block.CAPACITY_J_PER_K], [warm_block.CONDUCTANCE_W_PER_K]])
    coarse = fine.coarsened(values)
    assert coarse.coarse == max(COARSE)
    predicted, slopes = coarse.linearise(values)
    expected, exact = fine.linearise(values)
    np.testing.assert_allclose(predicted, expected, rtol=1e-6)
    first = slice(None, None, coarse.coarse)  # held from there on
    np.testing.assert_allclose(slopes[first], exact[first], atol=5e-3 * np.abs(exact).max())


def test_a_log_whose_inputs_step_with_its_samples_is_not():
    runs = warm_block.ready(samples=2400).runs
    busy = np.where(np.arange(2400) % 3 == 0, 3000.0, 0.0)
    mixed = tuple(
        replace(r, inputs=np.where(np.ptp(r.inputs, axis=0) > 0, busy[:, None], r.inputs)) for r in runs.records
    )
    values = np.array([[30.0], [warm_block.CONDUCTANCE_W_PER_K]])
    assert replace(runs, records=mixed).coarsened(values).coarse == 1


def test_a_short_log_is_left_as_it_is():
    runs = warm_block.ready(samples=200).runs
    assert runs.coarsened(np.array([[1500.0], [7.0]])).coarse == 1


def test_kept_rows_are_thinned_evenly_and_stand_for_their_neighbours():
    runs = warm_block.ready(samples=200).runs
    assert runs.thin == 1
    from residual_models.dataset import free_runs

    few = free_runs(runs.model, runs.records, runs.sample_s, runs.numbers, max_rows=50)
    assert few.thin == 4
    np.testing.assert_array_equal(few.rows, np.arange(0, 200, 4))
    np.testing.assert_array_equal(few.target, runs.target[::4])


def test_an_unknown_name_is_refused():
    runs = warm_block.ready(samples=20).runs
    unknown = Numbers(("wall.nothing",), np.zeros(1), np.ones(1), np.full(1, -1.0), np.ones(1))
    with pytest.raises(KeyError, match=r"wall\.nothing"):
        runs.with_numbers(unknown, runs.parameters).linearise(np.zeros((1, 1)))
