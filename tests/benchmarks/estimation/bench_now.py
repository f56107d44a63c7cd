"""Where a plant with more than 200 tags is now: eleven bottling halls in one, a new minute of readings each time.

Through the door that every question takes, over eight days of minutes: what has arrived is fetched, one reading of it
late, and the filter goes on from the minute before. Processor time counts, so that other work does not.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from ruamel.yaml import YAML

from examples.bottling import log, reference, schedule
from tests.benchmarks.measure import Contender, Row, Timing

ROOT = Path(__file__).parents[3]
HALLS, DAYS, MINUTES, WORLDS = 11, 8.3, 6, (64, 256)
LATE = 2
"""Minutes that one reading of each minute comes late."""
PLANT = "eleven-halls"
TARGET = "a new minute in under 1 s"


def rows() -> Iterator[Row]:
    """One row for each number of worlds."""
    from twin.services import plants, present
    from twin.services.basis import stand_on
    from twin.services.context import Context
    from twin.services.database import migrate
    from twin.settings import Settings

    with TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder), database_url="", jobs_url="", component_folders=[])
        migrate(settings)
        context = Context.open(settings)
        plants.create(context, text(), author="bench", reason="")
        log_, first = Log.made(), -MINUTES * len(WORLDS)
        days = range(0, len(log_.times_us) + first, 1440)
        for begin in days:
            log_.write(context, np.arange(begin, min(begin + 1440, len(log_.times_us) + first)))
        later = iter(range(len(log_.times_us) + first, len(log_.times_us)))
        for worlds in WORLDS:
            present.at(context, PLANT, stand_on(context, PLANT), count=worlds, seed=0)
            wall, processor = [], []
            for minute in (next(later) for _ in range(MINUTES)):
                log_.write(context, np.array([minute]), late=LATE)
                begun = time.perf_counter(), time.process_time()
                basis = stand_on(context, PLANT)
                present.at(context, PLANT, basis, count=worlds, seed=0)
                wall.append(time.perf_counter() - begun[0])
                processor.append(time.process_time() - begun[1])
            numbers = {"tags": len(basis.assembly.sensor_tags), "processor s": round(float(np.median(processor)), 3)}
            ours = Contender("Plantwin", Timing(tuple(wall[1:]), wall[0]))
            yield Row(f"now, {worlds} worlds", TARGET, ours, numbers=numbers)


def text() -> str:
    """The demo's physics many times over, ids and tags numbered."""
    scene = YAML(typ="safe").load((ROOT / "examples/bottling/plant.yaml").read_text())
    physical = [item for item in scene["assets"] if not item["id"].startswith("flow/")]
    ids = {item["id"] for item in physical}
    made: dict = {"plant": PLANT, "site": scene["site"], "sampling_s": 60.0}
    made |= {key: [] for key in ("assets", "connections", "sensors", "inputs")}
    for hall in range(HALLS):
        made["assets"] += [{**item, "id": f"hall-{hall}/{item['id']}"} for item in physical]
        joined = [pair for pair in scene["connections"] if pair[0].partition(".")[0] in ids]
        made["connections"] += [[f"hall-{hall}/{port}" for port in pair] for pair in joined]
        for key, of in (("sensors", "measures"), ("inputs", "drives")):
            made[key] += [{**tag, "tag": f"{hall}-{tag['tag']}", of: f"hall-{hall}/{tag[of]}"} for tag in scene[key]]
    written = StringIO()
    YAML(typ="safe").dump(made, written)
    return written.getvalue()


@dataclass(frozen=True)
class Log:
    """The reference's truth with each hall's own noise and its inputs, SI: tags [S], times_us [T], values [S, T]."""

    tags: tuple[str, ...]
    times_us: np.ndarray
    values: np.ndarray

    @staticmethod
    def made() -> Log:
        """All halls' days."""
        drives = schedule.make(DAYS, 1)
        truth, rng = reference.simulate(drives), np.random.default_rng(3)
        found: dict[str, np.ndarray] = {}
        for hall in range(HALLS):
            for tag, column in log.SENSORS.items():
                noise = column.noise / column.per_si * rng.standard_normal(len(drives.times))
                found[f"{hall}-{tag}"] = truth[tag] + noise
            found |= {f"{hall}-{tag}": np.asarray(values, float) for tag, values in log._inputs(drives).items()}
        times_us = np.array([round(moment.timestamp() * 1e6) for moment in drives.times], np.int64)
        return Log(tuple(found), times_us, np.array(list(found.values())))

    def write(self, context, rows: np.ndarray, *, late: int = 0) -> None:
        """Store some minutes; the first tag is so many minutes behind."""
        from twin.records.batch import ReadingBatch
        from twin.services import plants
        from twin.services.reading_writer import write_batch
        from twin.services.readings import known_units

        at = np.tile(rows, (len(self.tags), 1))
        at[0] -= late
        count, own = at.size, np.repeat(np.arange(len(self.tags), dtype=np.int32), len(rows))
        batch = ReadingBatch(
            self.tags, own, self.times_us[at].ravel(), self.values[own, at.ravel()], np.zeros(count, np.uint8),
            np.arange(count),
        )  # fmt: skip
        units = known_units(context, PLANT, plants.get(context, PLANT)[0])
        now_us = int(self.times_us[-1]) + 1
        with context.sessions.begin() as session:
            write_batch(session, PLANT, batch, si_units=units, source="bench", now_us=now_us)


if __name__ == "__main__":
    for row in rows():
        print(row.work, row.ours.timing, row.numbers)  # noqa: T201 - a script's own words
