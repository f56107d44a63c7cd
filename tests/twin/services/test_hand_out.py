import numpy as np
import pytest

from tests.twin import slow_block, two_blocks
from twin.services import dispatch, hand_out, jobs, learning_groups
from twin.services import recalibration_files as files

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_what_a_running_night_offers_is_queued_once_where_another_runner_lives(context):
    dispatch.prepare(context.settings)
    two_blocks.create(context)
    night = jobs.submit(context, "nightly", slow_block.PLANT, {}, job="night-1").id
    jobs.begin(context, night)
    jobs.report_runner(context, "one/0")
    files.save(context, night, learning_groups.task_of("refit"), {"values": np.zeros(1)}, {"islands": [0, 1, 4]})
    assert hand_out.submit_offered(context) == []
    jobs.report_runner(context, "two/0")
    files.save(context, night, learning_groups.result_of("refit", 4), {"values": np.zeros(1)}, {})
    assert hand_out.submit_offered(context) == ["night-1-refit-1"]
    assert hand_out.submit_offered(context) == []
    found = jobs.get(context, "night-1-refit-1")
    assert (found.kind, found.payload) == ("learn-island", {"of": night, "stage": "refit", "island": 1})
