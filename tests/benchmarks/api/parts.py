"""Where the time of a what-if goes inside the background runner, by profiling the same use case in this process."""

from __future__ import annotations

import cProfile
import pstats
from pathlib import Path

from tests.benchmarks.api.questions import PLANT, question
from tests.benchmarks.measure import Section, told
from twin.services import scenarios
from twin.services.context import Context
from twin.services.database import migrate
from twin.settings import Settings
from twin.store.outcomes import scenario_of

PARTS = {
    "opening plant and model": (("basis.py", "stand_on"),),
    "reading the log (history, envelope)": (("windows.py", "window"),),
    "present: drawing worlds": (("basis.py", "worlds"),),
    "present: settling eight hours": (("present.py", "_settled"),),
    "of it, the usual rate of wear": (("ageing.py", "usual_rate"),),
    "present: following the last hours": (("follow.py", "follow"),),
    "plant and line run twice": (("both.py", "both"),),
    "figures, series, quantiles, digest": (("run.py", "compare"),),
    "storing the answer": (("outcomes.py", "save"),),
}
WITHIN = "of it, the usual rate of wear"


def parts(home: Path) -> Section:
    """Seconds of each part: of the first what-if at all, of the first of a seed, and of the next one of that seed."""
    settings = Settings(home=home, database_url="", jobs_url="")
    migrate(settings)
    context = Context.open(settings)
    scenarios.run(context, scenario_of({**question(0, worlds=64), "plant": PLANT, "start": "nominal"}))  # compiles
    columns = [_profiled(context, 0, 900), _profiled(context, 1, 901), _profiled(context, 2, 901)]
    total = [column.pop("") for column in columns]
    rest = [whole - sum(v for n, v in c.items() if n != WITHIN) for whole, c in zip(total, columns, strict=True)]
    rows = {name: [column[name] for column in columns] for name in PARTS}
    rows |= {"rest": [max(seconds, 0.0) for seconds in rest], "all, under the profiler": total}
    lines = ["| part | present not known | first of its seed | same seed again |", "|---|---|---|---|"]
    lines += [f"| {name} | {' | '.join(map(told, row))} |" for name, row in rows.items()]
    return Section("Parts of a what-if, 8 h, 256 worlds, in the background runner", tuple(lines))


def _profiled(context: Context, number: int, seed: int) -> dict[str, float]:
    profile = cProfile.Profile()
    profile.runcall(scenarios.run, context, scenario_of({**question(number, seed=seed), "plant": PLANT}))
    stats = pstats.Stats(profile).stats  # type: ignore[attr-defined]  # typeshed does not know Stats.stats
    spent = {"": _cumulative(stats, "scenarios.py", "run")}
    for name, places in PARTS.items():
        spent[name] = sum(_cumulative(stats, *place) for place in places)
    spent["figures, series, quantiles, digest"] -= spent["plant and line run twice"]
    return spent


def _cumulative(stats: dict, file: str, function: str) -> float:
    return sum(v[3] for (path, _, name), v in stats.items() if Path(path).name == file and name == function)
