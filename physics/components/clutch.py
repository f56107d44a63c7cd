"""Friction clutch: joins two shafts on a signal, slips until they turn alike, then locks; its lining wears.

Equations  T_c dc/dt = clip(command, 0, 1) - c        τ_c = (1 + x) c τ_max        Δω = ω_a - ω_b
           τ = τ_c [y + T_d dy/dt]        dy/dt = (Δω - |Δω| y) / δ        C dT/dt = loss - G (T - T_a) + heat
           dw/dt = k loss
Symbols    c engagement, T_c its lag, τ_max torque when fully engaged, τ torque from a to b, y bend of the lining, δ
           angle at which it slides, T_d its damping time, ω_a and ω_b speeds, T temperature, G cooling, T_a ambient,
           w lining wear, k wear coefficient, x learned extra friction
Source     physics/laws/bristle.py, physics/laws/archard.py; x falls with the temperature, as linings fade: Limpert
           (2011), Brake Design and Safety, chapter 2
Valid      locked below τ_c, twisted by δ at most; the engaging actuator's work on the bent lining is left out
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Correction, Failure, Port, Trend, parameter, state
from physics.laws import archard, bristle, constants, smooth


class Clutch(Component):
    """Dry clutch between two shafts."""

    name = "clutch"
    shaft_in = Port("rotation", "driving shaft")
    shaft_out = Port("rotation", "driven shaft")
    heat = Port("thermal", "plates")
    command = Port("signal", "wanted engagement, 0 open to 1 closed")
    torque_max_n_m = parameter("N*m", "Torque τ_max when fully engaged", default=50.0, low=1e-6)
    engage_time_s = parameter("s", "Lag T_c of the engagement", default=0.1, low=1e-3)
    slide_rad = parameter("rad", "Angle δ at which the lining slides", default=5e-3, low=1e-6)
    damping_s = parameter("s", "Damping time T_d of the lining", default=1e-3, low=0.0)
    speed_nominal_rad_per_s = parameter("rad/s", "Nominal speed", default=150.0, low=1e-3)
    wear_per_j = parameter("1/J", "Lining wear coefficient k", default=1e-9, low=0.0)
    heat_capacity_j_per_k = parameter("J/K", "Heat capacity C of the plates", default=1500.0, low=1e-3)
    cooling_w_per_k = parameter("W/K", "Cooling G to the ambient", default=2.0, low=0.0)
    ambient_k = parameter("K", "Ambient temperature T_a", default=293.15, low=230.0, high=400.0)
    engaged_ratio = state("1", "Engagement c", low=0.0, high=1.0)
    bend_ratio = state("1", "Bend y of the lining over its largest", low=-1.0, high=1.0)
    lining_wear_ratio = state("1", "Lining wear w, 1 is the limit", low=0.0, slow=True)
    extra_friction_ratio = Correction(
        "1", "Friction that the law misses, x", low=-0.5, high=0.5, trends=(Trend.FREE, Trend.FALLS)
    )
    failures = (Failure("lining worn out", when="lining_wear_ratio", limit=1.0, action="replace lining"),)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Slip or hold."""
        slip = m.shaft_in.speed_rad_per_s - m.shaft_out.speed_rad_per_s
        grip = bristle.grip(
            slip,
            m.bend_ratio,
            m.torque_max_n_m * m.engaged_ratio * (1 + m.extra_friction_ratio),
            slide=m.slide_rad,
            damping_s=m.damping_s,
            width=constants.LOCKED_RATIO * m.speed_nominal_rad_per_s,
        )
        cooled_w = m.cooling_w_per_k * (m.heat.temperature_k - m.ambient_k)
        wanted = smooth.clip(m.command.value, 0, 1, constants.END_RATIO)
        warm_ratio = (m.heat.temperature_k - constants.ROOM_K) / constants.WARM_SPAN_K
        return {
            "shaft_in.torque_n_m": grip.friction,
            "shaft_out.torque_n_m": -grip.friction,
            "heat.heat_flow_w": cooled_w - grip.lost_w,
            "heat.storage": m.heat_capacity_j_per_k,
            "engaged_ratio.rate": (wanted - m.engaged_ratio) / m.engage_time_s,
            "bend_ratio.rate": grip.bend_rate_per_s,
            "lining_wear_ratio.rate": archard.wear_rate_per_s(m.wear_per_j, grip.lost_w),
            "extra_friction_ratio.features": (slip / m.speed_nominal_rad_per_s, warm_ratio),
            "torque_n_m": grip.friction,
            "slip_rad_per_s": slip,
            "loss_w": grip.lost_w,
            "stored_w": grip.stored_w,
            "lost_w": cooled_w,
        }
