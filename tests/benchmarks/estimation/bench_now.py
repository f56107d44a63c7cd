"""Where a plant with more than 200 tags is now: eleven bottling halls in one, a new minute of readings each time.

Through the door that every question takes: the last eight days are read from the database, and the filter goes on from
the minute before. Processor time counts, so that other work on the machine does not.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from ruamel.yaml import YAML

from examples.bottling import log, reference, schedule
from tests.benchmarks.measure import Contender, Row, Timing

ROOT = Path(__file__).parents[3]
HALLS, DAYS, MINUTES, WORLDS = 11, 0.6, 6, (64, 256)
PLANT = "eleven-halls"
TARGET = "a new minute in under 1 s"


def rows() -> Iterator[Row]:
    """One row for each number of worlds."""
    from twin.services import plants, present, readings
    from twin.services.basis import stand_on
    from twin.services.context import Context
    from twin.services.database import migrate
    from twin.settings import Settings

    with TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder), database_url="", jobs_url="", component_folders=[])
        migrate(settings)
        context = Context.open(settings)
        plants.create(context, text(), author="bench", reason="")
        minutes = list(logged())
        readings.write(context, PLANT, [row for minute in minutes[: -MINUTES * len(WORLDS)] for row in minute])
        basis, later = stand_on(context, PLANT), iter(minutes[-MINUTES * len(WORLDS) :])
        for worlds in WORLDS:
            present.at(context, PLANT, basis, count=worlds, seed=0)
            wall, processor = [], []
            for minute in (next(later) for _ in range(MINUTES)):
                readings.write(context, PLANT, minute)
                begun = time.perf_counter(), time.process_time()
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


def logged() -> Iterator[list[dict]]:
    """A minute after the other: the reference's truth and each hall's own noise, SI."""
    drives = schedule.make(DAYS, 1)
    truth, rng = reference.simulate(drives), np.random.default_rng(3)
    inputs = {tag: np.asarray(values, float) for tag, values in log._inputs(drives).items()}
    for at, moment in enumerate(drives.times):
        stamp, rows_ = moment.isoformat(), []
        for hall in range(HALLS):
            for tag, column in log.SENSORS.items():
                value = truth[tag][at] + column.noise / column.per_si * rng.standard_normal()
                rows_.append({"tag": f"{hall}-{tag}", "time": stamp, "value": float(value)})
            rows_ += [{"tag": f"{hall}-{tag}", "time": stamp, "value": float(inputs[tag][at])} for tag in inputs]
        yield rows_


if __name__ == "__main__":
    for row in rows():
        print(row.work, row.ours.timing, row.numbers)  # noqa: T201 - a script's own words
