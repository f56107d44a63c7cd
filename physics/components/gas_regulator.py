"""Pressure regulator: a diaphragm throttles what flows through so that the pressure behind it holds.

Equations  m = C' ρ_0 p_up sqrt(T_0 / T_up) ω(p_dn / p_up)        C' = (1 + x) C [o + (1 - o) k_s w]
           o = step((p_s - p_out) / p_b)        dw/dt = k |m|
Symbols    m mass flow, C sonic conductance when open, ω ISO 6358's ellipse, p_s pressure at which it shuts, p_b droop
           from shut to fully open, o lift, w seat wear, k_s leak of a worn seat, k wear per mass passed, x learned
           extra flow
Source     physics/laws/choked.py; droop of a spring-loaded diaphragm, ISO 6953-1; erosion in proportion to what passes
Valid      ideal gas, not relieving: a pressure above p_s stays until somebody uses the gas; no inertia of the diaphragm
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Correction, Failure, Port, drive, parameter, state
from physics.laws import choked, constants, convection, ideal_gas, smooth


class GasRegulator(Component):
    """Pressure-reducing valve for compressed air."""

    name = "gas_regulator"
    inlet = Port("gas", "mains side")
    outlet = Port("gas", "regulated side")
    set_pa = drive("Pa", "Absolute pressure p_s at which it shuts", default=5e5, low=1.0)
    droop_pa = parameter("Pa", "Pressure p_b below p_s at which it is fully open", default=3e4, low=1.0)
    conductance_m3_per_s_pa = parameter("m**3/(s*Pa)", "Sonic conductance C when open", default=5e-8, low=0.0)
    critical_ratio = parameter("1", "Critical pressure ratio b", default=0.3, low=0.0, high=0.6)
    seat_leak_ratio = parameter("1", "Share of C that a fully worn seat leaks, k_s", default=0.02, low=0.0, high=1.0)
    wear_per_kg = parameter("1/kg", "Seat wear k per mass passed", default=0.0, low=0.0)
    gas_constant_j_per_kg_k = parameter("J/(kg*K)", "Gas constant R", default=287.05, low=10.0)
    heat_ratio = parameter("1", "Heat capacity ratio κ", default=1.4, low=1.01, high=1.67)
    seat_wear_ratio = state("1", "Seat wear w, 1 is the limit", low=0.0, slow=True)
    extra_flow_ratio = Correction("1", "Flow that the law misses, x", low=-0.5, high=0.5)
    failures = (Failure("seat worn out", when="seat_wear_ratio", limit=1.0, action="replace seat"),)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Throttle towards the set pressure."""
        lift = smooth.step(m.set_pa - m.outlet.pressure_pa, m.droop_pa)
        leaking = lift + (1 - lift) * m.seat_leak_ratio * m.seat_wear_ratio
        conductance = m.conductance_m3_per_s_pa * leaking * (1 + m.extra_flow_ratio)
        inlet_k = ideal_gas.temperature_k(m.inlet.enthalpy_j_per_kg, m.gas_constant_j_per_kg_k, m.heat_ratio)
        outlet_k = ideal_gas.temperature_k(m.outlet.enthalpy_j_per_kg, m.gas_constant_j_per_kg_k, m.heat_ratio)
        mass_flow_kg_per_s = choked.mass_flow_kg_per_s(
            conductance, m.critical_ratio, m.inlet.pressure_pa, m.outlet.pressure_pa, inlet_k, outlet_k
        )
        passed_kg_per_s = smooth.absolute(mass_flow_kg_per_s, constants.STILL_GAS_KG_PER_S)
        missing = (m.set_pa - m.outlet.pressure_pa) / constants.COEFFICIENT_PRESSURE_PA
        return {
            **convection.passage(m, mass_flow_kg_per_s, still_kg_per_s=constants.STILL_GAS_KG_PER_S),
            "seat_wear_ratio.rate": m.wear_per_kg * passed_kg_per_s,
            "extra_flow_ratio.features": (missing, m.inlet.pressure_pa / m.set_pa - 1),
            "mass_flow_kg_per_s": mass_flow_kg_per_s,
            "lift_ratio": lift,
        }
