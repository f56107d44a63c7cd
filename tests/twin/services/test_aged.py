"""Wear brought to another stretch."""

import numpy as np
import pytest

from tests.twin import slow_block
from twin.calibration.study import study
from twin.services import models, windows
from twin.services.aged import aged
from twin.services.basis import stand_on

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_a_plant_without_wear_stays_as_it_was(context):
    slow_block.create(context)
    slow_block.write(context, 2.5)
    slow_block.night(context, "2026-01-03")
    champion = models.champion(context, slow_block.PLANT)
    begin_us = champion.calibration.window[0]
    basis = stand_on(context, slow_block.PLANT)
    for start_us in (begin_us, begin_us + 86_400_000_000):
        window = windows.window(context, slow_block.PLANT, start_us)
        ready = study(basis.assembly, basis.assembly.compile(), window)
        found = aged(context, champion, ready)
        np.testing.assert_array_equal(found.calibration.values, champion.calibration.values)
