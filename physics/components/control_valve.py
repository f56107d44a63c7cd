"""Control valve with an actuator that follows a signal; its seat wears.

Equations  Q = (1 + x) K [f(o) + (1 - f(o)) k_s w] root(Δp / 1 bar)        dw/dt = k |Δp Q|
           τ do/dt = clip(command, 0, 1) - o
Symbols    Q volume flow, K flow coefficient, f characteristic, o opening, τ actuator lag, w seat wear, k_s leak of a
           worn seat, Δp drop, x learned extra flow
Source     physics/laws/valve_characteristic.py; wear by throttled power after physics/laws/archard.py
Valid      0 <= o <= 1; incompressible, no choking or cavitation
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Correction, Failure, Port, parameter, state
from physics.laws import archard, constants, convection, smooth, valve_characteristic


class ControlValve(Component):
    """A valve that a controller moves."""

    name = "control_valve"
    inlet = Port("liquid", "inlet")
    outlet = Port("liquid", "outlet")
    command = Port("signal", "wanted opening, 0 to 1")
    flow_coefficient_m3_per_s = parameter("m**3/s", "Flow K when open, at 1 bar", default=2e-3, low=0.0)
    rangeability_ratio = parameter("1", "Rangeability R; near 1 is linear", default=30.0, low=1.01)
    seat_leak_ratio = parameter("1", "Share of K that a fully worn seat leaks, k_s", default=0.05, low=0.0, high=1.0)
    wear_per_j = parameter("1/J", "Seat wear coefficient k", default=0.0, low=0.0)
    density_kg_per_m3 = parameter("kg/m**3", "Density ρ", default=998.2, low=1.0)
    actuator_lag_s = parameter("s", "Time constant τ of the actuator", default=3.0, low=1e-2)
    opening_ratio = state("1", "Opening o, 0 shut to 1 open", default=0.5, low=0.0, high=1.0)
    seat_wear_ratio = state("1", "Seat wear w, 1 is the limit", low=0.0, slow=True)
    extra_flow_ratio = Correction("1", "Flow that the law misses, x", low=-0.5, high=0.5)
    failures = (Failure("seat worn out", when="seat_wear_ratio", limit=1.0, action="replace seat"),)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Throttle."""
        wanted = smooth.clip(m.command.value, 0, 1, constants.STILL_RATIO)
        drop_pa = m.inlet.pressure_pa - m.outlet.pressure_pa
        share = valve_characteristic.opening_share(m.opening_ratio, m.rangeability_ratio)
        leaking = share + (1 - share) * m.seat_leak_ratio * m.seat_wear_ratio
        coefficient_m3_per_s = m.flow_coefficient_m3_per_s * leaking * (1 + m.extra_flow_ratio)
        flow_m3_per_s = valve_characteristic.flow_m3_per_s(coefficient_m3_per_s, drop_pa)
        loss_w = drop_pa * flow_m3_per_s
        return {
            **convection.passage(m, m.density_kg_per_m3 * flow_m3_per_s, loss_w),
            "opening_ratio.rate": (wanted - m.opening_ratio) / m.actuator_lag_s,
            "seat_wear_ratio.rate": archard.wear_rate_per_s(m.wear_per_j, loss_w),
            "extra_flow_ratio.features": (2 * m.opening_ratio - 1, drop_pa / constants.COEFFICIENT_PRESSURE_PA),
            "flow_m3_per_s": flow_m3_per_s,
            "loss_w": loss_w,
        }
