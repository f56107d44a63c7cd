"""Air cooler with a fan whose speed sets the heat transfer; it fouls.

Equations  Q = |m| c (1 - exp(-G / (|m| c))) (T_up - T_a)        G = (1 + x) [G_n + G_f s^0.6] / (1 + f)
           df/dt = k s        P_fan = P_n s³        V = K root(Δp / 1 bar)
Symbols    Q heat to the air, m mass flow, G conductance, G_n at still fan, G_f added by the full fan, s fan speed
           ratio, f fouling, T_up entering stream, T_a air, V volume flow, K flow coefficient, P fan power, x learned
           extra transfer
Source     physics/laws/exchanger.py; exponent 0.6 for cross flow over tubes: Žukauskas (1972), Adv. Heat Transfer 8,
           93; fan affinity law
Valid      air of one temperature; the stream's own content is neglected
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Correction, Failure, Port, parameter, state
from physics.laws import constants, convection, exchanger, smooth, valve_characteristic

CROSS_FLOW_EXPONENT = 0.6


class Cooler(Component):
    """Dry cooler."""

    name = "cooler"
    inlet = Port("liquid", "warm inlet")
    outlet = Port("liquid", "cold outlet")
    air = Port("thermal", "cooling air")
    fan = Port("signal", "fan speed, 0 to 1")
    conductance_still_w_per_k = parameter("W/K", "Conductance G_n with the fan at rest", default=200.0, low=0.0)
    conductance_fan_w_per_k = parameter("W/K", "Conductance G_f that the full fan adds", default=2000.0, low=0.0)
    fan_power_w = parameter("W", "Fan power P_n at full speed", default=750.0, low=0.0)
    flow_coefficient_m3_per_s = parameter("m**3/s", "Flow K at 1 bar of loss", default=2e-3, low=1e-9)
    flow_nominal_m3_per_s = parameter("m**3/s", "Nominal flow", default=1e-3, low=1e-9)
    fouling_per_s = parameter("1/s", "Fouling k at full fan", default=0.0, low=0.0)
    density_kg_per_m3 = parameter("kg/m**3", "Density ρ", default=998.2, low=1.0)
    specific_heat_j_per_kg_k = parameter("J/(kg*K)", "Specific heat c", default=4182.0, low=100.0)
    fouling_ratio = state("1", "Added thermal resistance over clean resistance, f", low=0.0, slow=True)
    extra_transfer_ratio = Correction("1", "Heat transfer that the law misses, x", low=-0.6, high=0.6)
    failures = (Failure("fins blocked", when="fouling_ratio", limit=1.0, action="wash"),)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Cool the stream."""
        speed = smooth.positive_part(m.fan.value, constants.STILL_RATIO)
        drop_pa = m.inlet.pressure_pa - m.outlet.pressure_pa
        flow_m3_per_s = valve_characteristic.flow_m3_per_s(m.flow_coefficient_m3_per_s, drop_pa)
        loss_w = drop_pa * flow_m3_per_s
        mass_flow_kg_per_s = m.density_kg_per_m3 * flow_m3_per_s
        clean_w_per_k = m.conductance_still_w_per_k + m.conductance_fan_w_per_k * speed**CROSS_FLOW_EXPONENT
        heat = exchanger.exchange(
            mass_flow_kg_per_s,
            m.inlet.enthalpy_j_per_kg,
            m.outlet.enthalpy_j_per_kg,
            convection.enthalpy_j_per_kg(m.air.temperature_k, m.specific_heat_j_per_kg_k),
            clean_w_per_k * (1 + m.extra_transfer_ratio) / (1 + m.fouling_ratio),
            m.specific_heat_j_per_kg_k,
        )
        air_ratio = (m.air.temperature_k - constants.ROOM_K) / constants.WARM_SPAN_K
        fan_power_w = m.fan_power_w * speed**3
        return {
            "inlet.mass_flow_kg_per_s": mass_flow_kg_per_s,
            "outlet.mass_flow_kg_per_s": -mass_flow_kg_per_s,
            "inlet.enthalpy_flow_w": heat.at_a_w,
            "outlet.enthalpy_flow_w": heat.at_b_w - loss_w,
            "air.heat_flow_w": -heat.heat_w,
            "fouling_ratio.rate": m.fouling_per_s * speed,
            "extra_transfer_ratio.features": (2 * speed - 1, flow_m3_per_s / m.flow_nominal_m3_per_s - 1, air_ratio),
            "flow_m3_per_s": flow_m3_per_s,
            "heat_flow_w": heat.heat_w,
            "fan_electric_w": fan_power_w,
            "supplied_w": fan_power_w,
            "lost_w": fan_power_w,
        }
