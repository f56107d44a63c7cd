"""The solvers beside us on the stiff island: diffrax (JAX), scipy's LSODA and SUNDIALS' CVODE on compiled rates.

Each takes the same equations, inputs and tolerances: relative rtol, absolute rtol times the typical size.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.simulate.island import PLAIN, SEGMENT_S, Island, function, source

NUMBA_NAMES = """
import math
import numba as nb

@nb.njit(inline="always")
def select_(m, a, b): return a if m else b

sqrt_, exp_, log_, tanh_ = math.sqrt, math.exp, math.log, math.tanh
sin_, cos_, atan_, abs_ = math.sin, math.cos, math.atan, abs

@nb.njit(inline="always")
def off_whole_(x): return x - round(x)
@nb.njit(inline="always")
def lt_(a, b): return a < b
@nb.njit(inline="always")
def le_(a, b): return a <= b
@nb.njit(inline="always")
def gt_(a, b): return a > b
@nb.njit(inline="always")
def ge_(a, b): return a >= b
@nb.njit(inline="always")
def eq_(a, b): return a == b
@nb.njit(inline="always")
def ne_(a, b): return a != b
@nb.njit(inline="always")
def and_(a, b): return a and b
@nb.njit(inline="always")
def or_(a, b): return a or b
@nb.njit(inline="always")
def not_(a): return not a
"""


def diffrax_run(problem: Island, rtol: float) -> Callable[[], NDArray[np.float64]]:
    """All worlds at once by Kvaerno5 under jit and vmap, float64; the states after the hour [Z, W]."""
    import diffrax
    import jax

    jax.config.update("jax_enable_x64", True)
    import jax.numpy as jnp

    names = {f"{n}_": getattr(jnp, n) for n in ("sqrt", "exp", "log", "tanh", "sin", "cos", "abs")}
    names |= {"off_whole_": lambda x: x - jnp.round(x), "atan_": jnp.arctan}
    names |= {"select_": jnp.where, "lt_": jnp.less, "le_": jnp.less_equal, "gt_": jnp.greater}
    names |= {"ge_": jnp.greater_equal, "eq_": jnp.equal, "ne_": jnp.not_equal, "and_": jnp.logical_and}
    names |= {"or_": jnp.logical_or, "not_": jnp.logical_not}
    rates = function(problem, names)
    term = diffrax.ODETerm(lambda t, z, pu: jnp.stack([jnp.asarray(v, jnp.float64) for v in rates(z, *pu)]))
    control = diffrax.PIDController(rtol=rtol, atol=rtol * jnp.asarray(problem.sizes))
    start = jnp.asarray(problem.start)

    def one(p: Any, driven: Any) -> Any:
        def segment(z: Any, u: Any) -> Any:
            found = diffrax.diffeqsolve(
                term, diffrax.Kvaerno5(), 0.0, SEGMENT_S, 1e-3, z, args=(p, u), stepsize_controller=control,
                saveat=diffrax.SaveAt(t1=True), max_steps=100_000, throw=False,
            )  # fmt: skip
            return found.ys[0], None

        return jax.lax.scan(segment, start, driven)[0]

    run = jax.jit(jax.vmap(one, in_axes=(1, 2)))
    parameters, inputs = jnp.asarray(problem.parameters), jnp.asarray(problem.inputs)
    return lambda: np.asarray(jax.block_until_ready(run(parameters, inputs))).T


def compiled(problem: Island) -> tuple[Any, Any]:
    """numba's machine code for `rates(z, p, u, out)` and `jacobian(z, p, u, out)` of one world."""
    places = list(problem.model.islands[0].system.jacobian)
    space: dict[str, Any] = {}
    texts = []
    for name, jacobian in (("rates", False), ("jacobian", True)):
        head, _, tail = source(problem, jacobian=jacobian).rpartition("    return [")
        roots = tail.rstrip("]").split(", ")
        stores = [f"    out[{k}] = {root}" for k, root in enumerate(roots)]
        if jacobian:
            stores = [f"    out[{i}, {j}] = {root}" for (i, j), root in zip(places, roots, strict=True)]
        texts.append(f"@nb.njit(error_model='numpy')\ndef {name}(z, p, u, out):\n{head}" + "\n".join(stores))
    exec(compile(NUMBA_NAMES + "\n\n".join(texts), "<numba>", "exec"), space)
    return space["rates"], space["jacobian"]


def lsoda_run(problem: Island, rtol: float) -> Callable[[], NDArray[np.float64]]:
    """World by world by scipy's LSODA on compiled rates and Jacobian."""
    from scipy.integrate import odeint

    rates, jacobian = compiled(problem)
    size = len(problem.start)

    def right(z: Any, t: float, p: Any, u: Any) -> Any:
        out = np.empty(size)
        rates(z, p, u, out)
        return out

    def slopes(z: Any, t: float, p: Any, u: Any) -> Any:
        out = np.zeros((size, size))
        jacobian(z, p, u, out)
        return out

    def run() -> NDArray[np.float64]:
        found = np.empty((size, problem.parameters.shape[1]))
        for world in range(found.shape[1]):
            z, p = problem.start, np.ascontiguousarray(problem.parameters[:, world])
            for row in problem.inputs[:, :, world]:
                u = np.ascontiguousarray(row)
                z = odeint(right, z, (0.0, SEGMENT_S), args=(p, u), Dfun=slopes, rtol=rtol, atol=rtol * problem.sizes,
                           mxstep=100_000)[-1]  # fmt: skip
            found[:, world] = z
        return found

    return run


def plain_lsoda_run(problem: Island, rtol: float) -> Callable[[], NDArray[np.float64]]:
    """World by world by scipy's LSODA on rates in Python, as one would write it first."""
    from scipy.integrate import solve_ivp

    rates = function(problem, PLAIN)

    def run() -> NDArray[np.float64]:
        found = np.empty((len(problem.start), problem.parameters.shape[1]))
        for world in range(found.shape[1]):
            z, p = problem.start, problem.parameters[:, world].tolist()
            for u in problem.inputs[:, :, world].tolist():
                z = solve_ivp(
                    lambda t, y, p=p, u=u: rates(y.tolist(), p, u), (0.0, SEGMENT_S), z, method="LSODA", rtol=rtol,
                    atol=rtol * problem.sizes,
                ).y[:, -1]  # fmt: skip
            found[:, world] = z
        return found

    return run


def cvode_run(problem: Island, rtol: float) -> Callable[[], NDArray[np.float64]]:
    """World by world by SUNDIALS' CVODE (BDF, dense) on compiled rates and Jacobian."""
    from sksundae.cvode import CVODE

    rates, jacobian = compiled(problem)
    size = len(problem.start)

    def right(t: float, z: Any, out: Any, data: Any) -> None:
        rates(z, *data, out)

    def slopes(t: float, z: Any, rate: Any, out: Any, data: Any) -> None:
        jacobian(z, *data, out)

    def run() -> NDArray[np.float64]:
        found = np.empty((size, problem.parameters.shape[1]))
        for world in range(found.shape[1]):
            z, p = problem.start, np.ascontiguousarray(problem.parameters[:, world])
            for row in problem.inputs[:, :, world]:
                solver = CVODE(
                    right, jacfn=slopes, userdata=(p, np.ascontiguousarray(row)), rtol=rtol,
                    atol=rtol * problem.sizes, max_num_steps=100_000,
                )  # fmt: skip
                z = solver.solve(np.array([0.0, SEGMENT_S]), z).y[-1]
            found[:, world] = z
        return found

    return run
