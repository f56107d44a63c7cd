"""Open, well mixed tank; what rises above the rim is spilled.

Equations  A dL/dt = Σ m / ρ - Q_over      M c dT/dt = Σ (H - h m) + heat - G (T - T_a)      p = p_atm + ρ g L
           Q_over = (1 + x) weir(L - L_rim)
Symbols    L level, A area, m and H mass and enthalpy flows in, T temperature, M content, G wall conductance, T_a
           ambient, x learned extra overflow
Source     physics/laws/stirred_tank.py, physics/laws/weir.py
Valid      0 < L; mixed at once; open to the atmosphere
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Correction, Port, parameter, state
from physics.laws import constants, stirred_tank, weir


class Tank(Component):
    """Open tank with a bottom connection, an inflow above the water, and a heat connection."""

    name = "tank"
    bottom = Port("liquid", "connection at the bottom", fixes=True)
    top = Port("liquid", "inflow above the surface, at atmospheric pressure", fixes=True)
    heat = Port("thermal", "heat brought to the content", fixes=True)
    area_m2 = parameter("m**2", "Cross section A", default=1.0, low=1e-5)
    rim_level_m = parameter("m", "Level at which it overflows, L_rim", default=1.5, low=1e-3)
    rim_width_m = parameter("m", "Width of the rim that water runs over", default=0.5, low=0.0)
    discharge_ratio = parameter("1", "Discharge coefficient of the rim", default=0.6, low=0.0, high=1.0)
    loss_w_per_k = parameter("W/K", "Heat loss G of wall and surface", default=0.0, low=0.0)
    ambient_k = parameter("K", "Temperature T_a around it", default=293.15, low=230.0, high=400.0)
    density_kg_per_m3 = parameter("kg/m**3", "Density ρ", default=998.2, low=1.0)
    specific_heat_j_per_kg_k = parameter("J/(kg*K)", "Specific heat c", default=4182.0, low=100.0)
    level_m = state("m", "Level L above the bottom", default=0.5, nominal=1.0)
    temperature_k = state("K", "Temperature T of the content", default=293.15, nominal=300.0)
    extra_overflow_ratio = Correction("1", "Overflow that the weir law misses, x", low=-0.9, high=2.0)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Balance water and heat."""
        overflow = weir.flow_m3_per_s(m.discharge_ratio, m.rim_width_m, m.level_m - m.rim_level_m)
        loss_w = m.loss_w_per_k * (m.temperature_k - m.ambient_k)
        content = stirred_tank.Content(
            m.area_m2,
            m.level_m,
            m.temperature_k,
            m.density_kg_per_m3,
            m.specific_heat_j_per_kg_k,
            mass_flow_kg_per_s=m.top.mass_flow_kg_per_s + m.bottom.mass_flow_kg_per_s,
            enthalpy_flow_w=m.top.enthalpy_flow_w + m.bottom.enthalpy_flow_w,
            heat_flow_w=m.heat.heat_flow_w - loss_w,
            overflow_m3_per_s=overflow * (1 + m.extra_overflow_ratio),
        )
        return {
            "bottom.pressure_pa": content.bottom_pressure_pa,
            "bottom.enthalpy_j_per_kg": content.enthalpy_j_per_kg,
            "top.pressure_pa": constants.ATMOSPHERE_PA,
            "top.enthalpy_j_per_kg": content.enthalpy_j_per_kg,
            "heat.temperature_k": m.temperature_k,
            "level_m.rate": content.level_rate_m_per_s,
            "temperature_k.rate": content.temperature_rate_k_per_s,
            "extra_overflow_ratio.features": (m.level_m / m.rim_level_m, 20 * (m.level_m / m.rim_level_m - 1)),
            "overflow_m3_per_s": content.overflow_m3_per_s,
            "volume_m3": m.area_m2 * m.level_m,
            "elevation_w": constants.GRAVITY_M_PER_S2 * m.level_m * m.top.mass_flow_kg_per_s,
            "stored_w": content.stored_w,
            "lost_w": content.spilled_w + loss_w,
        }
