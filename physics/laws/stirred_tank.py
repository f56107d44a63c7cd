"""An open, well mixed tank: what its level and temperature do.

Equations  A dL/dt = Σ m / ρ - Q_over      ρ A L c dT/dt = Σ (H - h m) + heat      p = p_atm + ρ g L
Symbols    L level, A area, m mass flows in, ρ density, Q_over overflow, T temperature, c specific heat, H enthalpy
           flows in, h enthalpy of the content, p pressure at the bottom
Source     mass and energy balance; hydrostatics
Valid      level above the bottom outlet; the content is mixed at once
"""

from dataclasses import dataclass
from typing import Any

from physics.laws import constants, convection, smooth


@dataclass(frozen=True)
class Content:
    """What is in the tank and what it exchanges, each a symbol or an expression in SI."""

    area_m2: Any
    level_m: Any
    temperature_k: Any
    density_kg_per_m3: Any
    specific_heat_j_per_kg_k: Any
    mass_flow_kg_per_s: Any
    enthalpy_flow_w: Any
    heat_flow_w: Any
    overflow_m3_per_s: Any

    @property
    def enthalpy_j_per_kg(self) -> Any:
        """Specific enthalpy of the content."""
        return convection.enthalpy_j_per_kg(self.temperature_k, self.specific_heat_j_per_kg_k)

    @property
    def bottom_pressure_pa(self) -> Any:
        """Pressure at the bottom under an open surface."""
        return constants.ATMOSPHERE_PA + self.density_kg_per_m3 * constants.GRAVITY_M_PER_S2 * self.level_m

    @property
    def level_rate_m_per_s(self) -> Any:
        """How fast the level rises."""
        return (self.mass_flow_kg_per_s / self.density_kg_per_m3 - self.overflow_m3_per_s) / self.area_m2

    @property
    def temperature_rate_k_per_s(self) -> Any:
        """How fast the content warms; an emptied tank keeps a film, so that this stays finite."""
        film_m = 10 * constants.EDGE_LEVEL_M
        mass_kg = self.density_kg_per_m3 * self.area_m2 * smooth.positive_part(self.level_m, film_m)
        gained_w = self.enthalpy_flow_w - self.enthalpy_j_per_kg * self.mass_flow_kg_per_s + self.heat_flow_w
        return gained_w / (mass_kg * self.specific_heat_j_per_kg_k)

    @property
    def stored_w(self) -> Any:
        """Rate at which heat, potential energy and displaced atmosphere are stored."""
        net_kg_per_s = self.mass_flow_kg_per_s - self.density_kg_per_m3 * self.overflow_m3_per_s
        lifted_w = self.bottom_pressure_pa / self.density_kg_per_m3 * net_kg_per_s
        warmed_w = self.enthalpy_flow_w + self.heat_flow_w - self.spilled_heat_w
        return lifted_w + warmed_w

    @property
    def spilled_heat_w(self) -> Any:
        """Enthalpy that leaves over the rim."""
        return self.density_kg_per_m3 * self.overflow_m3_per_s * self.enthalpy_j_per_kg

    @property
    def spilled_w(self) -> Any:
        """All power that leaves over the rim."""
        return self.spilled_heat_w + self.overflow_m3_per_s * self.bottom_pressure_pa
