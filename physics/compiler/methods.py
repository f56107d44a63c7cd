"""One-step methods: a linearly implicit one for stiff systems, an adaptive and a fixed-step explicit one for the rest.

Stages    linearly implicit, without a product with the Jacobian:
              (M / (h γ) - J) k_i = g(z + Σ_j a_ij k_j) + (M / h) Σ_j c_ij k_j,  z' = z + Σ b_i k_i,  error = Σ e_i k_i
          explicit:
              k_i = g(z + h Σ_j a_ij k_j),   z' = z + h Σ b_i k_i,   error = h Σ e_i k_i
Between   z(θ) = z + θ (D + (1 - θ) (A + θ B + θ (1 - θ) C)),   D = z' - z,   0 <= θ <= 1
Source    rodas4: Hairer & Wanner (1996), Solving Ordinary Differential Equations II, section IV.7 and the code RODAS
          dopri5: Dormand & Prince (1980), doi:10.1016/0771-050X(80)90013-3, dense output after Shampine (1986),
          doi:10.1090/S0025-5718-1986-0815836-3; rk4: Kutta (1901), cubic Hermite in between
Valid     rodas4: index-1 systems with constant M, L-stable and stiffly accurate; explicit ones: no algebraic unknowns
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Rosenbrock:
    """Coefficients of a linearly implicit method.

    Attributes: order, that of its error estimate plus one; a, c, b and e as above; dense, the weights of the stages in
    A and in B.
    """

    gamma: float
    order: int
    a: tuple[tuple[float, ...], ...]
    c: tuple[tuple[float, ...], ...]
    b: tuple[float, ...]
    e: tuple[float, ...]
    dense: tuple[tuple[float, ...], tuple[float, ...]]
    implicit: ClassVar[bool] = True
    fixed: ClassVar[bool] = False
    strictness: ClassVar[float] = 1.0

    @property
    def stages(self) -> int:
        """Number of stages."""
        return len(self.b)


@dataclass(frozen=True)
class RungeKutta:
    """Coefficients of an explicit method.

    Attributes: order, that of its error estimate plus one; a and b as above; e, empty where steps are fixed; dense, the
    weights of the stages in C, empty where cubic Hermite is all there is; strictness, by how much its error is held
    below the tolerance. With an error estimate the last stage is the rate at the new point.
    """

    order: int
    a: tuple[tuple[float, ...], ...]
    b: tuple[float, ...]
    e: tuple[float, ...] = ()
    dense: tuple[float, ...] = ()
    strictness: float = 1.0
    implicit: ClassVar[bool] = False

    @property
    def stages(self) -> int:
        """Number of stages."""
        return len(self.b)

    @property
    def fixed(self) -> bool:
        """Whether nothing but the caller sets its step."""
        return not self.e


Method = Rosenbrock | RungeKutta

_A5 = (1.221224509226641, 6.019134481288629, 12.53708332932087, -0.6878860361058950)

EQUAL_ERROR = 50.0
"""dopri5's estimate is close to its error, that of rodas4 far above: so that one rtol means about one error (measured
on a pendulum and a chain of ten capacitors, rtol 1e-3 to 1e-8)."""

_B5 = (35 / 384, 0.0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84)

METHODS: dict[str, Method] = {
    "rodas4": Rosenbrock(
        gamma=0.25,
        order=4,
        a=(
            (),
            (1.544,),
            (0.9466785280815826, 0.2557011698983284),
            (3.314825187068521, 2.896124015972201, 0.9986419139977817),
            _A5,
            (*_A5, 1.0),
        ),
        c=(
            (),
            (-5.6688,),
            (-2.430093356833875, -0.2063599157091915),
            (-0.1073529058151375, -9.594562251023355, -20.47028614809616),
            (7.496443313967647, -10.24680431464352, -33.99990352819905, 11.70890893206160),
            (8.083246795921522, -7.981132988064893, -31.52159432874371, 16.31930543123136, -6.058818238834054),
        ),
        b=(*_A5, 1.0, 1.0),
        e=(0.0, 0.0, 0.0, 0.0, 0.0, 1.0),
        dense=(
            (10.12623508344586, -7.487995877610167, -34.80091861555747, -7.992771707568823, 1.025137723295662),
            (-0.6762803392801253, 6.087714651680015, 16.43084320892478, 24.76722511418386, -6.594389125716872),
        ),
    ),
    "dopri5": RungeKutta(
        order=5,
        a=(
            (),
            (1 / 5,),
            (3 / 40, 9 / 40),
            (44 / 45, -56 / 15, 32 / 9),
            (19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729),
            (9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656),
            _B5,
        ),
        b=(*_B5, 0.0),
        e=(71 / 57600, 0.0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40),
        dense=(
            -12715105075 / 11282082432,
            0.0,
            87487479700 / 32700410799,
            -10690763975 / 1880347072,
            701980252875 / 199316789632,
            -1453857185 / 822651844,
            69997945 / 29380423,
        ),
        strictness=EQUAL_ERROR,
    ),
    "rk4": RungeKutta(
        order=4,
        a=((), (0.5,), (0.0, 0.5), (0.0, 0.0, 1.0)),
        b=(1 / 6, 1 / 3, 1 / 3, 1 / 6),
    ),
}
