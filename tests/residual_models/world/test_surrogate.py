"""What is kept runs as what was trained."""

import numpy as np
import pytest

from residual_models.artefact import TENSORS, ArtefactDamaged
from residual_models.world import surrogate
from tests.residual_models.world.lagging import trained


def test_what_is_loaded_runs_the_same(tmp_path):
    found, readings, inputs = trained(steps=20)
    digest = found.save(tmp_path, {"plant": "lags"})
    again, facts = surrogate.load(tmp_path, digest)
    assert (again.tags, again.inputs, again.step_s, facts["plant"]) == (("x", "y"), ("u",), 1.0, "lags")
    given = (readings[:4, :6], inputs[:4, :6], inputs[:4, 5:])
    np.testing.assert_array_equal(again.free_run(*given), found.free_run(*given))
    with (tmp_path / TENSORS).open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"x")
    with pytest.raises(ArtefactDamaged):
        surrogate.load(tmp_path, digest)
