"""A model that does worse in service than the one before it goes, the older one comes back, and the report says so."""

from dataclasses import replace

import pytest

from tests.twin import slow_block
from twin.errors import Conflict
from twin.records.model import ModelStatus
from twin.records.night import NightVerdict
from twin.services import models, nights
from twin.services.basis import stand_on
from twin.services.live import regression

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
BEGIN_US, DAY_US = 1_767_225_600_000_000, 86_400_000_000


def spoiled(version):
    """The same version with a wall that conducts a third more than it learned."""
    residual = replace(version.residual, parameters=version.residual.parameters * 1.3)
    return replace(version, residual=residual, parent=version.version, status=ModelStatus.CHAMPION)


def test_a_regression_in_service_is_rolled_back(context):
    slow_block.create(context)
    slow_block.write(context, 3)
    slow_block.night(context, "2026-01-03")
    good = models.champion(context, slow_block.PLANT)
    end_us = BEGIN_US + 3 * DAY_US
    assert regression(context, stand_on(context, slow_block.PLANT), end_us, ()) is None
    assert models.publish(context, spoiled(good), job="spoiled").version == 2
    slow_block.night(context, "2026-01-04")
    found = nights.latest(context, slow_block.PLANT)
    assert (found.verdict, found.model_before, found.model_after) == (NightVerdict.ROLLED_BACK, 2, 1)
    assert found.sentence.startswith("Version 2 did worse in service than version 1 before it")
    assert models.champion(context, slow_block.PLANT).version == 1
    status = {item.version: item.status.value for item in models.list_models(context, slow_block.PLANT)}
    assert status == {1: "champion", 2: "retired"}
    assert models.roll_back(context, slow_block.PLANT, champion=2, to=1).version == 1
    with pytest.raises(Conflict):
        models.roll_back(context, slow_block.PLANT, champion=2, to=2)
