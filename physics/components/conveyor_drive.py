"""Belt conveyor at its drive drum: the load it drags, and a belt that wears.

Equations  F = (1 + x) (1 + w) μ g (m_b + m_l) tanh(v / v_w) + b v        τ = r F        v = r ω        dw/dt = k F v
Symbols    F drag, μ friction ratio, m_b belt and m_l load mass, v belt speed, r drum radius, ω drum speed, b viscous
           drag, w belt wear, k wear coefficient, x learned extra friction
Source     DIN 22101 main resistance (artificial friction factor); physics/laws/archard.py
Valid      level conveyor, no slip between drum and belt; the load's own inertia is neglected
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Correction, Failure, Port, drive, parameter, state
from physics.laws import archard, constants, smooth


class ConveyorDrive(Component):
    """Drum, belt and what lies on it."""

    name = "conveyor_drive"
    shaft = Port("rotation", "drum shaft")
    load_kg = drive("kg", "Mass of goods on the belt, m_l", default=0.0, low=0.0)
    drum_radius_m = parameter("m", "Drum radius r", default=0.1, low=1e-3)
    belt_mass_kg = parameter("kg", "Moving mass of belt and rollers, m_b", default=60.0, low=1e-3)
    friction_ratio = parameter("1", "Friction ratio μ when new", default=0.03, low=0.0)
    viscous_n_s_per_m = parameter("N*s/m", "Viscous drag b", default=10.0, low=0.0)
    speed_nominal_m_per_s = parameter("m/s", "Nominal belt speed", default=0.5, low=1e-4)
    load_nominal_kg = parameter("kg", "Nominal load", default=100.0, low=1e-3)
    wear_per_j = parameter("1/J", "Wear coefficient k", default=0.0, low=0.0)
    belt_wear_ratio = state("1", "Added friction over new friction, w", low=0.0, slow=True)
    extra_friction_ratio = Correction("1", "Friction that the law misses, x", low=-0.5, high=1.0)
    failures = (Failure("belt worn out", when="belt_wear_ratio", limit=0.5, action="replace belt"),)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Drag the load."""
        speed_m_per_s = m.drum_radius_m * m.shaft.speed_rad_per_s
        weight_n = constants.GRAVITY_M_PER_S2 * (m.belt_mass_kg + m.load_kg)
        direction = smooth.sign(speed_m_per_s, constants.STILL_RATIO * m.speed_nominal_m_per_s)
        dry_n = m.friction_ratio * weight_n * direction * (1 + m.belt_wear_ratio) * (1 + m.extra_friction_ratio)
        drag_n = dry_n + m.viscous_n_s_per_m * speed_m_per_s
        loss_w = drag_n * speed_m_per_s
        return {
            "shaft.torque_n_m": m.drum_radius_m * drag_n,
            "shaft.storage": m.drum_radius_m**2 * m.belt_mass_kg,
            "belt_wear_ratio.rate": archard.wear_rate_per_s(m.wear_per_j, dry_n * speed_m_per_s),
            "extra_friction_ratio.features": (
                2 * speed_m_per_s / m.speed_nominal_m_per_s - 1,
                2 * m.load_kg / m.load_nominal_kg - 1,
            ),
            "belt_speed_m_per_s": speed_m_per_s,
            "drag_n": drag_n,
            "lost_w": loss_w,
        }
