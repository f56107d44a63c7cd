"""The classic stiff systems against scipy's Radau.

Source  Hairer & Wanner (1996), Solving Ordinary Differential Equations II; Mazzia & Magherini (2008), Test set for IVP
        solvers, for the constants of HIRES
"""

from functools import partial

import numpy as np
from scipy.integrate import solve_ivp

from physics.contract import Component, parameter, state
from physics.network.plant import Part, Plant
from tests.physics.parts import TYPES
from tests.verify.case import Case, simulate

HIRES_START = (1.0, 0, 0, 0, 0, 0, 0, 0.0057)


class VanDerPol(Component):
    """y'' = μ (1 - y²) y' - y with time in seconds."""

    name = "van_der_pol"
    stiffness_ratio = parameter("1", "μ", default=1000.0)
    place_ratio = state("1", "y", default=2.0)
    rate_per_s = state("1/s", "y'", default=0.0)

    def law(self, m):
        push = m.stiffness_ratio * (1 - m.place_ratio**2) * m.rate_per_s - m.place_ratio
        return {"place_ratio.rate": m.rate_per_s, "rate_per_s.rate": push}


class Hires(Component):
    """High irradiance response of photomorphogenesis (Schäfer 1975), eight reactants."""

    name = "hires"
    y1_ratio = state("1", "y1", default=HIRES_START[0])
    y2_ratio = state("1", "y2")
    y3_ratio = state("1", "y3")
    y4_ratio = state("1", "y4")
    y5_ratio = state("1", "y5")
    y6_ratio = state("1", "y6")
    y7_ratio = state("1", "y7", nominal=1e-2)
    y8_ratio = state("1", "y8", default=HIRES_START[7], nominal=1e-2)

    def law(self, m):
        names = [f"y{k}_ratio" for k in range(1, 9)]
        rates = hires(0.0, [getattr(m, name) for name in names])
        return {f"{name}.rate": rate for name, rate in zip(names, rates, strict=True)}


def hires(t, y):
    """Rates; `y` numbers or symbols."""
    y1, y2, y3, y4, y5, y6, y7, y8 = y
    return [
        -1.71 * y1 + 0.43 * y2 + 8.32 * y3 + 0.0007,
        1.71 * y1 - 8.75 * y2,
        -10.03 * y3 + 0.43 * y4 + 0.035 * y5,
        8.32 * y2 + 1.71 * y3 - 1.12 * y4,
        -1.745 * y5 + 0.43 * y6 + 0.43 * y7,
        -280 * y6 * y8 + 0.69 * y4 + 1.71 * y5 - 0.43 * y6 + 0.69 * y7,
        280 * y6 * y8 - 1.81 * y7,
        -280 * y6 * y8 + 1.81 * y7,
    ]


def van_der_pol(t, y):
    return [y[1], 1000.0 * (1 - y[0] ** 2) * y[1] - y[0]]


def robertson(t, y):
    a, b, c = y
    return [-0.04 * a + 1e4 * b * c, 0.04 * a - 1e4 * b * c - 3e7 * b * b, 3e7 * b * b]


SYSTEMS = {
    "robertson": (robertson, (1.0, 0.0, 0.0), ["a_ratio", "b_ratio", "c_ratio"], 41, 1000.0),
    "van_der_pol": (van_der_pol, (2.0, 0.0), ["place_ratio"], 41, 50.0),
    "hires": (hires, HIRES_START, [f"y{k}_ratio" for k in range(1, 9)], 41, 321.8122 / 40),
}
KNOWN = {**TYPES, "van_der_pol": VanDerPol, "hires": Hires}


def against_radau(name: str) -> float:
    """Largest error of each output over its own largest value."""
    rates, start, outputs, rows, sample_s = SYSTEMS[name]
    times = np.arange(rows) * sample_s
    exact = solve_ivp(rates, (0, times[-1]), start, method="Radau", rtol=1e-10, atol=1e-14, t_eval=times).y
    found = simulate(Plant((Part("x", name),)), [f"x.{n}" for n in outputs], rows=rows, sample_s=sample_s, types=KNOWN)
    exact = exact[: len(outputs)].T
    return float(np.max(np.abs(found - exact) / np.abs(exact).max(axis=0)))


REFERENCE = "scipy Radau, rtol 1e-10"
CASES = (
    Case("Robertson to 40,000 s, as an index-1 system", REFERENCE, "each share / its largest", 1e-5,
         "rtol 1e-8, sizes from 1e-5 to 1", partial(against_radau, "robertson")),
    Case("Van der Pol, μ = 1000, one period and a jump", REFERENCE, "y / 2", 1e-4,
         "the time of a jump amplifies errors by some 1e3", partial(against_radau, "van_der_pol")),
    Case("HIRES to 321.8 s", REFERENCE, "each reactant / its largest", 1e-5, "rtol 1e-8, sizes from 1e-5 to 1",
         partial(against_radau, "hires")),
)  # fmt: skip
