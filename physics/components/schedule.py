"""Schedule: up to three intervals a day on the first days of a week, each with a level of its own.

Equations  dt/dt = 1, t = t - P where t > P        dw/dt = 1, w = w - 7 P where w > 7 P
           b_k on where t > start_k        e_k on where t > end_k        d on where w < n P
           y = y_0 + d Σ_k (b_k - e_k + o_k) (y_k - y_0)        o_k = 1 where end_k < start_k (over midnight), else 0
Symbols    t time of day, w time of week, P length of a day, n working days, d working day (0 or 1), b_k and e_k
           interval k has begun and ended today (0 or 1), y_k its level, y_0 level outside, y output
Source     definition
Valid      steps fall on their moments, however far the integrator steps (what has begun stays so until midnight); an
           interval without length is unused; a shift over midnight belongs to two days
"""

from types import SimpleNamespace
from typing import Any

import sympy as sp

from physics.contract import Component, Port, drive, mode, parameter, state

DAYS = 7


class Schedule(Component):
    """Shift plan, or a duty cycle of any period."""

    name = "schedule"
    out = Port("signal", "level of this moment", fixes=True)
    outside_ratio = drive("1", "Level y_0 outside of all intervals", default=0.0)
    level1_ratio = drive("1", "Level y_1 in the first interval", default=1.0)
    level2_ratio = drive("1", "Level y_2 in the second interval", default=1.0)
    level3_ratio = drive("1", "Level y_3 in the third interval", default=1.0)
    period_s = parameter("s", "Length P of a day", default=86_400.0, low=1e-3)
    workdays_count = parameter("1", "Working days n of seven", default=7.0, low=0.0, high=7.0)
    start1_s = parameter("s", "Start of the first interval", default=21_600.0, low=0.0)
    end1_s = parameter("s", "End of the first interval", default=79_200.0, low=0.0)
    start2_s = parameter("s", "Start of the second interval", default=0.0, low=0.0)
    end2_s = parameter("s", "End of the second interval", default=0.0, low=0.0)
    start3_s = parameter("s", "Start of the third interval", default=0.0, low=0.0)
    end3_s = parameter("s", "End of the third interval", default=0.0, low=0.0)
    day_s = state("s", "Time of day t", nominal=3600.0)
    week_s = state("s", "Time of week w", nominal=3600.0)
    begun1 = mode("The first interval has begun today")
    ended1 = mode("The first interval has ended today")
    begun2 = mode("The second interval has begun today")
    ended2 = mode("The second interval has ended today")
    begun3 = mode("The third interval has begun today")
    ended3 = mode("The third interval has ended today")
    workday = mode("A working day")

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Tell the time."""
        work = m.workdays_count * m.period_s - m.week_s
        past = {
            "begun1": m.day_s - m.start1_s,
            "ended1": m.day_s - m.end1_s,
            "begun2": m.day_s - m.start2_s,
            "ended2": m.day_s - m.end2_s,
            "begun3": m.day_s - m.start3_s,
            "ended3": m.day_s - m.end3_s,
        }
        inside = (
            m.begun1 - m.ended1 + _over_midnight(m.start1_s, m.end1_s),
            m.begun2 - m.ended2 + _over_midnight(m.start2_s, m.end2_s),
            m.begun3 - m.ended3 + _over_midnight(m.start3_s, m.end3_s),
        )
        levels = (m.level1_ratio, m.level2_ratio, m.level3_ratio)
        raised = sum(now * (level - m.outside_ratio) for now, level in zip(inside, levels, strict=True))
        return {
            "day_s.rate": 1,
            "day_s.reset_when": m.day_s - m.period_s,
            "day_s.reset_to": m.day_s - m.period_s,
            "week_s.rate": 1,
            "week_s.reset_when": m.week_s - DAYS * m.period_s,
            "week_s.reset_to": m.week_s - DAYS * m.period_s,
            **{f"{name}.on": since_s for name, since_s in past.items()},
            **{f"{name}.off": -since_s for name, since_s in past.items()},
            "workday.on": work,
            "workday.off": -work,
            "out.value": m.outside_ratio + m.workday * raised,
        }


def _over_midnight(start_s: Any, end_s: Any) -> Any:
    """1 where an interval ends on the next day."""
    return sp.Piecewise((1, end_s < start_s), (0, True))
