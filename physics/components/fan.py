"""Fan on a duct with a damper: power grows with the cube of speed, blades foul and its bearing wears.

Equations  Q = Q_max n o / root(c)        Δp = Δp_0 n |n| k / c        c = (1 + f)² o² + k
           τ = (1 + x) [Δp_0 Q |n| / ω_n + τ_0 n |n|] + b (1 + w) ω        df/dt = k_f Q        dw/dt = k_w b (1 + w) ω²
Symbols    n speed over nominal ω_n, Q air flow, Q_max flow without a duct, Δp pressure rise, Δp_0 shut off at n = 1, k
           loss of the duct with open damper at Q_max over Δp_0, o damper opening, τ shaft torque, τ_0 disc friction, b
           bearing drag, f fouling, w bearing wear, x learned extra torque
Source     affinity laws, physics/laws/affinity.py; duct loss ∝ Q²; physics/laws/archard.py
Valid      incompressible air of constant density, curve falls over all flows, 0 <= o <= 1
"""

from types import SimpleNamespace
from typing import Any

import sympy as sp

from physics.contract import Component, Correction, Failure, Port, drive, parameter, state
from physics.laws import affinity, archard, constants, smooth


class Fan(Component):
    """Fan and its duct, seen from the shaft."""

    name = "fan"
    shaft = Port("rotation", "shaft")
    damper_ratio = drive("1", "Damper opening o", default=1.0, low=0.0, high=1.0)
    speed_nominal_rad_per_s = parameter("rad/s", "Nominal speed ω_n", default=150.0, low=1e-3)
    pressure_shutoff_pa = parameter("Pa", "Pressure Δp_0 without flow at nominal speed", default=1200.0, low=1.0)
    flow_max_m3_per_s = parameter("m**3/s", "Flow Q_max without pressure at nominal speed", default=2.0, low=1e-6)
    duct_ratio = parameter("1", "Duct loss k at Q_max over Δp_0", default=1.0, low=1e-3)
    disc_torque_n_m = parameter("N*m", "Disc friction τ_0 at nominal speed", default=1.0, low=0.0)
    drag_n_m_s = parameter("N*m*s", "Bearing drag b when new", default=1e-3, low=0.0)
    inertia_kg_m2 = parameter("kg*m**2", "Impeller inertia", default=0.3, low=1e-9)
    fouling_per_m3 = parameter("1/m**3", "Fouling k_f per air volume", default=0.0, low=0.0)
    wear_per_j = parameter("1/J", "Bearing wear coefficient k_w", default=0.0, low=0.0)
    fouling_ratio = state("1", "Fouling of the blades f", low=0.0, slow=True)
    bearing_wear_ratio = state("1", "Added bearing drag over new drag, w", low=0.0, slow=True)
    extra_torque_ratio = Correction("1", "Air torque that the law misses, x", low=-0.3, high=0.5)
    failures = (
        Failure("blades fouled", when="fouling_ratio", limit=0.3, action="clean blades"),
        Failure("bearing worn out", when="bearing_wear_ratio", limit=1.0, action="replace bearing"),
    )

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Move air."""
        speed = m.shaft.speed_rad_per_s
        n = speed / m.speed_nominal_rad_per_s
        loss = ((1 + m.fouling_ratio) * m.damper_ratio) ** 2 + m.duct_ratio
        flow_m3_per_s = m.flow_max_m3_per_s * n * m.damper_ratio / sp.sqrt(loss)
        air_n_m = affinity.impeller_torque_n_m(
            n, flow_m3_per_s, m.pressure_shutoff_pa, m.speed_nominal_rad_per_s
        ) + affinity.disc_torque_n_m(n, m.disc_torque_n_m)
        drag_n_m = m.drag_n_m_s * (1 + m.bearing_wear_ratio) * speed
        torque_n_m = air_n_m * (1 + m.extra_torque_ratio) + drag_n_m
        squared = smooth.signed_square(n, constants.STILL_RATIO)
        return {
            "shaft.torque_n_m": torque_n_m,
            "shaft.storage": m.inertia_kg_m2,
            "fouling_ratio.rate": m.fouling_per_m3 * flow_m3_per_s * smooth.sign(n, constants.STILL_RATIO),
            "bearing_wear_ratio.rate": archard.wear_rate_per_s(m.wear_per_j, drag_n_m * speed),
            "extra_torque_ratio.features": (2 * n - 1, 2 * m.damper_ratio - 1),
            "flow_m3_per_s": flow_m3_per_s,
            "pressure_rise_pa": m.pressure_shutoff_pa * squared * m.duct_ratio / loss,
            "shaft_power_w": torque_n_m * speed,
            "lost_w": torque_n_m * speed,
        }
