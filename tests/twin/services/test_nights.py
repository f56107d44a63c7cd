import numpy as np
import pytest

from tests.twin import slow_block
from tests.twin.store.test_nights import REPORT
from twin.errors import NotFound, NotReady
from twin.records.night import Exclusion
from twin.services import nights, windows
from twin.store import nights as store

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_before_the_first_night_the_next_step_is_told(context):
    slow_block.create(context)
    with pytest.raises(NotReady, match="twin night run warm-block"):
        nights.latest(context, slow_block.PLANT)
    with pytest.raises(NotFound):
        nights.get(context, slow_block.PLANT, "2026-01-02")


def test_what_nights_found_must_not_teach(context):
    slow_block.create(context)
    with context.sessions.begin() as session:
        store.save(session, REPORT.__class__(**{**vars(REPORT), "plant": slow_block.PLANT}))
    found = nights.exclusions(context, slow_block.PLANT, before="2026-02-01")
    assert [item.reason for item in found] == ["frozen", "A reads too much"]


def test_an_exclusion_masks_its_tag_and_its_time(context):
    slow_block.create(context)
    slow_block.write(context, 0.1)
    window = windows.window(context, slow_block.PLANT)
    times = window.times_us()
    masked = nights.without(window, [Exclusion("TT-1", int(times[3]), int(times[6]), "")]).mask[:, 0]
    assert np.flatnonzero(~masked).tolist() == [3, 4, 5]
    assert nights.without(window, [Exclusion("other", int(times[3]), int(times[6]), "")]).mask.all()
    assert not nights.without(window, [Exclusion("", int(times[0]), int(times[-1]) + 1, "")]).mask.any()
