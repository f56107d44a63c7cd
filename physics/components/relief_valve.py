"""Relief valve: opens at its set pressure, lifts in proportion, reseats lower; its seat wears.

Equations  open when Δp rises above p_s, shut when it falls below p_r
           Q = (1 + x) K [l + (1 - l) k_s w] root(Δp / 1 bar)        l = open · clip((Δp - p_r) / (p_f - p_r), 0, 1)
           dw/dt = k |Δp Q|
Symbols    Δp pressure over the outlet, p_s set pressure, p_r = (1 - b) p_s reseating pressure, p_f = (1 + a) p_s
           pressure of full lift, Q volume flow, K flow coefficient at full lift, l lift, w seat wear, k_s leak of a
           worn seat, k wear coefficient, x learned extra flow
Source     API 520-1 and ISO 4126-1: set pressure, overpressure a, blowdown b; physics/laws/valve_characteristic.py;
           physics/laws/archard.py
Valid      liquid, no inertia of the disc. Something must store where it stands (a tank, an accumulator), or its opening
           shuts it at once and it chatters without end
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Correction, Failure, Port, mode, parameter, state
from physics.laws import archard, constants, convection, smooth, valve_characteristic


class ReliefValve(Component):
    """Safety or relief valve for liquid."""

    name = "relief_valve"
    inlet = Port("liquid", "protected side")
    outlet = Port("liquid", "blow-off side")
    set_pa = parameter("Pa", "Set pressure p_s over the outlet", default=6e5, low=1e3)
    overpressure_ratio = parameter("1", "Overpressure a at full lift", default=0.1, low=0.01, high=1.0)
    blowdown_ratio = parameter("1", "Blowdown b: reseats this share below p_s", default=0.1, low=0.01, high=0.5)
    flow_coefficient_m3_per_s = parameter("m**3/s", "Flow K at full lift, at 1 bar", default=2e-3, low=0.0)
    seat_leak_ratio = parameter("1", "Share of K that a fully worn seat leaks, k_s", default=0.02, low=0.0, high=1.0)
    wear_per_j = parameter("1/J", "Seat wear coefficient k", default=0.0, low=0.0)
    density_kg_per_m3 = parameter("kg/m**3", "Density ρ", default=998.2, low=1.0)
    open = mode("whether it has opened")
    seat_wear_ratio = state("1", "Seat wear w, 1 is the limit", low=0.0, slow=True)
    extra_flow_ratio = Correction("1", "Flow that the law misses, x", low=-0.5, high=0.5)
    failures = (Failure("seat worn out", when="seat_wear_ratio", limit=1.0, action="lap or replace seat"),)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Blow off what is too much."""
        drop_pa = m.inlet.pressure_pa - m.outlet.pressure_pa
        reseat_pa = (1 - m.blowdown_ratio) * m.set_pa
        span_pa = (m.blowdown_ratio + m.overpressure_ratio) * m.set_pa
        lift = m.open * smooth.clip((drop_pa - reseat_pa) / span_pa, 0, 1, constants.STILL_RATIO)
        leaking = lift + (1 - lift) * m.seat_leak_ratio * m.seat_wear_ratio
        coefficient_m3_per_s = m.flow_coefficient_m3_per_s * leaking * (1 + m.extra_flow_ratio)
        flow_m3_per_s = valve_characteristic.flow_m3_per_s(coefficient_m3_per_s, drop_pa)
        loss_w = drop_pa * flow_m3_per_s
        return {
            **convection.passage(m, m.density_kg_per_m3 * flow_m3_per_s, loss_w),
            "open.on": drop_pa - m.set_pa,
            "open.off": reseat_pa - drop_pa,
            "seat_wear_ratio.rate": archard.wear_rate_per_s(m.wear_per_j, loss_w),
            "extra_flow_ratio.features": (lift, drop_pa / m.set_pa),
            "flow_m3_per_s": flow_m3_per_s,
            "lift_ratio": lift,
            "loss_w": loss_w,
        }
