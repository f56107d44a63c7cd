"""Gas pipe, laminar to rough.

Equations  m = ρ_m A v(p_1 - p_2) / sqrt(1 + x)        ρ_m = (p_1 + p_2) / (2 R T_up)
Symbols    m mass flow, p_1 and p_2 absolute pressures at the ends, ρ_m mean density, A cross section, v mean velocity
           after Darcy-Weisbach, R gas constant, T_up temperature of what flows in, x learned extra loss
Source     physics/laws/darcy_weisbach.py; with ρ_m it is the isothermal flow m² = A² D (p_1² - p_2²) / (f L R T) of
           Shapiro (1953), Compressible Fluid Flow, section 6, without the kinetic term
Valid      ideal gas, far from choking (Mach below 0.3), no heat through the wall, no storage: a volume is a receiver
"""

from types import SimpleNamespace
from typing import Any

import sympy as sp

from physics.contract import Component, Correction, Port, parameter
from physics.laws import constants, convection, darcy_weisbach, ideal_gas, smooth


class GasPipe(Component):
    """A run of pipe or hose for compressed air."""

    name = "gas_pipe"
    inlet = Port("gas", "inlet")
    outlet = Port("gas", "outlet")
    length_m = parameter("m", "Length, bends as equivalent length", default=20.0, low=1e-3)
    diameter_m = parameter("m", "Inner diameter", default=0.025, low=1e-4)
    roughness_m = parameter("m", "Wall roughness", default=5e-5, low=0.0)
    dynamic_viscosity_pa_s = parameter("Pa*s", "Dynamic viscosity", default=1.82e-5, low=1e-7)
    gas_constant_j_per_kg_k = parameter("J/(kg*K)", "Gas constant R", default=287.05, low=10.0)
    heat_ratio = parameter("1", "Heat capacity ratio κ", default=1.4, low=1.01, high=1.67)
    extra_loss_ratio = Correction("1", "Pressure loss that the law misses, x", low=-0.5, high=1.0)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Let gas through against wall friction."""
        drop_pa = m.inlet.pressure_pa - m.outlet.pressure_pa
        share = (1 + drop_pa / smooth.absolute(drop_pa, constants.STILL_PRESSURE_PA)) / 2
        upstream_j_per_kg = share * m.inlet.enthalpy_j_per_kg + (1 - share) * m.outlet.enthalpy_j_per_kg
        upstream_k = ideal_gas.temperature_k(upstream_j_per_kg, m.gas_constant_j_per_kg_k, m.heat_ratio)
        middle_pa = (m.inlet.pressure_pa + m.outlet.pressure_pa) / 2
        density_kg_per_m3 = middle_pa / (m.gas_constant_j_per_kg_k * upstream_k)
        nu = m.dynamic_viscosity_pa_s / density_kg_per_m3
        velocity_m_per_s = darcy_weisbach.velocity_m_per_s(
            drop_pa, m.length_m, m.diameter_m, m.roughness_m, nu, density_kg_per_m3
        ) / sp.sqrt(1 + m.extra_loss_ratio)
        mass_flow_kg_per_s = sp.pi / 4 * m.diameter_m**2 * velocity_m_per_s * density_kg_per_m3
        return {
            **convection.passage(m, mass_flow_kg_per_s, still_kg_per_s=constants.STILL_GAS_KG_PER_S),
            "extra_loss_ratio.features": (drop_pa / constants.COEFFICIENT_PRESSURE_PA,),
            "mass_flow_kg_per_s": mass_flow_kg_per_s,
            "velocity_m_per_s": velocity_m_per_s,
        }
