"""Heat exchanger with two streams in counterflow, as a plate or tube bundle; it fouls.

Equations  Q = counterflow(ΔT, G, |m_h| c_h, |m_c| c_c)        G = (1 + x) G_0 / (1 + f)
           V = K root(Δp / 1 bar) on each side        df/dt = k_h |V_h| + k_c |V_c|
Symbols    Q heat from the hot (h) to the cold (c) stream, ΔT difference of the entering temperatures, m mass
           flows, c specific heats, G conductance, G_0 clean, f fouling, V volume flows, K flow coefficients, Δp
           pressure drops, k fouling per volume passed, x learned extra transfer
Source     physics/laws/counterflow.py; deposit in proportion to the throughput: Kern, Seaton (1959), Brit. Chem. Eng.
           4, 258
Valid      both streams forward or both backward; the streams' own content is neglected
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Correction, Failure, Port, parameter, state
from physics.laws import constants, convection, counterflow, smooth, valve_characteristic


class CounterflowExchanger(Component):
    """Plate or tube heat exchanger."""

    name = "counterflow_exchanger"
    inlet_hot = Port("liquid", "where the hot stream enters")
    outlet_hot = Port("liquid", "where the hot stream leaves")
    inlet_cold = Port("liquid", "where the cold stream enters, at the other end")
    outlet_cold = Port("liquid", "where the cold stream leaves")
    conductance_w_per_k = parameter("W/K", "Conductance G_0 when clean", default=3000.0, low=0.0)
    flow_coefficient_hot_m3_per_s = parameter("m**3/s", "Flow K of the hot stream at 1 bar", default=2e-3, low=1e-9)
    flow_coefficient_cold_m3_per_s = parameter("m**3/s", "Flow K of the cold stream at 1 bar", default=2e-3, low=1e-9)
    flow_nominal_m3_per_s = parameter("m**3/s", "Nominal flow of either stream", default=1e-3, low=1e-9)
    fouling_hot_per_m3 = parameter("1/m**3", "Fouling k_h per volume of the hot stream", default=0.0, low=0.0)
    fouling_cold_per_m3 = parameter("1/m**3", "Fouling k_c per volume of the cold stream", default=0.0, low=0.0)
    density_hot_kg_per_m3 = parameter("kg/m**3", "Density of the hot stream", default=998.2, low=1.0)
    density_cold_kg_per_m3 = parameter("kg/m**3", "Density of the cold stream", default=998.2, low=1.0)
    specific_heat_hot_j_per_kg_k = parameter("J/(kg*K)", "Specific heat of the hot stream", default=4182.0, low=100.0)
    specific_heat_cold_j_per_kg_k = parameter("J/(kg*K)", "Specific heat of the cold stream", default=4182.0, low=100.0)
    fouling_ratio = state("1", "Added thermal resistance over clean resistance, f", low=0.0, slow=True)
    extra_transfer_ratio = Correction("1", "Heat transfer that the law misses, x", low=-0.6, high=0.6)
    failures = (Failure("fouled", when="fouling_ratio", limit=1.0, action="clean"),)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Exchange heat between two streams that each lose a little pressure."""
        hot = _Stream(m, "hot", m.inlet_hot, m.outlet_hot)
        cold = _Stream(m, "cold", m.inlet_cold, m.outlet_cold)
        conductance = m.conductance_w_per_k * (1 + m.extra_transfer_ratio) / (1 + m.fouling_ratio)
        heat_w = counterflow.heat_w(
            hot.entering_k - cold.entering_k, conductance, hot.capacity_w_per_k, cold.capacity_w_per_k
        )
        return {
            **hot.flows(-heat_w),
            **cold.flows(heat_w),
            "fouling_ratio.rate": m.fouling_hot_per_m3 * hot.passed_m3_per_s
            + m.fouling_cold_per_m3 * cold.passed_m3_per_s,
            "extra_transfer_ratio.features": (
                hot.flow_m3_per_s / m.flow_nominal_m3_per_s - 1,
                cold.flow_m3_per_s / m.flow_nominal_m3_per_s - 1,
            ),
            "flow_hot_m3_per_s": hot.flow_m3_per_s,
            "flow_cold_m3_per_s": cold.flow_m3_per_s,
            "heat_flow_w": heat_w,
        }


class _Stream:
    """One side: what flows, how warm it enters, and what its ends take."""

    def __init__(self, m: SimpleNamespace, side: str, inlet: Any, outlet: Any) -> None:
        coefficient, density, heat, nominal = (
            vars(m)[name]
            for name in (
                f"flow_coefficient_{side}_m3_per_s",
                f"density_{side}_kg_per_m3",
                f"specific_heat_{side}_j_per_kg_k",
                "flow_nominal_m3_per_s",
            )
        )
        self.side, self.inlet, self.outlet = side, inlet, outlet
        self.drop_pa = inlet.pressure_pa - outlet.pressure_pa
        self.flow_m3_per_s = valve_characteristic.flow_m3_per_s(coefficient, self.drop_pa)
        self.mass_flow_kg_per_s = density * self.flow_m3_per_s
        size = smooth.absolute(self.mass_flow_kg_per_s, constants.STILL_FLOW_KG_PER_S)
        self.forward = (1 + self.drop_pa / smooth.absolute(self.drop_pa, constants.STILL_PRESSURE_PA)) / 2
        self.capacity_w_per_k = size * heat
        entering = self.forward * inlet.enthalpy_j_per_kg + (1 - self.forward) * outlet.enthalpy_j_per_kg
        self.entering_k = convection.temperature_k(entering, heat)
        self.passed_m3_per_s = smooth.absolute(self.flow_m3_per_s, constants.STILL_RATIO * nominal)

    def flows(self, added_w: Any) -> dict[str, Any]:
        """Flows at both ends of a stream that takes up `added_w` where it leaves, and its own pressure loss."""
        carried_w = convection.enthalpy_flow_w(
            self.mass_flow_kg_per_s, self.inlet.enthalpy_j_per_kg, self.outlet.enthalpy_j_per_kg
        )
        loss_w = self.drop_pa * self.flow_m3_per_s
        return {
            f"inlet_{self.side}.mass_flow_kg_per_s": self.mass_flow_kg_per_s,
            f"outlet_{self.side}.mass_flow_kg_per_s": -self.mass_flow_kg_per_s,
            f"inlet_{self.side}.enthalpy_flow_w": carried_w - (1 - self.forward) * added_w,
            f"outlet_{self.side}.enthalpy_flow_w": -carried_w - self.forward * added_w - loss_w,
        }
