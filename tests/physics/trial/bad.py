"""Component types that each break one rule, next to one that keeps them all.

Equations  none
"""

import sympy as sp

from physics.contract import Component, Correction, Failure, Port, parameter, state


class Damper(Component):
    """Keeps every rule but the one about its file's docstring."""

    name = "damper"
    shaft = Port("rotation")
    drag_n_m_s = parameter("N*m*s", "Drag", default=0.1, low=0.0)
    wear_per_j = parameter("1/J", "Wear coefficient", default=1e-9, low=0.0)
    limit_ratio = parameter("1", "Wear at which it fails", default=1.0)
    wear_ratio = state("1", "Wear", low=0.0, slow=True)
    extra_ratio = Correction("1", "More drag")
    failures = (Failure("worn", when="wear_ratio", limit="limit_ratio"),)

    def law(self, m):
        torque_n_m = m.drag_n_m_s * (1 + m.wear_ratio) * (1 + m.extra_ratio) * m.shaft.speed_rad_per_s
        power_w = torque_n_m * m.shaft.speed_rad_per_s
        return {
            "shaft.torque_n_m": torque_n_m,
            "wear_ratio.rate": m.wear_per_j * power_w,
            "extra_ratio.features": (m.wear_ratio,),
            "lost_w": power_w,
        }


def spoilt(name, change, **attributes):
    """The damper with something else in what its law returns."""

    def law(self, m):
        return Damper.law(self, m) | change(m)

    own = {k: v for k, v in vars(Damper).items() if k not in ("law", "declaration", "__dict__", "__weakref__")}
    return type(name, (Component,), own | {"name": name, "law": law} | attributes)


RestlessMotor = spoilt("restless", lambda m: {"shaft.torque_n_m": sp.Integer(-5), "lost_w": sp.Integer(0)},
                       shaft=Port("rotation"))  # fmt: skip
OpenBooks = spoilt("open_books", lambda m: {"lost_w": sp.Integer(0)})
Perpetuum = spoilt(
    "perpetuum",
    lambda m: {
        "shaft.torque_n_m": -m.drag_n_m_s * m.shaft.speed_rad_per_s,
        "lost_w": -m.drag_n_m_s * m.shaft.speed_rad_per_s**2,
    },
)
Healing = spoilt("healing", lambda m: {"wear_ratio.rate": m.wear_per_j * m.drag_n_m_s * m.shaft.speed_rad_per_s})
OldAtBirth = spoilt("old_at_birth", lambda m: {}, limit_ratio=parameter("1", "Wear at which it fails", default=-1.0))
Unwatched = spoilt("unwatched", lambda m: {}, failures=(Failure("worn", when="drag_n_m_s", limit=1.0),))
Loud = spoilt("loud", lambda m: {"extra_ratio.features": (1000 + m.shaft.speed_rad_per_s,)})
Circular = spoilt("circular", lambda m: {"extra_ratio.features": (m.extra_ratio,)})
Undefined = spoilt("undefined", lambda m: {"seen_ratio": sp.log(m.wear_ratio - 10)})
HiddenUnit = spoilt("hidden_unit", lambda m: {"seen_w": 3.0 * m.shaft.speed_rad_per_s * m.drag_n_m_s})
Misnamed = spoilt("misnamed", lambda m: {}, wear_per_j=parameter("1/W", "Wear coefficient", default=1e-9, low=0.0))
Nameless = spoilt("nameless", lambda m: {"how_loud": m.wear_ratio})
Exploding = spoilt("exploding", lambda m: {"wear_ratio.rate": 1 + (1 + m.wear_ratio) ** 4})
