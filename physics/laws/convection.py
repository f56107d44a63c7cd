"""Heat that a stream carries with it, taken from where the stream comes from.

Equations  H = m h_up = ½ (m + |m|) h_a + ½ (m - |m|) h_b
Symbols    m mass flow from a to b, h_a and h_b specific enthalpies at the ends, H convected enthalpy flow
Source     upstream differencing: Patankar (1980), Numerical Heat Transfer and Fluid Flow, section 5.2
Valid      no conduction along the stream; still water mixes as if 0.05 g/s flowed both ways
"""

from typing import Any

from physics.laws import constants, smooth


def enthalpy_flow_w(mass_flow_kg_per_s: Any, from_j_per_kg: Any, to_j_per_kg: Any) -> Any:
    """Enthalpy flow from end a to end b, W."""
    size = smooth.absolute(mass_flow_kg_per_s, constants.STILL_FLOW_KG_PER_S)
    return ((mass_flow_kg_per_s + size) * from_j_per_kg + (mass_flow_kg_per_s - size) * to_j_per_kg) / 2


def enthalpy_j_per_kg(temperature_k: Any, specific_heat_j_per_kg_k: Any) -> Any:
    """Specific enthalpy counted from the ice point."""
    return specific_heat_j_per_kg_k * (temperature_k - constants.ICE_POINT_K)


def temperature_k(enthalpy_j_per_kg: Any, specific_heat_j_per_kg_k: Any) -> Any:
    """Temperature of a liquid of that specific enthalpy."""
    return constants.ICE_POINT_K + enthalpy_j_per_kg / specific_heat_j_per_kg_k


def passage(m: Any, mass_flow_kg_per_s: Any, added_w: Any = 0) -> dict[str, Any]:
    """Port flows of a part with `inlet` and `outlet` that lets a stream through and adds heat to it."""
    carried_w = enthalpy_flow_w(mass_flow_kg_per_s, m.inlet.enthalpy_j_per_kg, m.outlet.enthalpy_j_per_kg)
    return {
        "inlet.mass_flow_kg_per_s": mass_flow_kg_per_s,
        "outlet.mass_flow_kg_per_s": -mass_flow_kg_per_s,
        "inlet.enthalpy_flow_w": carried_w,
        "outlet.enthalpy_flow_w": -carried_w - added_w,
    }
