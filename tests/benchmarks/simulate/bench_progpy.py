"""ProgPy's own pump model in its own Monte Carlo, beside the same equations in our engine."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from physics.network.plant import Part, Plant
from physics.simulate.model import compile_plant
from physics.simulate.rollout import Options, rollout
from tests.benchmarks.measure import Contender, Row, timed
from tests.verify.cases.progpy_models import (
    AMBIENT_K,
    DISCHARGE_PA,
    SUCTION_PA,
    SUPPLY_V,
    SYNCHRONOUS_RAD_PER_S,
    TYPES,
    WEAR,
)

HORIZON_S, STEP_S, SAMPLES, WORLDS, CORES = 3600.0, 1.0, 10, 4096, 2
AREA_SD = 0.05
"""What is uncertain: the impeller's area at the start, m²."""


def rows() -> Iterator[Row]:
    """One hour of the pump; ProgPy's Euler steps are 1 s, beyond which its pump's speed becomes unstable."""
    areas = 12.7084 + AREA_SD * np.random.default_rng(1).standard_normal(WORLDS)
    model = compile_plant(Plant((Part("p", "progpy_pump"),)), ["p.flow"], types=TYPES)
    start = np.repeat(model.start[:, None], WORLDS, axis=1)
    start[model.state_names.index("p.area")] = areas

    def ours(rtol: float = 1e-4, worlds: int = WORLDS) -> np.ndarray:
        return rollout(model, inputs=np.zeros((13, 0)), sample_s=HORIZON_S / 12, start=start[:, :worlds],
                       options=Options(rtol=rtol)).final  # fmt: skip

    names = [f"p.{n}" for n in ("speed", "flow", "thrust_k", "radial_k", "oil_k", "area")]
    places = [model.state_names.index(n) for n in names]
    exact = rollout(model, inputs=np.zeros((12, 0)), sample_s=HORIZON_S / 12, start=start[:, :SAMPLES],
                    options=Options(rtol=1e-10)).final[places]  # fmt: skip
    run, final = progpy_run(areas[:SAMPLES])
    theirs = timed(run, runs=3)
    size = np.abs(exact).max(axis=1, keepdims=True)
    peer = Contender(
        f"ProgPy MonteCarlo, Euler {STEP_S:g} s", theirs, float(np.max(np.abs(final() - exact) / size)),
        WORLDS / SAMPLES / CORES, f"{SAMPLES} samples timed on one core, scaled to all on {CORES}",
    )  # fmt: skip
    own = rollout(model, inputs=np.zeros((12, 0)), sample_s=HORIZON_S / 12, start=start[:, :SAMPLES]).final[places]
    us = Contender("Plantwin, rtol 1e-4", timed(ours), float(np.max(np.abs(own - exact) / size)))
    yield Row(f"ProgPy CentrifugalPump, 1 h, {WORLDS:,} samples", "≥ 3,000×", us, (peer,))


def progpy_run(areas: np.ndarray):
    """The Monte Carlo prediction, and the states that it ended with [6, W]."""
    from progpy.models import CentrifugalPumpBase
    from progpy.predictors import MonteCarlo
    from progpy.uncertain_data import UnweightedSamples

    model = CentrifugalPumpBase(**WEAR)
    load = model.InputContainer({"Tamb": AMBIENT_K, "V": SUPPLY_V, "pdisch": DISCHARGE_PA, "psuc": SUCTION_PA,
                                 "wsync": SYNCHRONOUS_RAD_PER_S})  # fmt: skip
    begin = dict(model.parameters["x0"]) | {"QLeak": 0.0}
    samples = [model.StateContainer(begin | {"A": area}) for area in areas]
    ended = []

    def run() -> None:
        state = UnweightedSamples(samples, _type=model.StateContainer)
        found = MonteCarlo(model).predict(state, lambda t, x=None: load, events=[], dt=STEP_S, horizon=HORIZON_S,
                                          save_freq=HORIZON_S / 12)  # fmt: skip
        ended[:] = [found.states.snapshot(-1)]

    def final() -> np.ndarray:
        names = ("w", "Q", "Tt", "Tr", "To", "A")
        return np.array([[float(np.squeeze(x[name])) for x in ended[0].data] for name in names])

    return run, final
