"""Rosenbrock methods for `M dz/dt = g(z)` in the form that needs no product with the Jacobian.

Stages    (M / (h γ) - J) k_i = g(z + Σ_j a_ij k_j) + (M / h) Σ_j c_ij k_j,   z' = z + Σ b_i k_i,   error = Σ e_i k_i
Source    Hairer & Wanner (1996), Solving Ordinary Differential Equations II, section IV.7 and the code RODAS; Sandu et
          al. (1997), doi:10.1016/S1352-2310(97)00212-8, for RODAS3
Valid     index-1 systems with constant M; both are L-stable and stiffly accurate
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rosenbrock:
    """Coefficients of a method; `order` is that of its error estimate plus one."""

    gamma: float
    order: int
    a: tuple[tuple[float, ...], ...]
    c: tuple[tuple[float, ...], ...]
    b: tuple[float, ...]
    e: tuple[float, ...]

    @property
    def stages(self) -> int:
        """Number of stages."""
        return len(self.b)


_A5 = (1.221224509226641, 6.019134481288629, 12.53708332932087, -0.6878860361058950)

METHODS = {
    "rodas3": Rosenbrock(
        gamma=0.5,
        order=3,
        a=((), (), (2.0,), (2.0, 0.0, 1.0)),
        c=((), (4.0,), (1.0, -1.0), (1.0, -1.0, -8.0 / 3.0)),
        b=(2.0, 0.0, 1.0, 1.0),
        e=(0.0, 0.0, 0.0, 1.0),
    ),
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
    ),
}
