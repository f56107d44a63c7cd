"""Gas through a restriction: choked above a critical pressure ratio, an ellipse below it.

Equations  m = C ρ_0 p_up sqrt(T_0 / T_up) ω        ω = 1 for r <= b, else sqrt(1 - ((r - b) / (1 - b))²)
           hole: C ρ_0 = C_d A sqrt(κ / (R T_0)) g^((κ + 1) / (2 (κ - 1)))    b = g^(κ / (κ - 1))    g = 2 / (κ + 1)
Symbols    m mass flow, C sonic conductance, ρ_0 and T_0 reference density and temperature, p_up and T_up upstream, r
           downstream over upstream absolute pressure, b critical pressure ratio, A area, C_d discharge coefficient, κ
           heat capacity ratio, R gas constant
Source     ISO 6358-1:2013; hole: isentropic nozzle, Saint-Venant, Wantzel (1839). Written as p_up ω (1 - b) =
           sqrt(d (2 (1 - b) p_up - d)) with d = min(p_up - p_dn, (1 - b) p_up), smooth but for the root at d = 0
Valid      ideal gas; where the pressure difference is below the named width flow is linear in it. Of an ideal nozzle
           the ellipse differs by at most 0.15 % of the choked flow for air
"""

from typing import Any

import sympy as sp

from physics.laws import constants, smooth


def mass_flow_kg_per_s(
    conductance_m3_per_s_pa: Any, critical_ratio: Any, a_pa: Any, b_pa: Any, a_k: Any, b_k: Any
) -> Any:
    """Mass flow from a to b; `a_k` and `b_k` are the temperatures of what would flow from there."""
    drop_pa = a_pa - b_pa
    size_pa = smooth.absolute(drop_pa, constants.STILL_PRESSURE_PA)
    direction = drop_pa / size_pa
    upper_pa = (a_pa + b_pa + size_pa) / 2
    choke_pa = (1 - critical_ratio) * upper_pa
    felt_pa = sp.Piecewise((choke_pa, size_pa >= choke_pa), (size_pa, True))
    shape = direction * sp.sqrt(felt_pa * (2 * choke_pa - felt_pa)) / (1 - critical_ratio)
    upstream_k = ((1 + direction) * a_k + (1 - direction) * b_k) / 2
    sonic = conductance_m3_per_s_pa * constants.REFERENCE_AIR_KG_PER_M3
    return sonic * sp.sqrt(constants.ROOM_K / upstream_k) * shape


def critical_ratio(heat_ratio: Any) -> Any:
    """Pressure ratio at which an ideal nozzle chokes, 0.528 for air."""
    return (2 / (heat_ratio + 1)) ** (heat_ratio / (heat_ratio - 1))


def conductance_of_hole(area_m2: Any, discharge_ratio: Any, heat_ratio: Any, gas_constant_j_per_kg_k: Any) -> Any:
    """Sonic conductance of a hole, m³/(s Pa)."""
    power = (heat_ratio + 1) / (2 * (heat_ratio - 1))
    choked = sp.sqrt(heat_ratio) * (2 / (heat_ratio + 1)) ** power / sp.sqrt(gas_constant_j_per_kg_k * constants.ROOM_K)
    return discharge_ratio * area_m2 * choked / constants.REFERENCE_AIR_KG_PER_M3
