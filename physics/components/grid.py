"""Public or works grid: balanced three phases of fixed voltage and frequency.

Equations  V = V_0        f = f_0        P = V i
Symbols    V line-to-line voltage (RMS), i root 3 times the active part of the line current, so that V i is the power of
           all three phases, f frequency, V_0 and f_0 set from outside, P power delivered
Source     balanced three-phase system: Leonhard (2001), Control of Electrical Drives, chapter 10
Valid      balanced, no harmonics, far stronger than its loads; reactive power is not passed on
"""

from types import SimpleNamespace
from typing import Any

from physics.contract import Component, Port, drive


class Grid(Component):
    """Three-phase supply; a single-phase one with its own voltage works alike."""

    name = "grid"
    line = Port("electrical", "line-to-line RMS voltage; the current carries active power only", fixes=True)
    frequency = Port("signal", "frequency f", fixes=True, unit="Hz")
    voltage_v = drive("V", "Line-to-line RMS voltage V_0", default=400.0, low=0.0)
    frequency_hz = drive("Hz", "Frequency f_0", default=50.0, low=0.0)

    def law(self, m: SimpleNamespace) -> dict[str, Any]:
        """Fix voltage and frequency."""
        delivered_a = -m.line.current_a
        return {
            "line.voltage_v": m.voltage_v,
            "frequency.value": m.frequency_hz,
            "active_current_a": delivered_a,
            "power_w": m.voltage_v * delivered_a,
            "supplied_w": m.voltage_v * delivered_a,
        }
