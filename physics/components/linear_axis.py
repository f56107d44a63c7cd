"""Linear axis: a mass on a guide, friction that depends on direction and grows with wear, and a steady offset.

Equations  M dv/dt = F - F_f - F_0        dq/dt = v
           F_f = (1 + x) [(1 + w) F_d + b v (1 + a tanh(v / v_w))]        dw/dt = k (1 + x) (1 + w) F_d v
           F_d = F_c(v) + F_s exp(-(v / v_s)²) tanh(v / v_w)
           F_c(v) = tanh(v / v_w) [F_+ + F_- + (F_+ - F_-) tanh(v / v_w)] / 2
Symbols    M moved mass, v velocity, q position, F driving force, F_f friction, F_0 offset, F_+ and F_- dry friction
           forward and backward, F_s added breakaway friction, v_s Stribeck velocity, b viscous friction, a its
           asymmetry, w wear of the guide, k wear coefficient, x learned extra friction
Source     Janot, Gautier, Brunot (2019), data set EMPS, nonlinearbenchmark.org; physics/laws/coulomb.py, physics/laws/
           archard.py
Valid      rigid; held still, it creeps below v_w
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Correction, Failure, Port, parameter, state
from physics.laws import archard, coulomb, smooth


class LinearAxis(Component):
    """Positioning axis."""

    name = "linear_axis"
    rod = Port("translation", "where the force acts")
    position = Port("signal", "position q", fixes=True, unit="m")
    mass_kg = parameter("kg", "Moved mass M, rotor included", default=100.0, low=1e-3)
    viscous_n_s_per_m = parameter("N*s/m", "Viscous friction b", default=200.0, low=0.0)
    viscous_asymmetry_ratio = parameter(
        "1", "How much more viscous it is forward than on average, a", default=0.0, low=-0.9, high=0.9
    )
    dry_forward_n = parameter("N", "Dry friction F_+ in forward motion", default=20.0, low=0.0)
    dry_backward_n = parameter("N", "Dry friction F_- in backward motion", default=20.0, low=0.0)
    breakaway_extra_n = parameter("N", "Breakaway friction above dry friction, F_s", default=0.0, low=0.0)
    stribeck_m_per_s = parameter("m/s", "Stribeck velocity v_s", default=0.01, low=1e-6)
    offset_n = parameter("N", "Steady force F_0 against forward motion", default=0.0)
    width_m_per_s = parameter("m/s", "Velocity v_w over which dry friction turns round", default=1e-4, low=1e-7)
    velocity_scale_m_per_s = parameter("m/s", "Velocity that counts as one for the learned part", default=0.1, low=1e-6)
    stroke_m = parameter("m", "Stroke that counts as one for the learned part", default=0.2, low=1e-6)
    wear_per_j = parameter("1/J", "Wear coefficient k of the guide", default=0.0, low=0.0)
    position_m = state("m", "Position q", nominal=0.1)
    guide_wear_ratio = state("1", "Added dry friction over new, w", low=0.0, slow=True)
    extra_friction_ratio = Correction("1", "Friction that the law misses, x", low=-0.5, high=0.5)
    failures = (Failure("guide worn out", when="guide_wear_ratio", limit=1.0, action="replace guide"),)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Move against friction."""
        v = m.rod.velocity_m_per_s
        slope = m.viscous_n_s_per_m * (1 + m.viscous_asymmetry_ratio * smooth.sign(v, m.width_m_per_s))
        new_n = coulomb.two_sided(v, m.dry_forward_n, m.dry_backward_n, m.width_m_per_s) + coulomb.stribeck(
            v, dry=0, breakaway=m.breakaway_extra_n, speed=m.stribeck_m_per_s, width=m.width_m_per_s
        )
        extra = 1 + m.extra_friction_ratio
        dry_n = new_n * (1 + m.guide_wear_ratio) * extra
        friction_n = dry_n + slope * v * extra
        return {
            "rod.force_n": friction_n + m.offset_n,
            "rod.storage": m.mass_kg,
            "position_m.rate": v,
            "guide_wear_ratio.rate": archard.wear_rate_per_s(m.wear_per_j, dry_n * v),
            "position.value": m.position_m,
            "extra_friction_ratio.features": (v / m.velocity_scale_m_per_s, m.position_m / m.stroke_m),
            "velocity_m_per_s": v,
            "friction_n": friction_n,
            "lost_w": friction_n * v,
            "stored_w": m.offset_n * v,
        }
