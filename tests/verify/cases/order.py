"""Each integrator's error falls with the order that it claims."""

from functools import partial

import numpy as np
from scipy.integrate import solve_ivp

from physics.compiler.methods import METHODS
from physics.network.plant import Part, Plant
from physics.simulate.rollout import Options
from tests.physics.parts import TYPES
from tests.verify.case import Case, simulate

STEPS_S = (0.1, 0.05, 0.025)


def order_missing(method: str) -> float:
    """Claimed order less the slope between the two finest steps."""
    exact = solve_ivp(
        lambda t, y: [y[1], -4.0 * np.sin(y[0])], (0, 2), [1, 0], method="DOP853", rtol=1e-13, atol=1e-13
    ).y[0, -1]
    errors = []
    for step in STEPS_S:
        options = Options(rtol=1e9, max_step_s=step, method=method)
        run = simulate(Plant((Part("p", "pendulum"),)), ["p.angle_rad"], rows=2, sample_s=2.0, types=TYPES,
                       options=options)  # fmt: skip
        errors.append(abs(run[-1, 0] - exact))
    return METHODS[method].order - float(np.log2(errors[-2] / errors[-1]))


CASES = tuple(
    Case(f"order of {method}", "scipy DOP853, rtol 1e-13, pendulum", f"{rule.order} less the measured order", 0.3,
         "slope at steps of 1/40 of a period", partial(order_missing, method))
    for method, rule in METHODS.items()
)  # fmt: skip
