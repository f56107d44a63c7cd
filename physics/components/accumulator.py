"""Hydraulic accumulator: gas behind a bladder is pressed together by the liquid; the gas escapes over the years.

Equations  p = p_0 (1 - g) (V_0 / (V_0 - V))^n        dV/dt = m / ρ        M c dT/dt = H - h m        dg/dt = k p / p_0
Symbols    p absolute pressure, p_0 precharge, V_0 gas volume at precharge, V liquid inside, n polytropic exponent, m
           and H mass and enthalpy flows in, ρ density, T and h temperature and enthalpy of the liquid, M its mass, g
           share of the gas lost, k rate of permeation at p_0
Source     polytropic gas: n = 1 slow and isothermal, 1.4 fast and adiabatic nitrogen, ISO 4413; permeation in
           proportion to pressure
Valid      0 <= V < 0.95 V_0. Empty, the bladder lies on its valve: the pressure falls to zero as a hundredth of V_0
           more is drawn. Work of the gas is stored as far as n says, its heat is not followed
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Correction, Failure, Port, parameter, state
from physics.laws import convection, smooth

EMPTY_RATIO, CORNER_RATIO = 1e-2, 1e-4
"""Of V_0: what can still be drawn while the bladder closes its valve, and the width of that corner."""


class Accumulator(Component):
    """Gas-charged accumulator."""

    name = "accumulator"
    tap = Port("liquid", "where it is filled and emptied", fixes=True)
    gas_volume_m3 = parameter("m**3", "Gas volume V_0 at precharge", default=1e-2, low=1e-7)
    precharge_pa = parameter("Pa", "Absolute precharge p_0", default=1.5e5, low=1e3)
    exponent_ratio = parameter("1", "Polytropic exponent n", default=1.2, low=1.0, high=1.7)
    permeation_per_s = parameter("1/s", "Share of gas k lost per second at precharge", default=0.0, low=0.0)
    density_kg_per_m3 = parameter("kg/m**3", "Density ρ", default=998.2, low=1.0)
    specific_heat_j_per_kg_k = parameter("J/(kg*K)", "Specific heat c", default=4182.0, low=100.0)
    liquid_m3 = state("m**3", "Liquid inside, V", default=1e-3, low=0.0, nominal=1e-3)
    temperature_k = state("K", "Temperature T of the liquid", default=293.15, nominal=300.0)
    gas_loss_ratio = state("1", "Share g of the gas that is lost", low=0.0, high=0.9, slow=True)
    extra_pressure_ratio = Correction("1", "Pressure that the exponent misses, x", low=-0.2, high=0.2)
    failures = (Failure("precharge lost", when="gas_loss_ratio", limit=0.3, action="recharge"),)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Give the pressure of the gas to what is joined."""
        empty_m3 = smooth.positive_part(-m.liquid_m3, CORNER_RATIO * m.gas_volume_m3)
        pressed = (1 - m.liquid_m3 / m.gas_volume_m3) ** -m.exponent_ratio
        bare_pa = m.precharge_pa * (1 - m.gas_loss_ratio)
        pressure_pa = bare_pa * (pressed * (1 + m.extra_pressure_ratio) - empty_m3 / (EMPTY_RATIO * m.gas_volume_m3))
        enthalpy_j_per_kg = convection.enthalpy_j_per_kg(m.temperature_k, m.specific_heat_j_per_kg_k)
        film_m3 = EMPTY_RATIO * m.gas_volume_m3
        mass_kg = m.density_kg_per_m3 * (film_m3 + smooth.positive_part(m.liquid_m3, film_m3))
        gained_w = m.tap.enthalpy_flow_w - enthalpy_j_per_kg * m.tap.mass_flow_kg_per_s
        filled_m3_per_s = m.tap.mass_flow_kg_per_s / m.density_kg_per_m3
        return {
            "tap.pressure_pa": pressure_pa,
            "tap.enthalpy_j_per_kg": enthalpy_j_per_kg,
            "liquid_m3.rate": filled_m3_per_s,
            "temperature_k.rate": gained_w / (mass_kg * m.specific_heat_j_per_kg_k),
            "gas_loss_ratio.rate": m.permeation_per_s * smooth.positive_part(pressure_pa / m.precharge_pa, EMPTY_RATIO),
            "extra_pressure_ratio.features": (m.liquid_m3 / m.gas_volume_m3,),
            "stored_w": pressure_pa * filled_m3_per_s + m.tap.enthalpy_flow_w,
        }
