"""A what-if through the API: POST, wait for the job, read the answer; demo plant, eight hours, 256 worlds.

The answer is compared with nothing: the target is a time. All but the first start from the present that the first one
found: all seeds draw from the same followed worlds. Asked with the default seed, as the dashboard does, they start from
its baseline too where the change begins when its did; asked with seeds of their own, each runs its own baseline. The
week's questions of a line stand beside them, one by one.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx
import numpy as np

from tests.benchmarks.api.demo_home import demo_home, served
from tests.benchmarks.api.parts import parts
from tests.benchmarks.api.questions import PLANT, WEEKLY, changes, question, weekly
from tests.benchmarks.growth import Growth
from tests.benchmarks.measure import Contender, Row, Section, Timing

OWN_SEEDS, EVERY = 6, 3
WORLDS, HOURS = (64, 256, 1024), (2, 8, 24)
LOOK_EVERY_S, LIMIT_S = 0.1, 300.0
"""A client that looks fifty times a second takes a fifth of both cores, with its server, from what it waits for."""


@dataclass(frozen=True)
class Answer:
    """How long one took, and of it the POST with its check, waiting in the queue and working, in seconds.

    `change` is its first figure's paired difference with its 95 % interval, in percent of the baseline.
    """

    seconds: float
    posting_s: float
    queued_s: float
    working_s: float
    change: str


def ask(client: httpx.Client, body: dict[str, Any]) -> Answer:
    """Ask, wait, read; the answer has intervals or it counts as a failure."""
    start = time.perf_counter()
    posted = client.post(f"/plants/{PLANT}/what-ifs", json=body)
    posting_s = time.perf_counter() - start
    posted.raise_for_status()
    job = posted.json()
    while job["state"] in ("queued", "running"):
        if time.perf_counter() - start > LIMIT_S:
            raise TimeoutError(f"{body['name']}: no answer after {LIMIT_S:g} s")
        time.sleep(LOOK_EVERY_S)
        job = client.get(f"/jobs/{job['id']}").json()
    if job["state"] != "done":
        raise RuntimeError(f"{body['name']}: {job['state']}, {job['error']}")
    answer = client.get(f"/plants/{PLANT}/what-ifs/{job['result']['outcome']}").json()
    seconds = time.perf_counter() - start
    first = answer["kpis"][0]
    difference, scale = (
        first["difference"],
        100.0 / first["baseline"]["median"],
    )
    assert difference["mean_low"] <= difference["mean"] <= difference["mean_high"]
    mean, low, high = (f"{scale * difference[key]:.2f}" for key in ("mean", "mean_low", "mean_high"))
    created, started, finished = (datetime.fromisoformat(job[name]) for name in ("created", "started", "finished"))
    return Answer(seconds, posting_s, (started - created).total_seconds(), (finished - started).total_seconds(),
                  f"{first['name']} {mean} % ({low} to {high})")  # fmt: skip


def measured() -> Iterator[Row | Growth | Section]:
    """Two rows, the week's questions, two growths and the parts, from one server."""
    with demo_home() as home:
        with served(home) as client:
            first = ask(client, question(0))
            yield _row("default seed", [ask(client, question(n)) for n in range(0, len(changes()), EVERY)], first)
            yield _row("seeds of their own", [ask(client, question(n, seed=n + 1)) for n in range(OWN_SEEDS)], first)
            yield _week([ask(client, weekly(n, seed=2000)) for n in range(len(WEEKLY))])
            yield Growth("worlds (what-if through the API, 8 h)", WORLDS, _grown(client, WORLDS, _worlds))
            yield Growth("hours (what-if through the API, 256 worlds)", HOURS, _grown(client, HOURS, _hours))
        yield parts(home)


def _row(how: str, answers: list[Answer], first: Answer) -> Row:
    seconds = [answer.seconds for answer in answers]
    numbers = {
        "p50, s": _three(np.quantile(seconds, 0.5)),
        "p95, s": _three(np.quantile(seconds, 0.95)),
        "of the median: POST and check, s": _three(np.median([answer.posting_s for answer in answers])),
        "queue, s": _three(np.median([answer.queued_s for answer in answers])),
        "work, s": _three(np.median([answer.working_s for answer in answers])),
    }
    work = f"what-if through the API: demo plant, 8 h, 256 worlds, {len(answers)} different ones, {how}"
    return Row(work, "p95 ≤ 5 s", Contender("Plantwin", Timing(tuple(seconds), first.seconds)), numbers=numbers)


def _week(answers: list[Answer]) -> Section:
    """One line each; the first of them runs the baseline, which the others share."""
    lines = ["| question | seconds | paired difference |", "|---|---|---|"]
    lines += [f"| {name} | {_three(a.seconds)} | {a.change} |" for (name, _), a in zip(WEEKLY, answers, strict=True)]
    return Section("what-if through the API: demo plant, a week, 256 worlds, a line's questions in a row", tuple(lines))


def _three(value: float) -> float:
    return float(f"{value:.3g}")


def _worlds(size: int, seed: int) -> dict[str, Any]:
    return question(1, worlds=size, seed=seed)


def _hours(size: int, seed: int) -> dict[str, Any]:
    return question(1, hours=size, seed=seed)


def _grown(
    client: httpx.Client, sizes: tuple[int, ...], body: Callable[[int, int], dict[str, Any]]
) -> tuple[float, ...]:
    """Seconds at each size, every question with a seed of its own."""
    return tuple(ask(client, body(size, 1000 + at)).seconds for at, size in enumerate(sizes))
