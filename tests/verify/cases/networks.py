"""Fluid networks against EPANET, as `wntr` ships both program and examples.

As shipped, the networks follow Hazen and Williams, which a type of the test states for us. Once more with Darcy and
Weisbach's law and one roughness in both programs: there the pipe is the catalogue's, EPANET's friction factor is Swamee
and Jain's fit and ours Colebrook's equation. For a pump curve of one point EPANET takes a parabola, as our pump does;
for Net3's of three points a power law, which a type of the test states. Tanks and reservoirs keep EPANET's levels
of that hour; demands and closed links are its own.
"""

import tempfile
import warnings
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

from physics import catalogue
from physics.contract import Component, Port, drive, parameter
from physics.laws import convection
from physics.laws.constants import GRAVITY_M_PER_S2
from physics.network.plant import Part, Plant
from tests.verify.case import Case, simulate

ROUGHNESS_M, VISCOSITY_M2_PER_S, DENSITY = 2.5e-4, 1.1e-5 * 0.3048**2, 998.2
WEIGHT_PA_PER_M = DENSITY * GRAVITY_M_PER_S2
SPEED_RAD_PER_S = 150.0
HAZEN_WILLIAMS = (10.667, 1.852, 4.871)
"""Factor in SI, exponents of flow and of diameter: EPANET 2.2 Users Manual, table 3.1."""

SMALL = {"H-W": 0.01, "D-W": 1.0}
"""Flows below this share of the network's largest are compared with that share. Where the friction factors differ by a
percent, the flow of a link between two much larger streams means little by itself."""


class HazenWilliams(Component):
    """Pipe after Hazen and Williams, linear below a micrometre of head."""

    name = "hazen_williams"
    inlet = Port("liquid")
    outlet = Port("liquid")
    length_m = parameter("m", "Length", default=100.0, low=1e-3)
    diameter_m = parameter("m", "Diameter", default=0.1, low=1e-3)
    coefficient = parameter("1", "C", default=100.0, low=1.0)

    def law(self, m):
        factor, power, width = HAZEN_WILLIAMS
        head = (m.inlet.pressure_pa - m.outlet.pressure_pa) / WEIGHT_PA_PER_M
        resistance = factor * m.length_m / (m.coefficient**power * m.diameter_m**width)
        flow = head / resistance * ((head**2 + 1e-12) / resistance**2) ** ((1 / power - 1) / 2)
        return {**convection.passage(m, DENSITY * flow), "flow_m3_per_s": flow}


class CurvePump(Component):
    """Pump whose head falls by a power of its flow: EPANET 2.2 Users Manual, section 3.1, curve of three points."""

    name = "curve_pump"
    inlet = Port("liquid")
    outlet = Port("liquid")
    shutoff_m = parameter("m", "Head without flow", default=30.0, low=1e-3)
    fall = parameter("1", "Head lost at 1 m3/s, in m", default=100.0, low=1e-9)
    power = parameter("1", "Exponent of the flow", default=2.0, low=1.0)

    def law(self, m):
        head = (m.outlet.pressure_pa - m.inlet.pressure_pa) / WEIGHT_PA_PER_M
        lost = (m.shutoff_m - head) / m.fall
        flow = lost * (lost**2 + 1e-18) ** ((1 / m.power - 1) / 2)
        return {**convection.passage(m, DENSITY * flow), "flow_m3_per_s": flow}


class Demand(Component):
    """What the customers at a junction draw."""

    name = "demand"
    inlet = Port("liquid")
    drawn_kg_per_s = drive("kg/s", "Mass flow drawn", default=0.0)

    def law(self, m):
        heat = convection.enthalpy_flow_w(m.drawn_kg_per_s, m.inlet.enthalpy_j_per_kg, 8e4)
        return {"inlet.mass_flow_kg_per_s": m.drawn_kg_per_s, "inlet.enthalpy_flow_w": heat}


class Spindle(Component):
    """A shaft that keeps its speed."""

    name = "spindle"
    shaft = Port("rotation", fixes=True)
    speed_rad_per_s = drive("rad/s", "Speed", default=SPEED_RAD_PER_S)

    def law(self, m):
        return {"shaft.speed_rad_per_s": m.speed_rad_per_s}


OWN = (HazenWilliams, CurvePump, Demand, Spindle)
TYPES = {**catalogue.components(), **{kind.name: kind for kind in OWN}}


