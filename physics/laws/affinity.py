"""Centrifugal pump: head and power at any speed, from two points of its curve.

Equations  H = φ H_0 n |n| - H_0 Q |Q| / Q_max²         so Q = Q_max root(φ n |n| - Δp / (ρ g H_0))
           τ = φ ρ g H_0 Q |n| / ω_n + τ_0 n |n|
Symbols    n speed over nominal speed ω_n, H head, H_0 shut-off head at n = 1, Q flow through the impeller, Q_max flow
           without head at n = 1, Δp pressure rise, τ shaft torque, τ_0 disc friction torque at n = 1, φ share of the
           head that cavitation leaves, 1 without
Source     affinity laws: Gülich (2014), Centrifugal Pumps, chapter 3 (affinity, disc friction)
Valid      power rises linearly with flow, as for radial impellers
"""

from typing import Any

from physics.laws import constants, smooth


def driving_ratio(speed_ratio: Any, rise_pa: Any, shutoff_pa: Any, head_left: Any = 1) -> Any:
    """What is left of the shut-off head to drive flow: φ n |n| - Δp / Δp_0."""
    return head_left * smooth.signed_square(speed_ratio, constants.STILL_RATIO) - rise_pa / shutoff_pa


def flow_m3_per_s(driving_ratio: Any, flow_max_m3_per_s: Any, loss_factor: Any = 1) -> Any:
    """Flow through the impeller; `loss_factor` scales the hydraulic loss H_0 Q |Q| / Q_max²."""
    return flow_max_m3_per_s * smooth.signed_root(driving_ratio / loss_factor, constants.STILL_RATIO)


def impeller_torque_n_m(speed_ratio: Any, flow_m3_per_s: Any, shutoff_pa: Any, speed_nominal_rad_per_s: Any) -> Any:
    """Torque that puts head into the water."""
    turning = smooth.absolute(speed_ratio, constants.STILL_RATIO)
    return shutoff_pa * flow_m3_per_s * turning / speed_nominal_rad_per_s


def disc_torque_n_m(speed_ratio: Any, disc_torque_n_m: Any) -> Any:
    """Friction of the impeller's discs, against the turning."""
    return disc_torque_n_m * smooth.signed_square(speed_ratio, constants.STILL_RATIO)
