"""Pneumatic valve whose opening is given; it chokes, and its seat wears.

Equations  m = C' ρ_0 p_up sqrt(T_0 / T_up) ω(p_dn / p_up)        C' = (1 + x) C [o + (1 - o) k_s w]
           dw/dt = k |Δp| |m| / ρ_up
Symbols    m mass flow, C sonic conductance when open, ω ISO 6358's ellipse, o opening, w seat wear, k_s leak of a worn
           seat, Δp pressure drop, ρ_up density upstream, k wear coefficient, x learned extra flow
Source     physics/laws/choked.py; wear by throttled power after physics/laws/archard.py
Valid      ideal gas, throttled without exchange of heat; 0 <= o <= 1
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Correction, Failure, Port, drive, parameter, state
from physics.laws import archard, choked, constants, convection, ideal_gas, smooth


class PneumaticValve(Component):
    """A valve for compressed air that an input opens."""

    name = "pneumatic_valve"
    inlet = Port("gas", "inlet")
    outlet = Port("gas", "outlet")
    opening_ratio = drive("1", "Opening o, 0 shut to 1 open", default=1.0, low=0.0, high=1.0)
    conductance_m3_per_s_pa = parameter("m**3/(s*Pa)", "Sonic conductance C when open", default=2e-8, low=0.0)
    critical_ratio = parameter("1", "Critical pressure ratio b", default=0.3, low=0.0, high=0.6)
    seat_leak_ratio = parameter("1", "Share of C that a fully worn seat leaks, k_s", default=0.05, low=0.0, high=1.0)
    wear_per_j = parameter("1/J", "Seat wear coefficient k", default=0.0, low=0.0)
    gas_constant_j_per_kg_k = parameter("J/(kg*K)", "Gas constant R", default=287.05, low=10.0)
    heat_ratio = parameter("1", "Heat capacity ratio κ", default=1.4, low=1.01, high=1.67)
    seat_wear_ratio = state("1", "Seat wear w, 1 is the limit", low=0.0, slow=True)
    extra_flow_ratio = Correction("1", "Flow that the law misses, x", low=-0.5, high=0.5)
    failures = (Failure("seat worn out", when="seat_wear_ratio", limit=1.0, action="replace seat"),)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Throttle."""
        leaking = m.opening_ratio + (1 - m.opening_ratio) * m.seat_leak_ratio * m.seat_wear_ratio
        conductance = m.conductance_m3_per_s_pa * leaking * (1 + m.extra_flow_ratio)
        inlet_k = ideal_gas.temperature_k(m.inlet.enthalpy_j_per_kg, m.gas_constant_j_per_kg_k, m.heat_ratio)
        outlet_k = ideal_gas.temperature_k(m.outlet.enthalpy_j_per_kg, m.gas_constant_j_per_kg_k, m.heat_ratio)
        mass_flow_kg_per_s = choked.mass_flow_kg_per_s(
            conductance, m.critical_ratio, m.inlet.pressure_pa, m.outlet.pressure_pa, inlet_k, outlet_k
        )
        drop_pa = m.inlet.pressure_pa - m.outlet.pressure_pa
        volume_m3_per_kg = m.gas_constant_j_per_kg_k * inlet_k / m.inlet.pressure_pa
        still_w = constants.STILL_GAS_KG_PER_S * volume_m3_per_kg * constants.STILL_PRESSURE_PA
        throttled_w = smooth.absolute(mass_flow_kg_per_s * volume_m3_per_kg * drop_pa, still_w)
        return {
            **convection.passage(m, mass_flow_kg_per_s, still_kg_per_s=constants.STILL_GAS_KG_PER_S),
            "seat_wear_ratio.rate": archard.wear_rate_per_s(m.wear_per_j, throttled_w),
            "extra_flow_ratio.features": (2 * m.opening_ratio - 1, drop_pa / constants.COEFFICIENT_PRESSURE_PA),
            "mass_flow_kg_per_s": mass_flow_kg_per_s,
            "drop_pa": drop_pa,
        }
