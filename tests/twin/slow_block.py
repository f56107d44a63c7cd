"""The heated block with eighteen times its capacity and a reading every six minutes: whole days for tests of nights.

Step times conductance over capacity is what `warm_block` has, so its exact solution holds row by row.
"""

from datetime import UTC, datetime, timedelta

import numpy as np

from tests.twin import warm_block
from twin.services import night_steps, plants, readings

PLANT, STEP_S, ROWS_A_DAY = "warm-block", 360.0, 240
DAY = timedelta(days=1)
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
TEXT = warm_block.TEXT.replace("sampling_s: 20.0", "sampling_s: 360.0\nsite: {name: Hall, time_zone: UTC}").replace(
    "prior: 1500.0, sd: 800.0", "prior: 27000.0, sd: 14400.0"
)
QUICK = {"members": 3, "starts": 4, "rounds": [4, 6, 8], "worlds": 8, "learn_days": 2, "stable_steps": 2000}


def create(context):
    """The plant, without a log."""
    plants.create(context, TEXT, author="test", reason="")


def write(context, days, *, begin=BEGIN, keep=slice(None), spoil=None, noise_k=0.05, extra=0.5, seed=0):
    """Whole days of log; `spoil` changes the measured temperatures [T], `keep` drops rows."""
    count = round(days * ROWS_A_DAY)
    power_w = warm_block.powers_w(count, seed)
    rng = np.random.default_rng(seed + 1)
    measured_k = warm_block.temperatures_k(power_w, extra) + noise_k * rng.normal(size=count)
    if spoil is not None:
        measured_k = spoil(measured_k)
    rows = []
    for at in range(count)[keep]:
        time = (begin + timedelta(seconds=at * STEP_S)).isoformat()
        rows.append({"tag": "TT-1", "time": time, "value": float(measured_k[at])})
        rows.append({"tag": "PC-1", "time": time, "value": float(power_w[at])})
    assert readings.write(context, PLANT, rows).quarantined == 0


def night(context, day, *, job=None, **options):
    """Run the night of a day to its end, through JSON as the queue does; returns the last state."""
    state = {**QUICK, "day": day, "start_us": None, "end_us": None, "seed": 0, **options}
    state |= {"job": job or f"nightly-{PLANT}-{day}", "plant": PLANT}
    for _name, step in night_steps.STEPS:
        state = step(context, state, lambda _share, _text: None)
    return state
