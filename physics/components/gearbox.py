"""Gear stage or belt drive whose teeth give way a little under load, and wear.

Equations  τ_a = d (ω_a - r ω_b) + (1 + x) (1 + w) τ_l tanh(ω_a / ω_w)        τ_b = -r d (ω_a - r ω_b)
           dw/dt = k P_loss
Symbols    ω_a, ω_b speed of fast and slow shaft, r ratio, d mesh damping, τ_l load-free loss torque at the fast
           shaft, w wear, k wear coefficient, τ_a, τ_b torque into the gear, x learned extra loss
Source     Niemann, Winter (2003), Maschinenelemente 2: load-free losses; physics/laws/archard.py
Valid      the slip over the mesh, τ / d, is small against the speed (0.1 % by default: 1000 times the rated torque is
           d ω)
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Correction, Failure, Port, parameter, state
from physics.laws import archard, constants, smooth


class Gearbox(Component):
    """One gear ratio between two shafts."""

    name = "gearbox"
    shaft_in = Port("rotation", "fast shaft")
    shaft_out = Port("rotation", "slow shaft")
    gear_ratio = parameter("1", "Ratio r, fast over slow speed", default=10.0, low=1e-3)
    mesh_damping_n_m_s = parameter("N*m*s", "Mesh damping d at the fast shaft", default=30.0, low=1e-6)
    loss_torque_n_m = parameter("N*m", "Load-free loss torque τ_l at the fast shaft when new", default=0.1, low=0.0)
    speed_nominal_rad_per_s = parameter("rad/s", "Nominal speed of the fast shaft", default=150.0, low=1e-3)
    wear_per_j = parameter("1/J", "Wear coefficient k", default=0.0, low=0.0)
    wear_ratio = state("1", "Added loss over new loss, w", low=0.0, slow=True)
    extra_loss_ratio = Correction("1", "Loss that the law misses, x", low=-0.7, high=1.0)
    failures = (Failure("gear worn out", when="wear_ratio", limit=1.0, action="replace gearbox"),)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Pass torque on, less the losses."""
        speed = m.shaft_in.speed_rad_per_s
        slip = speed - m.gear_ratio * m.shaft_out.speed_rad_per_s
        mesh_n_m = m.mesh_damping_n_m_s * slip
        turning = smooth.sign(speed, constants.STILL_RATIO * m.speed_nominal_rad_per_s)
        loss_n_m = m.loss_torque_n_m * (1 + m.wear_ratio) * (1 + m.extra_loss_ratio) * turning
        loss_w = loss_n_m * speed + mesh_n_m * slip
        return {
            "shaft_in.torque_n_m": mesh_n_m + loss_n_m,
            "shaft_out.torque_n_m": -m.gear_ratio * mesh_n_m,
            "wear_ratio.rate": archard.wear_rate_per_s(m.wear_per_j, loss_n_m * speed),
            "extra_loss_ratio.features": (2 * speed / m.speed_nominal_rad_per_s - 1,),
            "torque_n_m": mesh_n_m,
            "loss_w": loss_w,
            "lost_w": loss_w,
        }
