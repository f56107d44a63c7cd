"""Stream that exchanges heat with a wall: cooling jacket, radiator or one side of a plate exchanger; it fouls.

Equations  Q = |m| c (1 - exp(-G / (|m| c))) (T_up - T_w)        G = (1 + x) G_0 / (1 + f)        df/dt = k |V|
           V = K root(Δp / 1 bar)
Symbols    Q heat to the wall, m mass flow, G conductance, G_0 clean, f fouling, T_up entering stream, T_w wall, V
           volume flow, K flow coefficient, Δp pressure drop, k fouling per volume passed, x learned extra transfer
Source     physics/laws/exchanger.py; deposit in proportion to the throughput: Kern, Seaton (1959), Brit. Chem. Eng.
           4, 258
Valid      wall of one temperature; the stream's own content is neglected
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Correction, Failure, Port, parameter, state
from physics.laws import constants, convection, exchanger, smooth, valve_characteristic


class HeatExchanger(Component):
    """Passage with a heat-exchanging wall."""

    name = "heat_exchanger"
    inlet = Port("liquid", "inlet")
    outlet = Port("liquid", "outlet")
    wall = Port("thermal", "wall, or what stands behind it")
    conductance_w_per_k = parameter("W/K", "Conductance G_0 when clean", default=500.0, low=0.0)
    flow_coefficient_m3_per_s = parameter("m**3/s", "Flow K at 1 bar of loss", default=2e-3, low=1e-9)
    flow_nominal_m3_per_s = parameter("m**3/s", "Nominal flow", default=1e-3, low=1e-9)
    fouling_per_m3 = parameter("1/m**3", "Fouling k per volume passed", default=0.0, low=0.0)
    density_kg_per_m3 = parameter("kg/m**3", "Density ρ", default=998.2, low=1.0)
    specific_heat_j_per_kg_k = parameter("J/(kg*K)", "Specific heat c", default=4182.0, low=100.0)
    fouling_ratio = state("1", "Added thermal resistance over clean resistance, f", low=0.0, slow=True)
    extra_transfer_ratio = Correction("1", "Heat transfer that the law misses, x", low=-0.6, high=0.6)
    failures = (Failure("fouled", when="fouling_ratio", limit=1.0, action="clean"),)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Exchange heat and lose a little pressure."""
        drop_pa = m.inlet.pressure_pa - m.outlet.pressure_pa
        flow_m3_per_s = valve_characteristic.flow_m3_per_s(m.flow_coefficient_m3_per_s, drop_pa)
        loss_w = drop_pa * flow_m3_per_s
        mass_flow_kg_per_s = m.density_kg_per_m3 * flow_m3_per_s
        clean_w_per_k = m.conductance_w_per_k * (1 + m.extra_transfer_ratio)
        heat = exchanger.exchange(
            mass_flow_kg_per_s,
            m.inlet.enthalpy_j_per_kg,
            m.outlet.enthalpy_j_per_kg,
            convection.enthalpy_j_per_kg(m.wall.temperature_k, m.specific_heat_j_per_kg_k),
            clean_w_per_k / (1 + m.fouling_ratio),
            m.specific_heat_j_per_kg_k,
        )
        passed_m3_per_s = smooth.absolute(flow_m3_per_s, constants.STILL_RATIO * m.flow_nominal_m3_per_s)
        warm_ratio = (m.wall.temperature_k - constants.ROOM_K) / constants.WARM_SPAN_K
        return {
            "inlet.mass_flow_kg_per_s": mass_flow_kg_per_s,
            "outlet.mass_flow_kg_per_s": -mass_flow_kg_per_s,
            "inlet.enthalpy_flow_w": heat.at_a_w,
            "outlet.enthalpy_flow_w": heat.at_b_w - loss_w,
            "wall.heat_flow_w": -heat.heat_w,
            "fouling_ratio.rate": m.fouling_per_m3 * passed_m3_per_s,
            "extra_transfer_ratio.features": (flow_m3_per_s / m.flow_nominal_m3_per_s - 1, warm_ratio),
            "flow_m3_per_s": flow_m3_per_s,
            "heat_flow_w": heat.heat_w,
            "loss_w": loss_w,
        }
