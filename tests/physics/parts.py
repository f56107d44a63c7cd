"""Small component types for tests of the engine, each with a closed form or an independent solver beside it."""

import sympy as sp

from physics.contract import Component, Correction, Port, drive, parameter, state, unknown
from physics.laws.off_whole import off_whole


class Capacitor(Component):
    name = "capacitor"
    plus = Port("electrical")
    capacitance_f = parameter("F", "Capacitance", default=2.0)

    def law(self, m):
        return {"plus.storage": m.capacitance_f}


class Resistor(Component):
    name = "resistor"
    a = Port("electrical")
    b = Port("electrical")
    resistance_ohm = parameter("ohm", "Resistance", default=5.0, low=1e-9)

    def law(self, m):
        current = (m.a.voltage_v - m.b.voltage_v) / m.resistance_ohm
        return {"a.current_a": current, "b.current_a": -current, "lost_w": current**2 * m.resistance_ohm}


class Supply(Component):
    name = "supply"
    plus = Port("electrical", fixes=True)
    voltage_v = drive("V", "Voltage", default=10.0)

    def law(self, m):
        return {"plus.voltage_v": m.voltage_v, "delivered_a": -m.plus.current_a}


class Motor(Component):
    name = "motor"
    plus = Port("electrical")
    shaft = Port("rotation")
    resistance_ohm = parameter("ohm", "Armature", default=0.5)
    constant_n_m_per_a = parameter("N*m/A", "Torque constant k", default=0.2)
    drag_n_m_s = parameter("N*m*s", "Drag b", default=1e-3)
    inertia_kg_m2 = parameter("kg*m**2", "Inertia J", default=0.02)

    def law(self, m):
        speed = m.shaft.speed_rad_per_s
        current = (m.plus.voltage_v - m.constant_n_m_per_a * speed) / m.resistance_ohm
        return {
            "plus.current_a": current,
            "shaft.torque_n_m": m.drag_n_m_s * speed - m.constant_n_m_per_a * current,
            "shaft.storage": m.inertia_kg_m2,
        }


class Robertson(Component):
    """Robertson (1966) as an index-1 system: two rates and the conservation of mass."""

    name = "robertson"
    fast_per_s = parameter("1/s", "Third rate constant", default=3e7)
    a_ratio = state("1", "A", default=1.0)
    b_ratio = state("1", "B", default=0.0, nominal=1e-5)
    c_ratio = unknown("1", "C", default=0.3)

    def law(self, m):
        gain = 1e4 * m.b_ratio * m.c_ratio
        return {
            "a_ratio.rate": -0.04 * m.a_ratio + gain,
            "b_ratio.rate": 0.04 * m.a_ratio - gain - m.fast_per_s * m.b_ratio**2,
            "c_ratio.residual": m.a_ratio + m.b_ratio + m.c_ratio - 1,
        }


class Pendulum(Component):
    name = "pendulum"
    stiffness_per_s2 = parameter("1/s**2", "g / L", default=4.0)
    angle_rad = state("rad", "Angle", default=1.0)
    speed_rad_per_s = state("rad/s", "Speed", default=0.0)

    def law(self, m):
        return {
            "angle_rad.rate": m.speed_rad_per_s,
            "speed_rad_per_s.rate": -m.stiffness_per_s2 * sp.sin(m.angle_rad),
            "energy_ratio": m.speed_rad_per_s**2 / 2 - m.stiffness_per_s2 * sp.cos(m.angle_rad),
        }


class Explosion(Component):
    """dx/dt = r x^2 reaches infinity at t = 1 / (r x0)."""

    name = "explosion"
    rate_per_s = parameter("1/s", "r", default=0.0)
    size_ratio = state("1", "x", default=1.0)

    def law(self, m):
        return {"size_ratio.rate": m.rate_per_s * m.size_ratio**2}


class Equation(Component):
    """0 = x^2 - a, with a solution only where a is not negative."""

    name = "equation"
    square_ratio = drive("1", "a", default=4.0)
    root_ratio = unknown("1", "x", default=1.0)

    def law(self, m):
        return {"root_ratio.residual": m.root_ratio**2 - m.square_ratio}


