import numpy as np
import pytest

from residual_models.artefact import ArtefactDamaged
from tests.twin import warm_block
from twin.services import recalibration_files as files


def test_a_window_comes_back_bit_for_bit_for_the_next_step(context):
    window = warm_block.window(30)
    window.measured[4] = np.nan
    back = files.load_window(context, "job-1", files.save_window(context, "job-1", window))
    np.testing.assert_array_equal(back.measured, window.measured)
    np.testing.assert_array_equal(back.mask, window.mask)
    assert back.mask.dtype == bool
    assert (back.segments, back.sensor_tags, back.step_s) == (window.segments, window.sensor_tags, window.step_s)


def test_a_step_never_takes_another_runs_file(context):
    digest = files.save(context, "job-1", "train", {"weights": np.ones(2)}, {})
    files.save(context, "job-1", "train", {"weights": np.zeros(2)}, {})
    with pytest.raises(ArtefactDamaged):
        files.load(context, "job-1", "train", digest)
