"""The heated block's log in a database, for tests of whole use cases."""

from datetime import UTC, datetime, timedelta

from tests.twin import warm_block
from twin.services import plants, readings

QUICK = {"members": 3, "starts": 4, "rounds": [4, 6, 8], "stable_steps": 2000}


def fill(context, samples=240, *, create=True, layers=(), memory=0, **changes):
    """Create the plant, its wall with layers and units of memory, and write its log; returns the window written."""
    learned = "learn: [extra_conductance_ratio]"
    if create:
        text = warm_block.TEXT.replace(learned, f"{learned}\n    layers: {list(layers)}\n    memory: {memory}")
        plants.create(context, text, author="test", reason="")
    window = warm_block.window(samples, **changes)
    begin = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=window.start_us)
    rows = []
    for at in range(samples):
        time = (begin + timedelta(seconds=at * warm_block.STEP_S)).isoformat()
        rows.append({"tag": "TT-1", "time": time, "value": float(window.measured[at, 0])})
        rows.append({"tag": "PC-1", "time": time, "value": float(window.driven[at, 0])})
    report = readings.write(context, "warm-block", rows)
    assert report.quarantined == 0, report
    return window
