import numpy as np
import pytest

from tests.twin.spindle import AMBIENT_K, BEARING, COOLING_W_PER_K, FRICTION_W, TEXT, log_rows
from twin.services import estimate, plants, readings


def test_the_hidden_temperature_and_wear_of_the_last_hours_are_told(context):
    plants.create(context, TEXT, author="ada", reason="first")
    readings.write(context, "spindle", log_rows(200))
    found = estimate.estimate(context, "spindle", worlds=16)
    heat = found.names.index(f"{BEARING}.heat.temperature_k")
    # The log is of a spindle that runs since long; the sensor has 0.1 K of noise.
    assert found.mean[-1, heat] - AMBIENT_K == pytest.approx(FRICTION_W / COOLING_W_PER_K, abs=0.5)
    assert found.mean.shape == found.spread.shape == (len(found.times_us), len(found.names))
    assert f"{BEARING}.wear_ratio" in found.names
    assert np.isfinite(found.innovations).all()
    assert (np.diff(found.times_us) > 0).all()
