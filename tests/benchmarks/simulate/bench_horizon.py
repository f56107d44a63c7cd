"""A year of wear on the demo plant in 256 worlds by macro steps, beside days of it run in full."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from physics.simulate.course import Control, Course, Limit
from physics.simulate.duty_cycles import Duty
from physics.simulate.horizon import march
from physics.simulate.rollout import rollout
from tests.benchmarks.measure import Contender, Row, Timing, timed
from tests.physics.simulate.wearing import DAY_S
from tests.verify.cases.horizons import DEMO, DEMO_SAMPLE_S, demo_day
from twin.assembly.assemble import assemble
from twin.prediction.failure_modes import modes_of
from twin.scene.load import load

WORLDS, DAYS, WEEK = 256, 364, (True,) * 5 + (False,) * 2
RTOL = 3e-3
"""Error of a macro step over its growth, as forecasts take it."""


def rows() -> Iterator[Row]:
    """One line; the days in full are one week, counted 52 times."""
    built = assemble(load(DEMO.read_text()), learn=False)
    model = built.compile()
    worked, off = demo_day(model, True), demo_day(model, False)
    scatter = np.random.default_rng(4).uniform(0.98, 1.02, (len(model.parameters), WORLDS))
    numbers = {
        "parameters": model.parameters[:, None] * scatter,
        "start": np.repeat(model.start[:, None], WORLDS, axis=1),
    }
    duty = Duty((worked, worked, off), np.array([1.0, 4.0, 2.0]), DEMO_SAMPLE_S)

    limits = [Limit(mode.path, np.full(WORLDS, float(mode.limit))) for mode in modes_of(built)]

    def macro(rtol: float = RTOL) -> Course:
        return march(model, duty, times_s=[DAYS * DAY_S], limits=limits, control=Control(rtol=rtol), **numbers)

    def resolved() -> None:
        state = numbers["start"]
        for works in WEEK:
            run = rollout(
                model, inputs=worked if works else off, sample_s=DEMO_SAMPLE_S, parameters=numbers["parameters"],
                start=state,
            )  # fmt: skip
            state = run.final

    fine, found = macro(RTOL / 10), macro()
    grown = fine.wear[0] - numbers["start"][model.slow]
    counts = grown > 0.01
    error = float(np.nanmax(np.abs(found.wear[0] - fine.wear[0])[counts] / grown[counts]))
    ours = Contender("macro steps", timed(macro, runs=3), error)
    week: Timing = timed(resolved, runs=1)
    full = Contender("every day in full", week, scale=DAYS / 7, note="one week, counted 52 times")
    numbers_of = {"days run": float(found.simulated_s.max() / DAY_S), "macro steps": int(found.steps.max()),
                  "worlds lost": int(np.isfinite(found.lost_s).sum())}  # fmt: skip
    yield Row(f"demo plant, wear over {DAYS} days, {WORLDS} worlds", "report", ours, (full,), numbers=numbers_of)