def solved(name: str, law: str) -> tuple[Any, Any]:
    """A network with the changes named above, and EPANET's results for one day."""
    import wntr

    network = wntr.network.WaterNetworkModel(str(Path(wntr.__file__).parent / "library/networks" / f"{name}.inp"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it reminds us to restate the roughness, which we do
        network.options.hydraulic.headloss = law
    network.options.hydraulic.accuracy = 1e-6
    network.options.hydraulic.trials = 500
    network.options.time.duration = 24 * 3600
    for _, pipe in network.pipes() if law == "D-W" else ():
        pipe.roughness = ROUGHNESS_M
    with tempfile.TemporaryDirectory() as folder:
        return network, wntr.sim.EpanetSimulator(network).run_sim(file_prefix=str(Path(folder) / name))


def plant(network: Any, open_links: tuple[str, ...]) -> Plant:
    """Our parts for the links that are open."""
    parts: list[Part] = []
    links: list[tuple[str, str]] = []
    used = {
        n for link in open_links for n in (network.get_link(link).start_node_name, network.get_link(link).end_node_name)
    }
    port = {}
    for node in sorted(used):
        fixed = node not in network.junction_name_list
        parts.append(Part(f"n{node}", "reservoir" if fixed else "demand"))
        port[node] = f"n{node}.outlet" if fixed else f"n{node}.inlet"
    for link in open_links:
        item = network.get_link(link)
        own = f"l{link}"
        if link in network.pump_name_list:
            parts += pump(link, network.get_curve(item.pump_curve_name).points)
            links += [(f"s{link}.shaft", f"{own}.shaft")] if parts[-1].type == "spindle" else []
        else:
            numbers = {"length_m": item.length, "diameter_m": item.diameter}
            if network.options.hydraulic.headloss == "H-W":
                parts.append(Part(own, "hazen_williams", numbers | {"coefficient": item.roughness}))
            else:
                wall = {"roughness_m": ROUGHNESS_M, "kinematic_viscosity_m2_per_s": VISCOSITY_M2_PER_S}
                parts.append(Part(own, "pipe", numbers | wall))
        links += [(port[item.start_node_name], f"{own}.inlet"), (f"{own}.outlet", port[item.end_node_name])]
    return Plant(tuple(parts), tuple(links))


def pump(link: str, points: list[tuple[float, float]]) -> list[Part]:
    """Our part for a pump, with the shaft that turns it where it has one."""
    if len(points) == 1:
        ((flow, head),) = points
        numbers = {"head_shutoff_m": 4 / 3 * head, "flow_max_m3_per_s": 2 * flow, "ring_leak_m3_per_s": 0.0}
        return [Part(f"l{link}", "centrifugal_pump", numbers), Part(f"s{link}", "spindle")]
    (_, shutoff), (flow, head), (far, low) = points
    power = float(np.log((shutoff - low) / (shutoff - head)) / np.log(far / flow))
    return [
        Part(f"l{link}", "curve_pump", {"shutoff_m": shutoff, "power": power, "fall": (shutoff - head) / flow**power})
    ]


def largest_errors(name: str, law: str, every_h: int) -> tuple[float, float]:
    """Largest relative error of heads and of flows over a day."""
    network, results = solved(name, law)
    status, flow, head, demand = (results.link["status"], results.link["flowrate"], results.node["head"],
                                  results.node["demand"])  # fmt: skip
    hours = [t for t in head.index if t % (every_h * 3600) == 0]
    key = {t: tuple(c for c in status.columns if status.loc[t, c] != 0) for t in hours}
    worst_head, worst_flow = 0.0, 0.0
    for open_links, times in groupby(sorted(hours, key=lambda t: key[t]), key=lambda t: key[t]):
        chosen = list(times)
        ours = plant(network, open_links)
        nodes = [p.id[1:] for p in ours.parts if p.type == "demand"]
        fixed = [p.id[1:] for p in ours.parts if p.type == "reservoir"]
        inputs = {f"n{n}.drawn_kg_per_s": DENSITY * demand.loc[chosen, n].to_numpy() for n in nodes}
        inputs |= {f"n{n}.pressure_pa": WEIGHT_PA_PER_M * head.loc[chosen, n].to_numpy() for n in fixed}
        names = [f"n{n}.inlet.pressure_pa" for n in nodes] + [f"l{link}.flow_m3_per_s" for link in open_links]
        found = simulate(ours, names, rows=len(chosen), sample_s=1.0, inputs=inputs, types=TYPES)
        heads, flows = head.loc[chosen, nodes].to_numpy(), flow.loc[chosen, list(open_links)].to_numpy()
        size = np.maximum(np.abs(flows), SMALL[law] * np.abs(flows).max())
        head_error = np.abs(found[:, : len(nodes)] / WEIGHT_PA_PER_M - heads) / np.abs(heads)
        flow_error = np.abs(found[:, len(nodes) :] - flows) / size
        worst_head, worst_flow = max(worst_head, head_error.max()), max(worst_flow, flow_error.max())
    return float(worst_head), float(worst_flow)


def error(name: str, law: str, every_h: int) -> float:
    return max(largest_errors(name, law, every_h))


REFERENCE = "EPANET 2.2 (wntr)"
HEADS = "heads and flows, largest relative"
CASES = (
    Case("Net1 as shipped, each hour of a day, pump and tank", REFERENCE, HEADS, 0.01, "BENCHMARKS: 1 %",
         partial(error, "Net1", "H-W", 1), needs=("wntr",), slow=True),
    Case("Net2 as shipped, each hour of a day", REFERENCE, HEADS, 0.01, "BENCHMARKS: 1 %",
         partial(error, "Net2", "H-W", 1), needs=("wntr",), slow=True),
    Case("Net1 with the catalogue's pipe (Darcy–Weisbach)", REFERENCE, "heads; flows / largest flow", 0.01,
         "BENCHMARKS: 1 %", partial(error, "Net1", "D-W", 1), needs=("wntr",), slow=True),
    Case("Net2 with the catalogue's pipe (Darcy–Weisbach)", REFERENCE, "heads; flows / largest flow", 0.01,
         "BENCHMARKS: 1 %", partial(error, "Net2", "D-W", 1), needs=("wntr",), slow=True),
    Case("Net3 as shipped, each hour of a day, pumps of three points", REFERENCE, HEADS, 0.01, "BENCHMARKS: 1 %",
         partial(error, "Net3", "H-W", 1), needs=("wntr",), slow=True),
)  # fmt: skip
