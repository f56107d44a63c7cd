"""Rolling or plain bearing that warms up and wears.

Equations  τ = (1 + x) (1 + w) [τ_c tanh(ω / ω_w) + b ω]        dw/dt = k τ ω        C dT/dt = τ ω - G (T - T_a) + heat
           a = a_n (ω / ω_n)² (1 + k_a w)
Symbols    τ friction torque, ω speed, w wear, τ_c dry and b viscous friction when new, k wear coefficient, T housing
           temperature, G cooling, T_a ambient, a vibration, x learned extra friction
Source     physics/laws/coulomb.py, physics/laws/archard.py; unbalance force ∝ ω², ISO 21940
Valid      steady lubrication; the grease's own temperature effect is left to the learned part
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Correction, Failure, Port, parameter, state
from physics.laws import archard, constants, coulomb


class Bearing(Component):
    """Bearing on a shaft."""

    name = "bearing"
    critical = True
    shaft = Port("rotation", "shaft")
    heat = Port("thermal", "housing")
    dry_friction_n_m = parameter("N*m", "Dry friction torque τ_c when new", default=0.05, low=0.0)
    viscous_friction_n_m_s = parameter("N*m*s", "Viscous friction b when new", default=5e-4, low=0.0)
    speed_nominal_rad_per_s = parameter("rad/s", "Nominal speed ω_n", default=150.0, low=1e-3)
    wear_per_j = parameter("1/J", "Wear coefficient k", default=1e-9, low=0.0)
    heat_capacity_j_per_k = parameter("J/K", "Heat capacity C of the housing", default=800.0, low=1e-3)
    cooling_w_per_k = parameter("W/K", "Cooling G to the ambient", default=0.5, low=0.0)
    ambient_k = parameter("K", "Ambient temperature T_a", default=293.15, low=230.0, high=400.0)
    vibration_nominal_m_per_s2 = parameter("m/s**2", "Vibration at nominal speed when new, a_n", default=0.5, low=0.0)
    vibration_wear_ratio = parameter("1", "Growth of vibration with wear, k_a", default=2.0, low=0.0)
    wear_ratio = state("1", "Added friction over new friction, w", low=0.0, slow=True)
    extra_friction_ratio = Correction("1", "Friction that the law misses, x", low=-0.7, high=1.0)
    failures = (Failure("bearing worn out", when="wear_ratio", limit=1.0, action="replace bearing"),)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Rub."""
        speed = m.shaft.speed_rad_per_s
        speed_ratio = speed / m.speed_nominal_rad_per_s
        new_n_m = coulomb.friction(
            speed,
            dry=m.dry_friction_n_m,
            viscous=m.viscous_friction_n_m_s,
            width=constants.STILL_RATIO * m.speed_nominal_rad_per_s,
        )
        torque_n_m = new_n_m * (1 + m.wear_ratio) * (1 + m.extra_friction_ratio)
        friction_power_w = torque_n_m * speed
        cooled_w = m.cooling_w_per_k * (m.heat.temperature_k - m.ambient_k)
        warm_ratio = (m.heat.temperature_k - constants.ROOM_K) / constants.WARM_SPAN_K
        return {
            "shaft.torque_n_m": torque_n_m,
            "heat.heat_flow_w": cooled_w - friction_power_w,
            "heat.storage": m.heat_capacity_j_per_k,
            "wear_ratio.rate": archard.wear_rate_per_s(m.wear_per_j, friction_power_w),
            "extra_friction_ratio.features": (2 * speed_ratio - 1, warm_ratio - 1),
            "friction_power_w": friction_power_w,
            "vibration_m_per_s2": m.vibration_nominal_m_per_s2
            * speed_ratio**2
            * (1 + m.vibration_wear_ratio * m.wear_ratio),
            "lost_w": cooled_w,
        }
