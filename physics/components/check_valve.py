"""Check valve: opens in one direction, leaks a little in the other; its seat wears.

Equations  V = K [l + (1 - l) s(Δp)] root(Δp / 1 bar)        s(Δp) = step((Δp - Δp_o) / Δp_w)
           l = ε + (1 - ε) k_s w        dw/dt = k |Δp V|
Symbols    V volume flow, K flow coefficient, Δp pressure drop, l share that leaks when shut, ε that of a new seat, k_s
           that of a worn seat, w seat wear, k wear coefficient, Δp_o opening pressure, Δp_w width over which the disc
           lifts, s lift: 0 up to Δp_o, 1 from Δp_o + Δp_w on
Source     physics/laws/valve_characteristic.py, physics/laws/archard.py; a spring-loaded disc lifts over
           a band of pressure. It stays on its seat up to Δp_o >= 0, so that flow rises with Δp everywhere: lift grows
           only where Δp is positive
Valid      no inertia of the disc, no slam
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Failure, Port, parameter, state
from physics.laws import archard, convection, smooth, valve_characteristic


class CheckValve(Component):
    """Non-return valve."""

    name = "check_valve"
    inlet = Port("liquid", "inlet")
    outlet = Port("liquid", "outlet")
    flow_coefficient_m3_per_s = parameter("m**3/s", "Flow K when open, at 1 bar", default=3e-3, low=0.0)
    leak_ratio = parameter("1", "Share ε of K that leaks when shut", default=1e-3, low=0.0, high=1.0)
    opening_pa = parameter("Pa", "Opening pressure Δp_o", default=1e3, low=0.0)
    width_pa = parameter("Pa", "Width Δp_w over which the disc lifts", default=5e2, low=1.0)
    seat_leak_ratio = parameter("1", "Share of K that a fully worn seat leaks, k_s", default=0.05, low=0.0, high=1.0)
    wear_per_j = parameter("1/J", "Seat wear coefficient k", default=0.0, low=0.0)
    density_kg_per_m3 = parameter("kg/m**3", "Density ρ", default=998.2, low=1.0)
    seat_wear_ratio = state("1", "Seat wear w, 1 is the limit", low=0.0, slow=True)
    failures = (Failure("seat worn out", when="seat_wear_ratio", limit=1.0, action="replace seat"),)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Let water through one way."""
        drop_pa = m.inlet.pressure_pa - m.outlet.pressure_pa
        lifted = smooth.step(drop_pa - m.opening_pa, m.width_pa)
        leaking = m.leak_ratio + (1 - m.leak_ratio) * m.seat_leak_ratio * m.seat_wear_ratio
        share = leaking + (1 - leaking) * lifted
        flow_m3_per_s = valve_characteristic.flow_m3_per_s(m.flow_coefficient_m3_per_s * share, drop_pa)
        loss_w = drop_pa * flow_m3_per_s
        return {
            **convection.passage(m, m.density_kg_per_m3 * flow_m3_per_s, loss_w),
            "seat_wear_ratio.rate": archard.wear_rate_per_s(m.wear_per_j, loss_w),
            "flow_m3_per_s": flow_m3_per_s,
            "loss_w": loss_w,
        }
