"""On-off controller with hysteresis: thermostat, float switch, pressure switch.

Equations  e = s (r - y)        on where e > h        off where e < -h        u = u_off + (u_on - u_off) mode
Symbols    r setpoint, y measured, s = 1 where more output raises y or -1 where it lowers it, h half the hysteresis, u
           output
Source     two-point control: IEC 60050-351; relay feedback: Åström, Hägglund (2006), Advanced PID Control, chapter 8
Valid      switches at the moment of crossing; h > 0, or it chatters
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Port, drive, mode, parameter


class OnOff(Component):
    """Switches between two outputs."""

    name = "on_off"
    measured = Port("signal", "measured value y")
    out = Port("signal", "output u", fixes=True)
    setpoint_ratio = drive("1", "Setpoint r in the unit of the measured signal", default=0.5)
    hysteresis_ratio = parameter("1", "Whole hysteresis, 2 h", default=0.1, low=1e-9)
    action_ratio = parameter("1", "1 where more output raises the measured value, -1 where it lowers it", default=1.0)
    out_off_ratio = parameter("1", "Output u_off", default=0.0)
    out_on_ratio = parameter("1", "Output u_on", default=1.0)
    switched_on = mode("Output is on")

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Switch."""
        error = m.action_ratio * (m.setpoint_ratio - m.measured.value)
        output = m.out_off_ratio + (m.out_on_ratio - m.out_off_ratio) * m.switched_on
        return {
            "switched_on.on": error - m.hysteresis_ratio / 2,
            "switched_on.off": -error - m.hysteresis_ratio / 2,
            "out.value": output,
            "output_ratio": output,
        }
