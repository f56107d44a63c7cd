"""Filter that clogs with what it catches.

Equations  V = root(Δp / [(1 + x) (1 + w) Δp_n]) V_n        dw/dt = k |V|
Symbols    V volume flow, Δp pressure drop, Δp_n drop of a clean filter at nominal flow V_n, w added resistance, k
           clogging per volume passed, x learned extra resistance
Source     blocking filtration: resistance grows with the volume filtered, Hermia (1982), Trans. IChemE 60, 183
Valid      turbulent in the housing; constant load of dirt
"""

from types import SimpleNamespace
from typing import Any

import sympy as sp

from physics.contract import Component, Correction, Failure, Port, parameter, state
from physics.laws import constants, convection, smooth


class Filter(Component):
    """Strainer or cartridge."""

    name = "filter"
    inlet = Port("liquid", "dirty side")
    outlet = Port("liquid", "clean side")
    drop_nominal_pa = parameter("Pa", "Pressure drop Δp_n of a clean filter at nominal flow", default=1e4, low=1.0)
    flow_nominal_m3_per_s = parameter("m**3/s", "Nominal flow V_n", default=1e-3, low=1e-9)
    clogging_per_m3 = parameter("1/m**3", "Clogging k per volume passed", default=0.0, low=0.0)
    density_kg_per_m3 = parameter("kg/m**3", "Density ρ", default=998.2, low=1.0)
    clog_ratio = state("1", "Added resistance over clean resistance, w", low=0.0, slow=True)
    extra_loss_ratio = Correction("1", "Pressure loss that the law misses, x", low=-0.5, high=1.0)
    failures = (Failure("clogged", when="clog_ratio", limit=4.0, action="replace cartridge"),)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Let water through against the cake."""
        drop_pa = m.inlet.pressure_pa - m.outlet.pressure_pa
        resisting_pa = m.drop_nominal_pa * (1 + m.clog_ratio)
        width = constants.STILL_PRESSURE_PA / m.drop_nominal_pa
        expected = m.flow_nominal_m3_per_s * smooth.signed_root(drop_pa / resisting_pa, width)
        flow_m3_per_s = expected / sp.sqrt(1 + m.extra_loss_ratio)
        passed_m3_per_s = smooth.absolute(flow_m3_per_s, constants.STILL_RATIO * m.flow_nominal_m3_per_s)
        loss_w = drop_pa * flow_m3_per_s
        return {
            **convection.passage(m, m.density_kg_per_m3 * flow_m3_per_s, loss_w),
            "clog_ratio.rate": m.clogging_per_m3 * passed_m3_per_s,
            "extra_loss_ratio.features": (expected / m.flow_nominal_m3_per_s - 1,),
            "flow_m3_per_s": flow_m3_per_s,
            "drop_pa": drop_pa,
            "loss_w": loss_w,
        }
