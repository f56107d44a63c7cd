"""Months of wear by macro steps: against closed forms, and against every day of a quarter run in full."""

from functools import cache
from pathlib import Path

import numpy as np

from physics.simulate.course import Course, Limit, slow_names
from physics.simulate.duty_cycles import Duty, one_block
from physics.simulate.horizon import march
from physics.simulate.model import Model
from physics.simulate.rollout import rollout
from tests.physics.simulate.wearing import DAY_S, SAMPLE_S, WEAR, compiled, day, life_of, power_law, shifts, spread
from tests.verify.case import Case, relative
from twin.assembly.assemble import assemble
from twin.scene.load import load

DEMO = Path(__file__).parents[3] / "examples" / "bottling" / "plant.yaml"
DEMO_SAMPLE_S = 300.0
WORKED = {
    "utilities/cooling/motor-1.speed_set_rad_per_s": (135.0, 110.0, 105.0),
    "line-1/conveyor/motor-2.speed_set_rad_per_s": (130.0, 0.0, 0.0),
    "line-1/conveyor/conveyor-1.load_kg": (110.0, 0.0, 0.0),
    "line-1/filler/motor-3.speed_set_rad_per_s": (48.0, 0.0, 0.0),
    "line-1/filler/load-1.power_w": (12e3, 0.0, 0.0),
}
"""The demo plant's inputs: on a working day from 6 to 22 h, on its night, on a day off."""
WORLDS, WEEKS, FAILED_WEEKS, LEAST_GROWTH = 8, 13, 9, 0.01


def wear_on_itself(power: float) -> Course:
    """dw/dt = k p (1 + w)^n for 90 days under shifts, worn out at w = 1."""
    model = compiled("grinder")
    numbers = spread(model, 1, wear_per_s=0.012 / DAY_S, power_ratio=power)
    ends = np.array([30.0, 60.0, 90.0]) * DAY_S
    return march(model, one_block(day(shifts), SAMPLE_S), times_s=ends, limits=[Limit(WEAR, np.ones(1))], **numbers)


def quarter_of_wear() -> float:
    """Before wearing out at n = 1: 0.012 · 90 · mean p = 0.79 < ln 2 holds to day 60."""
    found = wear_on_itself(1.0).wear[:2, 0, 0]
    return relative(found, power_law(0.0, 0.012 * np.array([30.0, 60.0]) * day(shifts).mean(), 1.0))


def quarter_of_life() -> float:
    return relative(wear_on_itself(2.0).reached_s, life_of(1.0, 0.012 / DAY_S * day(shifts).mean(), 2.0))


def life_of_a_pump_that_makes_up_for_its_wear() -> float:
    model = compiled("slipping")
    duty = one_block(day(1.0), SAMPLE_S)
    found = march(model, duty, times_s=[200 * DAY_S], limits=[Limit(WEAR, np.ones(1))], **spread(model, 1))
    return relative(found.reached_s, life_of(1.0, 0.003 / DAY_S, 3.0))


def demo_day(model: Model, worked: bool) -> np.ndarray:
    """Inputs of a day, shape [T, I]."""
    hours = np.arange(round(DAY_S / DEMO_SAMPLE_S)) * DEMO_SAMPLE_S / 3600.0
    inputs = np.repeat(model.inputs[None], len(hours), axis=0)
    for path, (busy, night, off) in WORKED.items():
        shift = np.where((hours >= 6) & (hours < 22), busy, night)
        inputs[:, model.input_names.index(path)] = shift if worked else off
    outdoor = 283.0 + 5.0 * np.sin(2 * np.pi * (hours - 9) / 24)
    inputs[:, model.input_names.index("utilities/outdoor.temperature_k")] = outdoor
    return inputs


@cache
def demo_quarter() -> tuple[dict[int, np.ndarray], Course, Course]:
    """The demo plant's wear after so many weeks, every day run in full, [S, W]; macro steps to the last, and to failure
    where wear stood after nine."""
    built = assemble(load(DEMO.read_text()), learn=False)
    model = built.compile()
    worked, off = demo_day(model, True), demo_day(model, False)
    scatter = np.random.default_rng(4).uniform(0.98, 1.02, (len(model.parameters), WORLDS))
    numbers = {
        "parameters": model.parameters[:, None] * scatter,
        "start": np.repeat(model.start[:, None], WORLDS, axis=1),
    }
    state = numbers["start"]
    wear = {0: state[model.slow]}
    for number in range(7 * WEEKS):
        run = rollout(
            model, inputs=worked if number % 7 < 5 else off, sample_s=DEMO_SAMPLE_S,
            parameters=numbers["parameters"], start=state,
        )  # fmt: skip
        state = run.final
        if number % 7 == 6:
            wear[number // 7 + 1] = state[model.slow]
    # The first working day of a week begins with what the days off left: it counts for itself.
    duty = Duty((worked, worked, off), np.array([1.0, 4.0, 2.0]), DEMO_SAMPLE_S)
    course = march(model, duty, times_s=[0.0, 7 * WEEKS * DAY_S], **numbers)
    limits = [
        Limit(name, level)
        for name, level, grown in zip(slow_names(model), wear[FAILED_WEEKS], wear[FAILED_WEEKS] - wear[0], strict=True)
        if grown.min() > LEAST_GROWTH
    ]
    failing = march(model, duty, times_s=[7 * (FAILED_WEEKS + 1) * DAY_S], limits=limits, **numbers)
    return wear, course, failing


def demo_wear() -> float:
    """Of every wear state that grows by more than a hundredth."""
    wear, course, _ = demo_quarter()
    grown = wear[WEEKS] - wear[0]
    counts = grown > LEAST_GROWTH
    return float(np.max(np.abs((course.wear[1] - course.wear[0])[counts] / grown[counts] - 1.0)))


def demo_life() -> float:
    """Time to the wear of the end of the ninth week."""
    return relative(demo_quarter()[2].reached_s, 7 * FAILED_WEEKS * DAY_S)


CASES = (
    Case("wear that feeds on itself, 60 days", "closed form, exponential", "wear, largest error / wear", 3e-3,
         "tolerance of a macro step 1e-3 of its growth; errors grow with the wear", quarter_of_wear),
    Case("life under wear that feeds on itself", "closed form, n = 2", "time to failure, relative", 3e-3,
         "as above", quarter_of_life),
    Case("life of a pump whose controller makes up for its wear", "closed form, n = 3", "time to failure, relative",
         3e-3, "as above; the controller lags by minutes", life_of_a_pump_that_makes_up_for_its_wear),
    Case("demo plant, wear over 13 weeks in macro steps", "every day run in full", "growth of any wear, relative", 1e-2,
         "the target of long horizons; a step errs by 1e-3 of its growth", demo_wear, slow=True),
    Case("demo plant, time to a wear reached after 9 weeks", "every day run in full", "time to failure, relative", 1e-2,
         "as above", demo_life, slow=True),
)  # fmt: skip
