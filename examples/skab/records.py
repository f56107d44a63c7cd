"""The experiments of SKAB as spans of log: which rows teach, which are scored, and their labels.

Only the first 400 rows of a labelled experiment teach (the benchmark's protocol). The long record without anomalies is
cut into stretches as long as a usual experiment: on them the whole procedure shows what it does to healthy rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

TEACHING_ROWS = 400
HEALTHY = "anomaly-free"
COLUMNS = (
    "Accelerometer1RMS", "Accelerometer2RMS", "Current", "Pressure", "Temperature", "Thermocouple", "Voltage",
    "Volume Flow RateRMS",
)  # fmt: skip
SECOND_US = 1_000_000


@dataclass(frozen=True)
class Experiment:
    """One span: times_us [T] of its rows in the plant's log; values [T, 8]; anomaly and change [T]; teaching, how many
    first rows teach; scored, the first row that is scored."""

    name: str
    times_us: np.ndarray
    values: np.ndarray
    anomaly: np.ndarray
    change: np.ndarray
    teaching: int
    scored: int = TEACHING_ROWS

    @property
    def labelled(self) -> bool:
        """Whether it counts for the score."""
        return not self.name.startswith(HEALTHY)

    @property
    def rows(self) -> np.ndarray:
        """Each row's place on the grid of seconds."""
        return (self.times_us - self.times_us[0]) // SECOND_US

    def instants(self) -> tuple[str, str, str]:
        """First time, end of teaching, end of the span, as a verb takes them."""
        edges = (self.times_us[0], self.times_us[self.teaching], self.times_us[-1] + SECOND_US)
        return tuple(f"{np.datetime64(int(edge), 'us')}Z" for edge in edges)


def experiments(file: Path, starts_us: dict[str, int]) -> list[Experiment]:
    """All experiments in order of time.

    Args:
        file: skab.parquet.
        starts_us: Where each stretch begins in the plant's log, by "<group>-<number>", as `twin ingest` reports it.
    """
    table = pq.read_table(file)
    data = {name: np.array(table[name]) for name in table.column_names}
    found = [_one(data, key, starts_us) for key in dict.fromkeys(zip(data["group"], data["file"], strict=True))]
    usual = int(np.median([len(one.anomaly) for one in found if one.labelled]))
    healthy = next(one for one in found if not one.labelled)
    spans = [one for one in found if one.labelled] + [
        _cut(healthy, first, usual) for first in range(0, len(healthy.anomaly) - usual + 1, usual)
    ]
    return sorted(spans, key=lambda one: int(one.times_us[0]))


def _one(data: dict[str, np.ndarray], key: tuple[str, str], starts_us: dict[str, int]) -> Experiment:
    rows = (data["group"] == key[0]) & (data["file"] == key[1])
    stem = key[1].removesuffix(".csv")
    name = HEALTHY if key[0] == HEALTHY else f"{key[0]}-{stem}"
    times = data["datetime"][rows].astype("datetime64[us]").astype(np.int64)
    anomaly = data["anomaly"][rows] == 1
    first_odd = int(np.argmax(anomaly)) if anomaly.any() else len(anomaly)
    return Experiment(
        name,
        times - times[0] + starts_us[name],
        np.column_stack([data[column][rows] for column in COLUMNS]),
        anomaly,
        data["changepoint"][rows] == 1,
        min(TEACHING_ROWS, first_odd),
    )


def _cut(whole: Experiment, first: int, rows: int) -> Experiment:
    span = slice(first, first + rows)
    arrays = (whole.times_us[span], whole.values[span], whole.anomaly[span], whole.change[span])
    return Experiment(f"{whole.name}-{first}", *arrays, TEACHING_ROWS)
