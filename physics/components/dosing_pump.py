"""Pump that pushes a flow in proportion to a voltage, whatever the pressure.

Equations  Q = (1 + x) k (|u| - u_0)+ sign(u)        m = ρ Q
Symbols    Q volume flow, k gain, u voltage, u_0 voltage at which it begins to turn, ρ density, x learned extra flow
Source     positive displacement at a speed proportional to the voltage beyond what friction takes; smooth.beyond
Valid      no slip, no pressure limit; the power comes from outside the model
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Correction, Port, drive, parameter
from physics.laws import convection, smooth

EDGE_V = 0.01
"""Width over which the pump begins to turn; small beside any working voltage."""


class DosingPump(Component):
    """Small volumetric pump on a voltage."""

    name = "dosing_pump"
    inlet = Port("liquid", "suction side")
    outlet = Port("liquid", "pressure side")
    voltage_v = drive("V", "Drive voltage u", default=0.0)
    gain_m3_per_s_v = parameter("m**3/(s*V)", "Flow per volt, k", default=1e-6, low=0.0)
    dead_voltage_v = parameter("V", "Voltage u_0 at which it begins to turn", default=0.0, low=0.0)
    density_kg_per_m3 = parameter("kg/m**3", "Density ρ", default=998.2, low=1.0)
    voltage_scale_v = parameter("V", "Voltage that counts as one for the learned part", default=3.0, low=1e-6)
    extra_flow_ratio = Correction("1", "Flow that is not in proportion to the voltage, x", low=-0.5, high=0.5)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Push."""
        turning_v = smooth.beyond(m.voltage_v, m.dead_voltage_v, EDGE_V)
        flow_m3_per_s = m.gain_m3_per_s_v * turning_v * (1 + m.extra_flow_ratio)
        return {
            **convection.passage(m, m.density_kg_per_m3 * flow_m3_per_s),
            "extra_flow_ratio.features": (m.voltage_v / m.voltage_scale_v,),
            "flow_m3_per_s": flow_m3_per_s,
            "supplied_w": flow_m3_per_s * (m.outlet.pressure_pa - m.inlet.pressure_pa),
        }
