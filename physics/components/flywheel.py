"""Flywheel: stores energy, and loses it to air and bearings.

Equations  J dω/dt = τ - τ_b tanh(ω / ω_w) - (1 + x) τ_w (ω / ω_n) |ω / ω_n|        E = J ω² / 2        σ = ρ (r ω)²
Symbols    J inertia, ω speed, τ torque, τ_b bearing friction, τ_w windage at nominal speed ω_n, E stored energy, σ
           hoop stress of a thin rim, ρ its density, r its radius, x learned extra windage
Source     Genta (1985), Kinetic Energy Storage, chapters 2 and 4
Valid      turbulent windage; rim stress is that of a free ring, spokes and hub are left out
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Correction, Port, parameter
from physics.laws import constants, coulomb, smooth


class Flywheel(Component):
    """Rim on a shaft."""

    name = "flywheel"
    shaft = Port("rotation", "shaft")
    inertia_kg_m2 = parameter("kg*m**2", "Inertia J", default=5.0, low=1e-6)
    bearing_torque_n_m = parameter("N*m", "Bearing friction τ_b", default=0.2, low=0.0)
    windage_torque_n_m = parameter("N*m", "Windage τ_w at nominal speed", default=0.5, low=0.0)
    speed_nominal_rad_per_s = parameter("rad/s", "Nominal speed ω_n", default=300.0, low=1e-3)
    radius_m = parameter("m", "Radius r of the rim", default=0.3, low=1e-3)
    density_kg_per_m3 = parameter("kg/m**3", "Density ρ of the rim", default=7850.0, low=1.0)
    extra_windage_ratio = Correction("1", "Windage that the law misses, x", low=-0.5, high=1.0)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Turn."""
        speed = m.shaft.speed_rad_per_s
        width = constants.STILL_RATIO * m.speed_nominal_rad_per_s
        rub_n_m = coulomb.friction(speed, dry=m.bearing_torque_n_m, viscous=0, width=width)
        windage = smooth.signed_square(speed / m.speed_nominal_rad_per_s, constants.STILL_RATIO)
        drag_n_m = rub_n_m + m.windage_torque_n_m * windage * (1 + m.extra_windage_ratio)
        return {
            "shaft.torque_n_m": drag_n_m,
            "shaft.storage": m.inertia_kg_m2,
            "extra_windage_ratio.features": (2 * speed / m.speed_nominal_rad_per_s - 1,),
            "kinetic_energy_j": m.inertia_kg_m2 * speed**2 / 2,
            "rim_stress_pa": m.density_kg_per_m3 * (m.radius_m * speed) ** 2,
            "lost_w": drag_n_m * speed,
        }
