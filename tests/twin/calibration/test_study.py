from dataclasses import replace

import numpy as np
import pytest

from tests.twin import warm_block
from twin.assembly.assemble import assemble
from twin.calibration.study import limited, require_enough, study
from twin.errors import NotReady
from twin.scene.load import load


def test_parameters_are_free_and_each_record_finds_its_own_start():
    ready = warm_block.ready(samples=50)
    assert ready.runs.numbers.names == ("block.heat_capacity_j_per_k", "wall.conductance_w_per_k")
    assert ready.own.names == ("block.heat.temperature_k@start",)
    assert len(ready.weights) == 6 * 2 + 6 + 6 + 1
    assert ready.floor.tolist() == [0.05]


def test_a_shared_start_is_fitted_with_the_parameters():
    text = warm_block.TEXT.replace("{prior: 293.15, sd: 10.0}", "{prior: 293.15, sd: 10.0, shared: true}")
    assembly = assemble(load(text))
    ready = study(assembly, assembly.compile(), warm_block.window(50))
    assert "block.heat.temperature_k@start" in ready.runs.numbers.names
    assert len(ready.own) == 0


def test_a_cut_keeps_what_comes_after_out_of_the_records():
    ready = warm_block.ready(cut=30, samples=50)
    assert ready.rows == ((0, 30),)
    assert np.isnan(ready.spread_out((np.ones((30, 1)),))[30:]).all()


def test_a_stretch_that_is_too_short_is_refused_in_words():
    with pytest.raises(NotReady, match="12 samples"):
        warm_block.ready(samples=8)


def test_too_few_measurements_for_the_free_numbers_are_refused_with_both_counts():
    with pytest.raises(NotReady, match="15 usable measurements for 2 free numbers"):
        require_enough(warm_block.ready(samples=15))


def test_bounds_near_the_champion_are_five_percent_wide_and_inside_the_declared_range():
    numbers = warm_block.ready(samples=20).runs.numbers
    near = limited(numbers, {"block.heat_capacity_j_per_k": 2000.0, "wall.conductance_w_per_k": 0.1}, 0.05)
    np.testing.assert_allclose([near.low[0], near.high[0]], [1900.0, 2100.0])
    np.testing.assert_allclose([near.low[1], near.high[1]], [0.0, 0.1 + 0.05 * 4.0])


def test_two_sensors_may_read_one_quantity():
    # The second thermometer is the first one's own copy, so both columns of the free run and of its slopes are equal.
    line = "  - {tag: TT-1, measures: block.heat.temperature_k, unit: K, noise_sd: 0.05}\n"
    assembly = assemble(load(warm_block.TEXT.replace(line, line + line.replace("TT-1", "TT-2"))))
    one = warm_block.window(50)
    both = replace(
        one,
        sensor_tags=("TT-1", "TT-2"),
        measured=np.repeat(one.measured, 2, axis=1),
        mask=np.repeat(one.mask, 2, axis=1),
    )
    runs = study(assembly, assembly.compile(), both).runs
    predicted, slopes = runs.linearise(np.array([[2000.0], [10.0]]))
    assert predicted.shape == (100, 1)
    np.testing.assert_array_equal(predicted[::2], predicted[1::2])
    np.testing.assert_array_equal(slopes[::2], slopes[1::2])
