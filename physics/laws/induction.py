"""Induction machine in steady state: the T-equivalent circuit, solved.

Equations  Z = R_1 + j ω_e (L_1 + L_m) + ω_e ω_s L_m² / (R_2 + j ω_s (L_2 + L_m))        I_1 = V / (root 3 Z)
           τ = 3 p R_2 ω_s L_m² I_1² / D        D = R_2² + ω_s² (L_2 + L_m)²        ω_s = ω_e - p ω
Symbols    Z impedance of a phase, V line-to-line RMS voltage, I_1 stator current, R_1 and R_2 stator and rotor
           resistance, L_1 and L_2 leakage inductances, L_m magnetising inductance (all seen from the stator, per phase
           of a star), ω_e = 2π f electrical frequency, ω_s slip frequency, p pole pairs, ω speed, τ air-gap torque
Source     Chapman (2012), Electric Machinery Fundamentals, sections 6.3 to 6.5; the rotor's equation is multiplied by
           the slip, so that standstill of field or slip needs no limit. Kloss (1910): τ = 2 τ_k / (s / s_k + s_k / s)
           follows for R_1 = 0
Valid      balanced sinusoidal voltage, no saturation, electrical transients (L / R, some 10 ms) are over
"""

from dataclasses import dataclass
from typing import Any

import sympy as sp


@dataclass(frozen=True)
class Circuit:
    """Per-phase values, seen from the stator."""

    stator_ohm: Any
    rotor_ohm: Any
    stator_leakage_h: Any
    rotor_leakage_h: Any
    magnetising_h: Any
    pole_pairs: Any


@dataclass(frozen=True)
class Operation:
    """What a machine does at a voltage, frequency and speed.

    Attributes: active_a and reactive_a, root 3 times the parts of the line current (times line-to-line voltage they
    give the powers of three phases); torque_n_m; slip_rad_per_s, electrical; copper_w, loss in stator and rotor.
    """

    active_a: Any
    reactive_a: Any
    torque_n_m: Any
    slip_rad_per_s: Any
    copper_w: Any


def run(circuit: Circuit, voltage_v: Any, frequency_hz: Any, speed_rad_per_s: Any) -> Operation:
    """Solve the circuit."""
    c = circuit
    field = 2 * sp.pi * frequency_hz
    slip = field - c.pole_pairs * speed_rad_per_s
    rotor_h = c.rotor_leakage_h + c.magnetising_h
    bottom = c.rotor_ohm**2 + (slip * rotor_h) ** 2
    seen = slip * c.magnetising_h**2 / bottom
    real = c.stator_ohm + field * seen * c.rotor_ohm
    imaginary = field * (c.stator_leakage_h + c.magnetising_h - seen * slip * rotor_h)
    squared = real**2 + imaginary**2
    tripled_a2 = voltage_v**2 / squared  # three times the square of the phase current
    torque_n_m = c.pole_pairs * seen * c.rotor_ohm * tripled_a2
    copper_w = c.stator_ohm * tripled_a2 + slip * torque_n_m / c.pole_pairs
    return Operation(voltage_v * real / squared, voltage_v * imaginary / squared, torque_n_m, slip, copper_w)
