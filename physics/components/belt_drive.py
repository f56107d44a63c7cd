"""Belt between two pulleys that creeps under load, slips beyond its friction, and slackens with wear.

Equations  F = clip(E A (v_a - v_b) / |v|, -F_max, F_max)        F_max = 2 (F_0 - q v²) tanh(μ α / 2)
           v_a = r_a ω_a        v_b = r_b ω_b        v = (v_a + v_b) / 2        F_0 = F_n (1 - w)
           τ_a = r_a F        τ_b = -r_b F        dw/dt = k F (v_a - v_b)
Symbols    ω_a, ω_b shaft speeds, r_a, r_b pulley radii, F force passed on, E A belt stiffness, F_max slip limit, F_0
           tension of each side at rest, F_n when new, q mass per length, μ friction (1 + x), α wrap of the smaller
           pulley, w share of the tension lost, k wear coefficient, x learned extra friction
Source     physics/laws/eytelwein.py; physics/laws/archard.py
Valid      fixed centre distance, no idler; creep is elastic strain, so v_b / v_a = 1 - F / (E A) below the limit
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Correction, Failure, Port, parameter, state
from physics.laws import archard, constants, eytelwein


class BeltDrive(Component):
    """Flat belt, or a V-belt by its wedge friction."""

    name = "belt_drive"
    shaft_in = Port("rotation", "driving shaft")
    shaft_out = Port("rotation", "driven shaft")
    radius_in_m = parameter("m", "Radius r_a of the driving pulley", default=0.05, low=1e-3)
    radius_out_m = parameter("m", "Radius r_b of the driven pulley", default=0.15, low=1e-3)
    tension_n = parameter("N", "Tension F_n of each side at rest when new", default=400.0, low=1e-3)
    friction_ratio = parameter("1", "Friction μ, wedge effect included", default=0.5, low=1e-3)
    wrap_rad = parameter("rad", "Wrap angle α on the smaller pulley", default=2.8, low=0.1)
    stiffness_n = parameter("N", "Belt stiffness E A, force per strain", default=6e4, low=1.0)
    mass_kg_per_m = parameter("kg/m", "Mass q of a metre of belt", default=0.15, low=0.0)
    speed_nominal_m_per_s = parameter("m/s", "Nominal belt speed", default=7.5, low=1e-3)
    wear_per_j = parameter("1/J", "Tension lost per joule of slip, k", default=0.0, low=0.0)
    slack_ratio = state("1", "Share of the tension that is lost, w", low=0.0, high=1.0, slow=True)
    extra_friction_ratio = Correction("1", "Friction that the law misses, x", low=-0.5, high=0.5)
    failures = (Failure("belt slack", when="slack_ratio", limit=0.4, action="tension or replace belt"),)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Pull."""
        in_m_per_s = m.radius_in_m * m.shaft_in.speed_rad_per_s
        out_m_per_s = m.radius_out_m * m.shaft_out.speed_rad_per_s
        speed_m_per_s = (in_m_per_s + out_m_per_s) / 2
        still_m_per_s = constants.STILL_RATIO * m.speed_nominal_m_per_s
        limit_n = eytelwein.limit_n(
            m.tension_n * (1 - m.slack_ratio),
            m.mass_kg_per_m,
            speed_m_per_s,
            m.friction_ratio * (1 + m.extra_friction_ratio),
            m.wrap_rad,
        )
        slip_m_per_s = in_m_per_s - out_m_per_s
        force_n = eytelwein.passed_n(slip_m_per_s, speed_m_per_s, m.stiffness_n, limit_n, still_m_per_s)
        return {
            "shaft_in.torque_n_m": m.radius_in_m * force_n,
            "shaft_out.torque_n_m": -m.radius_out_m * force_n,
            "slack_ratio.rate": archard.wear_rate_per_s(m.wear_per_j, force_n * slip_m_per_s),
            "extra_friction_ratio.features": (2 * speed_m_per_s / m.speed_nominal_m_per_s - 1,),
            "force_n": force_n,
            "limit_n": limit_n,
            "slip_m_per_s": slip_m_per_s,
            "loss_w": force_n * slip_m_per_s,
            "lost_w": force_n * slip_m_per_s,
        }
