"""Control valve whose stem sticks in its packing until the actuator has pulled hard enough; packing and seat wear.

Equations  e = clip(command, 0, 1) - o        do/dt = e / τ while it moves, else 0
           it begins to move when |e| > S (1 + w_p), and sticks again when |e| < J S
           Q = (1 + x) K [f(o) + (1 - f(o)) k_s w] root(Δp / 1 bar)        dw/dt = k |Δp Q|        dw_p/dt = k_p |do/dt|
Symbols    o opening, e how far the actuator is ahead of the stem, τ actuator lag, S stick band, J share of it at which
           motion ends, w_p packing wear, Q volume flow, K flow coefficient, f characteristic, w seat wear, k_s leak of
           a worn seat, Δp drop, x learned extra flow
Source     stick band and slip jump: Choudhury, Thornhill, Shah (2005), doi:10.1016/j.conengprac.2004.05.005; flow:
           physics/laws/valve_characteristic.py; wear after physics/laws/archard.py
Valid      0 <= o <= 1; incompressible, no choking or cavitation; the spring of the actuator follows the command at once
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Correction, Failure, Port, mode, parameter, state
from physics.laws import archard, constants, convection, smooth, valve_characteristic


class StictionValve(Component):
    """A valve that a controller moves, with a stem that sticks."""

    name = "stiction_valve"
    inlet = Port("liquid", "inlet")
    outlet = Port("liquid", "outlet")
    command = Port("signal", "wanted opening, 0 to 1")
    flow_coefficient_m3_per_s = parameter("m**3/s", "Flow K when open, at 1 bar", default=2e-3, low=0.0)
    rangeability_ratio = parameter("1", "Rangeability R; near 1 is linear", default=30.0, low=1.01)
    seat_leak_ratio = parameter("1", "Share of K that a fully worn seat leaks, k_s", default=0.05, low=0.0, high=1.0)
    wear_per_j = parameter("1/J", "Seat wear coefficient k", default=0.0, low=0.0)
    packing_wear_per_stroke_ratio = parameter("1", "Packing wear k_p per full stroke", default=0.0, low=0.0)
    density_kg_per_m3 = parameter("kg/m**3", "Density ρ", default=998.2, low=1.0)
    actuator_lag_s = parameter("s", "Time constant τ of the stem while it moves", default=1.0, low=1e-2)
    stick_ratio = parameter("1", "Stick band S of a new packing", default=0.03, low=1e-4, high=0.5)
    slip_ratio = parameter("1", "Share J of the stick band at which motion ends", default=0.3, low=0.01, high=0.9)
    moving = mode("whether the stem moves")
    opening_ratio = state("1", "Opening o, 0 shut to 1 open", default=0.5, low=0.0, high=1.0)
    seat_wear_ratio = state("1", "Seat wear w, 1 is the limit", low=0.0, slow=True)
    packing_wear_ratio = state("1", "Added stick band over that of a new packing, w_p", low=0.0, slow=True)
    extra_flow_ratio = Correction("1", "Flow that the law misses, x", low=-0.5, high=0.5)
    failures = (
        Failure("seat worn out", when="seat_wear_ratio", limit=1.0, action="replace seat"),
        Failure("packing sticks", when="packing_wear_ratio", limit=2.0, action="replace packing"),
    )

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Move in jumps, and throttle."""
        ahead = smooth.clip(m.command.value, 0, 1, constants.STILL_RATIO) - m.opening_ratio
        band = m.stick_ratio * (1 + m.packing_wear_ratio)
        far = smooth.absolute(ahead, constants.STILL_RATIO * m.stick_ratio)
        drop_pa = m.inlet.pressure_pa - m.outlet.pressure_pa
        share = valve_characteristic.opening_share(m.opening_ratio, m.rangeability_ratio)
        leaking = share + (1 - share) * m.seat_leak_ratio * m.seat_wear_ratio
        coefficient_m3_per_s = m.flow_coefficient_m3_per_s * leaking * (1 + m.extra_flow_ratio)
        flow_m3_per_s = valve_characteristic.flow_m3_per_s(coefficient_m3_per_s, drop_pa)
        loss_w = drop_pa * flow_m3_per_s
        return {
            **convection.passage(m, m.density_kg_per_m3 * flow_m3_per_s, loss_w),
            "moving.on": far - band,
            "moving.off": m.slip_ratio * m.stick_ratio - far,
            "opening_ratio.rate": m.moving * ahead / m.actuator_lag_s,
            "seat_wear_ratio.rate": archard.wear_rate_per_s(m.wear_per_j, loss_w),
            "packing_wear_ratio.rate": m.packing_wear_per_stroke_ratio * m.moving * far / m.actuator_lag_s,
            "extra_flow_ratio.features": (2 * m.opening_ratio - 1, drop_pa / constants.COEFFICIENT_PRESSURE_PA),
            "flow_m3_per_s": flow_m3_per_s,
            "stem_error_ratio": ahead,
            "loss_w": loss_w,
        }
