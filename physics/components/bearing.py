"""Rolling or plain bearing that warms up, wears and tires.

Equations  τ = (1 + x) (1 + w) [τ_d tanh(ω / ω_w) + b ω]        τ_d = τ_c + μ P d / 2        P = X F_r + Y F_a
           dw/dt = k τ ω        df/dt = |ω| / (2 π 10⁶) (P / C_r)^p        C dT/dt = τ ω - G (T - T_a) + heat
           a = a_n (ω / ω_n)² (1 + k_a w)
Symbols    τ friction torque, ω speed, w wear, τ_c dry friction without load and b viscous friction when new, P
           equivalent load of F_r radial and F_a axial, μ friction under load, d bore, k wear coefficient, f used share
           of the L10 life, C_r load rating, p life exponent, T housing temperature, C its heat capacity, G cooling, T_a
           ambient, a vibration, x learned extra friction
Source     physics/laws/coulomb.py, physics/laws/archard.py, physics/laws/palmgren.py (ISO 281); M = μ P d / 2:
           SKF, Rolling bearings; unbalance force ∝ ω², ISO 21940
Valid      steady lubrication; the grease's own temperature effect is left to the learned part. f = 1 is the age that
           nine bearings of ten reach, not the moment of failure
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Correction, Failure, Port, drive, parameter, state
from physics.laws import archard, constants, coulomb, palmgren


class Bearing(Component):
    """Bearing on a shaft."""

    name = "bearing"
    critical = True
    shaft = Port("rotation", "shaft")
    heat = Port("thermal", "housing")
    radial_load_n = drive("N", "Radial load F_r", default=0.0, low=0.0)
    axial_load_n = drive("N", "Axial load F_a", default=0.0, low=0.0)
    dry_friction_n_m = parameter("N*m", "Dry friction torque τ_c when new", default=0.05, low=0.0)
    viscous_friction_n_m_s = parameter("N*m*s", "Viscous friction b when new", default=5e-4, low=0.0)
    speed_nominal_rad_per_s = parameter("rad/s", "Nominal speed ω_n", default=150.0, low=1e-3)
    wear_per_j = parameter("1/J", "Wear coefficient k", default=1e-9, low=0.0)
    heat_capacity_j_per_k = parameter("J/K", "Heat capacity C of the housing", default=800.0, low=1e-3)
    cooling_w_per_k = parameter("W/K", "Cooling G to the ambient", default=0.5, low=0.0)
    ambient_k = parameter("K", "Ambient temperature T_a", default=293.15, low=230.0, high=400.0)
    vibration_nominal_m_per_s2 = parameter("m/s**2", "Vibration at nominal speed when new, a_n", default=0.5, low=0.0)
    vibration_wear_ratio = parameter("1", "Growth of vibration with wear, k_a", default=2.0, low=0.0)
    load_rating_n = parameter("N", "Dynamic load rating C_r", default=14_800.0, low=1.0)
    life_exponent_ratio = parameter(
        "1", "Life exponent p: 3 for balls, 10/3 for rollers", default=3.0, low=1.0, high=10.0
    )
    radial_factor_ratio = parameter("1", "Factor X of the radial load", default=1.0, low=0.0)
    axial_factor_ratio = parameter("1", "Factor Y of the axial load", default=1.5, low=0.0)
    load_friction_ratio = parameter("1", "Friction μ under load", default=0.0015, low=0.0)
    bore_m = parameter("m", "Bore d", default=0.025, low=1e-4)
    wear_ratio = state("1", "Added friction over new friction, w", low=0.0, slow=True)
    fatigue_ratio = state("1", "Used share of the L10 life, f", low=0.0, slow=True)
    extra_friction_ratio = Correction("1", "Friction that the law misses, x", low=-0.7, high=1.0)
    failures = (
        Failure("bearing worn out", when="wear_ratio", limit=1.0, action="replace bearing"),
        Failure("bearing fatigued", when="fatigue_ratio", limit=1.0, action="replace bearing"),
    )

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Rub."""
        speed = m.shaft.speed_rad_per_s
        speed_ratio = speed / m.speed_nominal_rad_per_s
        width = constants.STILL_RATIO * m.speed_nominal_rad_per_s
        load_n = palmgren.equivalent_n(m.radial_load_n, m.axial_load_n, m.radial_factor_ratio, m.axial_factor_ratio)
        dry_n_m = m.dry_friction_n_m + m.load_friction_ratio * load_n * m.bore_m / 2
        new_n_m = coulomb.friction(speed, dry=dry_n_m, viscous=m.viscous_friction_n_m_s, width=width)
        torque_n_m = new_n_m * (1 + m.wear_ratio) * (1 + m.extra_friction_ratio)
        friction_power_w = torque_n_m * speed
        cooled_w = m.cooling_w_per_k * (m.heat.temperature_k - m.ambient_k)
        warm_ratio = (m.heat.temperature_k - constants.ROOM_K) / constants.WARM_SPAN_K
        return {
            "shaft.torque_n_m": torque_n_m,
            "heat.heat_flow_w": cooled_w - friction_power_w,
            "heat.storage": m.heat_capacity_j_per_k,
            "wear_ratio.rate": archard.wear_rate_per_s(m.wear_per_j, friction_power_w),
            "fatigue_ratio.rate": palmgren.used_per_s(speed, load_n, m.load_rating_n, m.life_exponent_ratio, width),
            "extra_friction_ratio.features": (2 * speed_ratio - 1, warm_ratio - 1),
            "friction_power_w": friction_power_w,
            "vibration_m_per_s2": m.vibration_nominal_m_per_s2
            * speed_ratio**2
            * (1 + m.vibration_wear_ratio * m.wear_ratio),
            "lost_w": cooled_w,
        }