class TunnelDiode(Component):
    """0 = v^3 - 3 v - i without storage: the current jumps branches where it passes the folds at v = -1 and 1."""

    name = "tunnel_diode"
    plus = Port("electrical")
    current_a = drive("A", "Current pressed in", default=0.0)

    def law(self, m):
        v = m.plus.voltage_v
        return {"plus.current_a": v**3 - 3 * v - m.current_a}


class Lag(Component):
    name = "lag"
    heard = Port("signal")
    out = Port("signal", fixes=True)
    time_s = parameter("s", "Time constant", default=2.0, low=1e-6)
    held_ratio = state("1", "Filtered")

    def law(self, m):
        return {"held_ratio.rate": (m.heard.value - m.held_ratio) / m.time_s, "out.value": m.held_ratio}


class Gain(Component):
    name = "gain"
    heard = Port("signal")
    out = Port("signal", fixes=True)
    gain_ratio = parameter("1", "Gain", default=2.0)

    def law(self, m):
        return {"out.value": m.gain_ratio * m.heard.value}


class Knob(Component):
    name = "knob"
    out = Port("signal", fixes=True)
    position_ratio = drive("1", "Position", default=1.0)

    def law(self, m):
        return {"out.value": m.position_ratio}


class Decay(Component):
    """dx/dt = -k x (1 + c), c learned from the feature x."""

    name = "decay"
    rate_per_s = parameter("1/s", "k", default=0.5, low=0.0)
    level_ratio = state("1", "x", default=1.0)
    extra_ratio = Correction("1", "Extra decay c", low=-0.5, high=1.0)

    def law(self, m):
        return {
            "level_ratio.rate": -m.rate_per_s * m.level_ratio * (1 + m.extra_ratio),
            "extra_ratio.features": (m.level_ratio, m.level_ratio**2),
        }


class Tank(Component):
    name = "tank"
    bottom = Port("liquid")
    area_m2 = parameter("m**2", "Cross section", default=1.0)

    def law(self, m):
        return {
            "bottom.storage": m.area_m2 / 10.0,
            "bottom.heat_storage_kg": m.area_m2 * (m.bottom.pressure_pa - 101_325.0) / 10.0,
            "heat_j_per_kg": m.bottom.enthalpy_j_per_kg,
        }


class Passage(Component):
    """Laminar passage that carries heat with the stream."""

    name = "passage"
    inlet = Port("liquid")
    outlet = Port("liquid")
    flow_per_pa = parameter("kg/s/Pa", "Conductance", default=1e-3)

    def law(self, m):
        flow = m.flow_per_pa * (m.inlet.pressure_pa - m.outlet.pressure_pa)
        size = sp.sqrt(flow**2 + 1e-12)
        heat = ((flow + size) * m.inlet.enthalpy_j_per_kg + (flow - size) * m.outlet.enthalpy_j_per_kg) / 2
        return {
            "inlet.mass_flow_kg_per_s": flow,
            "outlet.mass_flow_kg_per_s": -flow,
            "inlet.enthalpy_flow_w": heat,
            "outlet.enthalpy_flow_w": -heat,
        }


class Functions(Component):
    """One observable per elementary function of the shared syntax."""

    name = "functions"
    x_ratio = drive("1", "Argument", default=1.0)

    def law(self, m):
        x = m.x_ratio
        return {
            "exp": sp.exp(x),
            "log": sp.log(x),
            "tanh": sp.tanh(x),
            "sin": sp.sin(x),
            "cos": sp.cos(x),
            "atan": sp.atan(x),
            "abs": sp.Abs(x),
            "off_whole": off_whole(x),
            "sqrt": sp.sqrt(x),
            "power": x ** sp.Float(1.7),
            "quarter": x ** sp.Rational(1, 4),
            "cube": x**3,
            "inverse": 1 / x,
            "sign": sp.sign(x),
            "most": sp.Max(x, 0),
            "kink": sp.Piecewise((x, x < 1), (2 - x, x < 2), (0, True)),
        }


TYPES = {
    kind.name: kind
    for kind in (
        Capacitor, Resistor, Supply, Motor, Robertson, Pendulum, Explosion, Equation, TunnelDiode, Lag, Gain, Knob,
        Decay, Tank, Passage, Functions,
    )
}  # fmt: skip
