"""What a correction remembers: a gated recurrent unit in continuous time, as states of the law.

Equations  dh_k/dt = z_k (c_k - h_k) / exp(t_k)        c_k = tanh(b_k + sum_j w_kj f_j + sum_l u_kl h_l)
           z_k = (1 + tanh(g_k / 2)) / 2, the logistic function of g_k, which is put together as c_k's argument is
Symbols    h_k memory, between -1 and 1; c_k what it goes to; z_k gate, closed at 0; f_j features; t_k logarithm of the
           shortest time constant in seconds; w, u, b weights
Source     De Brouwer, Simm, Arany, Moreau (2019), GRU-ODE-Bayes, arXiv:1905.12374, equation 3, without the reset gate:
           Zhou, Wu, Zhang, Zhou (2016), arXiv:1603.09420
Valid      whatever the features are: h begins at 0 and never leaves (-1, 1). The integrator's own step control holds
           for it, and irregular samples need no thought. A declared trend holds at a given memory
"""

from __future__ import annotations

from functools import lru_cache

import sympy as sp

from physics.compiler.trace import Level, Trace

LARGEST = 8
"""Units of a memory; each has a row in the island's Jacobian."""

CANDIDATE, GATE, TIME = "hc", "hz", "ht"
"""How the local names of a memory's weights begin: what it goes to, its gate, its time."""


def state_name(unit: int) -> str:
    """Local name of a unit, as a network reads it."""
    return f"network.memory_{unit}"


def rate_name(unit: int) -> str:
    """Name of the equation that moves a unit."""
    return f"{state_name(unit)}.rate"


def weight_names(features: int, units: int) -> tuple[str, ...]:
    """Local names of all weights, in order."""
    rows = (*(f"f{j}" for j in range(features)), *(f"h{unit}" for unit in range(units)), "b")
    inner = (f"{kind}_{unit}_{row}" for kind in (CANDIDATE, GATE) for unit in range(units) for row in rows)
    return (*inner, *(f"{TIME}_{unit}" for unit in range(units)))


@lru_cache(maxsize=256)
def cell(features: int, units: int) -> Trace:
    """The memory as a trace; its equations are the rates of its units."""
    weights = weight_names(features, units)
    moving = [f"network.feature_{j}" for j in range(features)] + [state_name(unit) for unit in range(units)]
    symbols = {name: sp.Symbol(f"s{k}_", real=True) for k, name in enumerate((*weights, *moving))}
    levels = {name: Level.DYNAMIC if name in moving else Level.PARAMETER for name in symbols}
    rows = {name: f"{'fh'[k >= features]}{k - features * (k >= features)}" for k, name in enumerate(moving)}

    def argument(kind: str, unit: int) -> sp.Expr:
        read = sum(symbols[f"{kind}_{unit}_{row}"] * symbols[name] for name, row in rows.items())
        return symbols[f"{kind}_{unit}_b"] + read

    rates = {}
    for unit in range(units):
        gate = (1 + sp.tanh(argument(GATE, unit) / 2)) / 2
        away = sp.tanh(argument(CANDIDATE, unit)) - symbols[state_name(unit)]
        rates[rate_name(unit)] = gate * away * sp.exp(-symbols[f"{TIME}_{unit}"])
    return Trace(symbols, levels, rates)
