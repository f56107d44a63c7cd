"""Displacement compressor (piston, screw, vane) whose rings or clearances open up.

Equations  m = D ρ_1 ω λ        λ = 1 - ε (r^(1/κ) - 1) - (1 + x) (1 + w) l (r - 1)        r = max(p_2 / p_1, 1)
           P = D ρ_1 ω [1 - ε (r^(1/κ) - 1)] c_p T_1 (r^((κ-1)/κ) - 1) / η        τ = P / ω + τ_c + b ω
           H_2 = m h_1 + (1 - q) P        dw/dt = k P
Symbols    m mass flow, D displacement per radian, ρ_1 and T_1 at the inlet, ω speed, λ volumetric efficiency, ε
           clearance volume over displacement, r pressure ratio, κ heat capacity ratio, l leak of new rings or rotors, w
           wear, P indicated power, η isentropic efficiency, τ_c and b dry and viscous friction, q share of P that the
           jacket or the oil takes, x learned extra leak; what leaks back was compressed and heats what is delivered
Source     Bloch, Hoerner (1996), Reciprocating Compressors, chapter 3 (clearance, volumetric efficiency); isentropic
           work of an ideal gas; wear with indicated work after physics/laws/archard.py
Valid      ω >= 0, no flow backward (valves); ideal gas; p_2 >= p_1, below that it pushes without work
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Correction, Failure, Port, parameter, state
from physics.laws import archard, constants, coulomb, ideal_gas, smooth


class Compressor(Component):
    """Compressor on a shaft."""

    name = "compressor"
    critical = True
    inlet = Port("gas", "suction side")
    outlet = Port("gas", "pressure side")
    shaft = Port("rotation", "drive shaft")
    jacket = Port("thermal", "cooling jacket or oil, takes its share of the work and all friction")
    displacement_m3_per_rad = parameter("m**3/rad", "Displacement D", default=1e-4, low=1e-12)
    clearance_ratio = parameter("1", "Clearance volume ε over displacement", default=0.04, low=0.0, high=0.5)
    leak_ratio = parameter("1", "Leak l of new rings at r = 2 over displacement", default=0.01, low=0.0, high=0.2)
    isentropic_ratio = parameter("1", "Isentropic efficiency η", default=0.75, low=0.1, high=1.0)
    jacket_ratio = parameter("1", "Share q of the work that jacket or oil takes", default=0.3, low=0.0, high=1.0)
    dry_friction_n_m = parameter("N*m", "Dry friction τ_c", default=1.0, low=0.0)
    viscous_friction_n_m_s = parameter("N*m*s", "Viscous friction b", default=5e-3, low=0.0)
    speed_nominal_rad_per_s = parameter("rad/s", "Nominal speed", default=150.0, low=1e-3)
    inertia_kg_m2 = parameter("kg*m**2", "Inertia of crank or rotors", default=0.1, low=1e-9)
    wear_per_j = parameter("1/J", "Wear coefficient k of rings or rotors", default=0.0, low=0.0)
    gas_constant_j_per_kg_k = parameter("J/(kg*K)", "Gas constant R", default=287.05, low=10.0)
    heat_ratio = parameter("1", "Heat capacity ratio κ", default=1.4, low=1.01, high=1.67)
    ring_wear_ratio = state("1", "Added leak over new leak, w", low=0.0, slow=True)
    extra_leak_ratio = Correction("1", "Leak that the law misses, x", low=-0.7, high=1.0)
    failures = (Failure("rings worn out", when="ring_wear_ratio", limit=4.0, action="overhaul"),)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Draw in, compress, push out."""
        speed = m.shaft.speed_rad_per_s
        turning = speed * smooth.step(speed, constants.STILL_RATIO * m.speed_nominal_rad_per_s)
        moving = smooth.step(speed, constants.STILL_RATIO * m.speed_nominal_rad_per_s)
        ratio = 1 + smooth.positive_part(m.outlet.pressure_pa / m.inlet.pressure_pa - 1, constants.STILL_RATIO)
        inlet_k = ideal_gas.temperature_k(m.inlet.enthalpy_j_per_kg, m.gas_constant_j_per_kg_k, m.heat_ratio)
        per_radian_kg = m.displacement_m3_per_rad * m.inlet.pressure_pa / (m.gas_constant_j_per_kg_k * inlet_k)
        drawn = smooth.positive_part(1 - m.clearance_ratio * (ratio ** (1 / m.heat_ratio) - 1), constants.STILL_RATIO)
        leak = m.leak_ratio * (1 + m.ring_wear_ratio) * (1 + m.extra_leak_ratio) * (ratio - 1)
        volumetric = smooth.positive_part(drawn - leak, constants.STILL_RATIO)
        mass_flow_kg_per_s = per_radian_kg * volumetric * turning
        rise = ratio ** (1 - 1 / m.heat_ratio) - 1
        cp_j_per_kg_k = ideal_gas.specific_heat_j_per_kg_k(m.gas_constant_j_per_kg_k, m.heat_ratio)
        work_j_per_kg = cp_j_per_kg_k * inlet_k * rise / m.isentropic_ratio
        friction_n_m = coulomb.friction(
            speed,
            dry=m.dry_friction_n_m,
            viscous=m.viscous_friction_n_m_s,
            width=constants.STILL_RATIO * m.speed_nominal_rad_per_s,
        )
        indicated_n_m = per_radian_kg * drawn * work_j_per_kg * moving
        indicated_w = indicated_n_m * speed
        return {
            **_stream(m, mass_flow_kg_per_s, (1 - m.jacket_ratio) * indicated_w),
            "shaft.torque_n_m": indicated_n_m + friction_n_m,
            "shaft.storage": m.inertia_kg_m2,
            "jacket.heat_flow_w": -m.jacket_ratio * indicated_w - friction_n_m * speed,
            "ring_wear_ratio.rate": archard.wear_rate_per_s(m.wear_per_j, indicated_w),
            "extra_leak_ratio.features": (ratio / 5 - 1, 2 * speed / m.speed_nominal_rad_per_s - 1),
            "mass_flow_kg_per_s": mass_flow_kg_per_s,
            "volumetric_ratio": volumetric,
            "shaft_power_w": indicated_w + friction_n_m * speed,
        }


def _stream(m: SimpleNamespace, mass_flow_kg_per_s: Any, added_w: Any) -> dict[str, Any]:
    """What is drawn in and pushed out; the valves let nothing back."""
    carried_w = mass_flow_kg_per_s * m.inlet.enthalpy_j_per_kg
    return {
        "inlet.mass_flow_kg_per_s": mass_flow_kg_per_s,
        "outlet.mass_flow_kg_per_s": -mass_flow_kg_per_s,
        "inlet.enthalpy_flow_w": carried_w,
        "outlet.enthalpy_flow_w": -carried_w - added_w,
    }
