"""Heat that a stream carries with it, taken from where the stream comes from.

Equations  H = m h_up = ½ (m + |m|) h_a + ½ (m - |m|) h_b        casing: M c dT/dt = H_in - H_out + losses
Symbols    m mass flow from a to b, h_a and h_b specific enthalpies at the ends, H convected enthalpy flow,
           M liquid in a casing, T its temperature
Source     upstream differencing: Patankar (1980), Numerical Heat Transfer and Fluid Flow, section 5.2
Valid      no conduction along the stream; still water mixes as if 0.05 g/s flowed both ways, still gas as 0.5 mg/s
"""

from typing import Any

from physics.laws import constants, smooth


def enthalpy_flow_w(mass_flow_kg_per_s: Any, from_j_per_kg: Any, to_j_per_kg: Any, still_kg_per_s: Any = None) -> Any:
    """Enthalpy flow from end a to end b, W; `still_kg_per_s` is the width of the turn, that of liquids if not given."""
    still = constants.STILL_FLOW_KG_PER_S if still_kg_per_s is None else still_kg_per_s
    size = smooth.absolute(mass_flow_kg_per_s, still)
    return ((mass_flow_kg_per_s + size) * from_j_per_kg + (mass_flow_kg_per_s - size) * to_j_per_kg) / 2


def enthalpy_j_per_kg(temperature_k: Any, specific_heat_j_per_kg_k: Any) -> Any:
    """Specific enthalpy counted from the ice point."""
    return specific_heat_j_per_kg_k * (temperature_k - constants.ICE_POINT_K)


def temperature_k(enthalpy_j_per_kg: Any, specific_heat_j_per_kg_k: Any) -> Any:
    """Temperature of a liquid of that specific enthalpy."""
    return constants.ICE_POINT_K + enthalpy_j_per_kg / specific_heat_j_per_kg_k


def passage(m: Any, mass_flow_kg_per_s: Any, added_w: Any = 0, still_kg_per_s: Any = None) -> dict[str, Any]:
    """Port flows of a part with `inlet` and `outlet` that lets a stream through and adds heat to it."""
    carried_w = enthalpy_flow_w(
        mass_flow_kg_per_s, m.inlet.enthalpy_j_per_kg, m.outlet.enthalpy_j_per_kg, still_kg_per_s
    )
    return {
        "inlet.mass_flow_kg_per_s": mass_flow_kg_per_s,
        "outlet.mass_flow_kg_per_s": -mass_flow_kg_per_s,
        "inlet.enthalpy_flow_w": carried_w,
        "outlet.enthalpy_flow_w": -carried_w - added_w,
    }


def casing(m: Any, mass_flow_kg_per_s: Any, loss_w: Any) -> dict[str, Any]:
    """The same through a casing whose content, at `temperature_k`, takes up the losses."""
    here = enthalpy_j_per_kg(m.temperature_k, m.specific_heat_j_per_kg_k)
    entering_w = enthalpy_flow_w(mass_flow_kg_per_s, m.inlet.enthalpy_j_per_kg, here)
    leaving_w = enthalpy_flow_w(mass_flow_kg_per_s, here, m.outlet.enthalpy_j_per_kg)
    capacity_j_per_k = m.density_kg_per_m3 * m.casing_volume_m3 * m.specific_heat_j_per_kg_k
    gained_w = entering_w - leaving_w + loss_w
    return {
        "inlet.mass_flow_kg_per_s": mass_flow_kg_per_s,
        "outlet.mass_flow_kg_per_s": -mass_flow_kg_per_s,
        "inlet.enthalpy_flow_w": entering_w,
        "outlet.enthalpy_flow_w": -leaving_w,
        "temperature_k.rate": gained_w / capacity_j_per_k,
        "stored_w": gained_w,
    }
