"""Friction brake: clamps on a signal, locks the shaft, fades when hot, and wears its pads.

Equations  T_c dc/dt = clip(command, 0, 1) - c        τ_c = (1 + x) c τ_max exp(-β (T - T_0))
           τ = τ_c [y + T_d dy/dt]        dy/dt = (ω - |ω| y) / δ        C dT/dt = loss - G (T - T_a) + heat
           dw/dt = k loss
Symbols    c clamping, T_c its lag, τ_max full torque when cold, β fade, T disc temperature, T_0 = 20 °C, τ torque, y
           bend of the lining, δ angle at which it slides, T_d its damping time, ω speed, G cooling, T_a ambient, w
           pad wear, k wear coefficient, x learned extra friction
Source     physics/laws/bristle.py, physics/laws/archard.py; fade: Limpert (2011), Brake Design and Safety, chapter 2
Valid      locked below τ_c: the shaft stands, twisted by δ at most; the clamp's work on the bent lining (τ_c δ / 2,
           under a joule) is left out
"""

from types import SimpleNamespace
from typing import Any

import sympy as sp

from physics.contract import Component, Correction, Failure, Port, parameter, state
from physics.laws import archard, bristle, constants, smooth


class Brake(Component):
    """Brake between a shaft and the frame."""

    name = "brake"
    shaft = Port("rotation", "shaft")
    heat = Port("thermal", "disc")
    command = Port("signal", "wanted clamping, 0 open to 1 full")
    torque_max_n_m = parameter("N*m", "Torque τ_max, fully clamped and cold", default=50.0, low=1e-6)
    fade_per_k = parameter("1/K", "Fade β", default=5e-4, low=0.0, high=0.1)
    clamp_time_s = parameter("s", "Lag T_c of the clamp", default=0.05, low=1e-3)
    slide_rad = parameter("rad", "Angle δ at which the lining slides", default=5e-3, low=1e-6)
    damping_s = parameter("s", "Damping time T_d of the lining", default=1e-3, low=0.0)
    speed_nominal_rad_per_s = parameter("rad/s", "Nominal speed", default=150.0, low=1e-3)
    wear_per_j = parameter("1/J", "Pad wear coefficient k", default=1e-9, low=0.0)
    heat_capacity_j_per_k = parameter("J/K", "Heat capacity C of the disc", default=2000.0, low=1e-3)
    cooling_w_per_k = parameter("W/K", "Cooling G to the ambient", default=3.0, low=0.0)
    ambient_k = parameter("K", "Ambient temperature T_a", default=293.15, low=230.0, high=400.0)
    clamp_ratio = state("1", "Clamping c", low=0.0, high=1.0)
    bend_ratio = state("1", "Bend y of the lining over its largest", low=-1.0, high=1.0)
    pad_wear_ratio = state("1", "Pad wear w, 1 is the limit", low=0.0, slow=True)
    extra_friction_ratio = Correction("1", "Friction that the law misses, x", low=-0.5, high=0.5)
    failures = (Failure("pads worn out", when="pad_wear_ratio", limit=1.0, action="replace pads"),)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Hold or rub."""
        speed, warm_k = m.shaft.speed_rad_per_s, m.heat.temperature_k - constants.ROOM_K
        fade = sp.exp(-m.fade_per_k * warm_k)
        grip = bristle.grip(
            speed,
            m.bend_ratio,
            m.torque_max_n_m * m.clamp_ratio * fade * (1 + m.extra_friction_ratio),
            slide=m.slide_rad,
            damping_s=m.damping_s,
            width=constants.LOCKED_RATIO * m.speed_nominal_rad_per_s,
        )
        cooled_w = m.cooling_w_per_k * (m.heat.temperature_k - m.ambient_k)
        wanted = smooth.clip(m.command.value, 0, 1, constants.END_RATIO)
        return {
            "shaft.torque_n_m": grip.friction,
            "heat.heat_flow_w": cooled_w - grip.lost_w,
            "heat.storage": m.heat_capacity_j_per_k,
            "clamp_ratio.rate": (wanted - m.clamp_ratio) / m.clamp_time_s,
            "bend_ratio.rate": grip.bend_rate_per_s,
            "pad_wear_ratio.rate": archard.wear_rate_per_s(m.wear_per_j, grip.lost_w),
            "extra_friction_ratio.features": (
                speed / m.speed_nominal_rad_per_s,
                warm_k / constants.WARM_SPAN_K,
            ),
            "torque_n_m": grip.friction,
            "loss_w": grip.lost_w,
            "stored_w": grip.stored_w,
            "lost_w": cooled_w,
        }
