"""Fluid networks against EPANET, as `wntr` ships both program and examples.

Both use Darcy and Weisbach's law with one roughness (the examples' own Hazen-Williams numbers say nothing about it) and
pump curves through one point, for which EPANET takes a parabola as our pump does. Tanks and reservoirs are held at
EPANET's levels of that hour; demands and closed links are its own. EPANET's friction factor is Swamee and Jain's fit,
ours Colebrook's equation.
"""

import tempfile
import warnings
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

from physics import catalogue
from physics.contract import Component, Port, drive
from physics.laws import convection
from physics.laws.constants import GRAVITY_M_PER_S2
from physics.network.plant import Part, Plant
from tests.verify.case import Case, simulate

ROUGHNESS_M, VISCOSITY_M2_PER_S, DENSITY = 2.5e-4, 1.1e-5 * 0.3048**2, 998.2
WEIGHT_PA_PER_M = DENSITY * GRAVITY_M_PER_S2
SPEED_RAD_PER_S = 150.0
TURBULENT_REYNOLDS = 4000.0
"""Flows below this are compared with the network's largest: between laminar and turbulent each program has its own
convention (EPANET a cubic, ours the lower of both), and there is no truth to agree on."""


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


TYPES = {**catalogue.components(), "demand": Demand, "spindle": Spindle}


def solved(name: str) -> tuple[Any, Any]:
    """A network with the changes named above, and EPANET's results for one day."""
    import wntr

    network = wntr.network.WaterNetworkModel(str(Path(wntr.__file__).parent / "library/networks" / f"{name}.inp"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it reminds us to restate the roughness, which we do
        network.options.hydraulic.headloss = "D-W"
    network.options.hydraulic.accuracy = 1e-6
    network.options.hydraulic.trials = 500
    network.options.time.duration = 24 * 3600
    for _, pipe in network.pipes():
        pipe.roughness = ROUGHNESS_M
    for _, pump in network.pumps():
        points = network.get_curve(pump.pump_curve_name).points
        network.get_curve(pump.pump_curve_name).points = [points[len(points) // 2]]
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
            ((flow, head),) = network.get_curve(item.pump_curve_name).points
            numbers = {"head_shutoff_m": 4 / 3 * head, "flow_max_m3_per_s": 2 * flow, "ring_leak_m3_per_s": 0.0}
            parts += [Part(own, "centrifugal_pump", numbers), Part(f"s{link}", "spindle")]
            links.append((f"s{link}.shaft", f"{own}.shaft"))
        else:
            numbers = {"length_m": item.length, "diameter_m": item.diameter, "roughness_m": ROUGHNESS_M,
                       "kinematic_viscosity_m2_per_s": VISCOSITY_M2_PER_S}  # fmt: skip
            parts.append(Part(own, "pipe", numbers))
        links += [(port[item.start_node_name], f"{own}.inlet"), (f"{own}.outlet", port[item.end_node_name])]
    return Plant(tuple(parts), tuple(links))


def largest_errors(name: str, every_h: int) -> tuple[float, float]:
    """Largest relative error of heads and of flows over a day."""
    network, results = solved(name)
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
        width = np.array([getattr(network.get_link(link), "diameter", 1e-9) for link in open_links])
        reynolds = np.abs(flows) / (np.pi / 4 * width * VISCOSITY_M2_PER_S)
        size = np.where(reynolds > TURBULENT_REYNOLDS, np.abs(flows), np.abs(flows).max())
        head_error = np.abs(found[:, : len(nodes)] / WEIGHT_PA_PER_M - heads) / np.abs(heads)
        flow_error = np.abs(found[:, len(nodes) :] - flows) / size
        worst_head, worst_flow = max(worst_head, head_error.max()), max(worst_flow, flow_error.max())
    return float(worst_head), float(worst_flow)


def error(name: str, every_h: int) -> float:
    return max(largest_errors(name, every_h))


REFERENCE = "EPANET 2.2 (wntr), Darcy–Weisbach"
WHY = "BENCHMARKS: 1 %; Swamee–Jain differs from Colebrook by up to 1 % in the factor, half of that in flow"
CASES = (
    Case("Net1, each hour of a day, pump and tank", REFERENCE, "heads and flows, largest relative", 0.01, WHY,
         partial(error, "Net1", 1), needs=("wntr",), slow=True),
    Case("Net2, each hour of a day", REFERENCE, "heads and flows, largest relative", 0.01, WHY,
         partial(error, "Net2", 1), needs=("wntr",), slow=True),
    Case("Net3, each sixth hour of a day, two pumps, three tanks", REFERENCE, "heads and flows, largest relative", 0.01,
         WHY, partial(error, "Net3", 6), needs=("wntr",), slow=True),
)  # fmt: skip
