"""AGV fleet: vehicles on a route graph that carry items from pickups to drops and charge in between.

Behaviour  The item that has waited longest calls the nearest free vehicle. It drives there, loads, drives on, unloads
           where there is room, and is free again where it stands. Below `low_ratio` of its charge it charges before it
           takes the next call.
Valid      shortest ways; vehicles pass each other freely; use of charge goes with distance
"""

from __future__ import annotations

from types import SimpleNamespace

import networkx as nx

from physics.flow.contract import FlowType, count, listing, number
from physics.flow.draft import Draft, DraftFleet
from physics.flow.kernels import tables


class AgvFleet(FlowType):
    """Vehicles and the ways they know."""

    name = "agv_fleet"
    powered = True
    vehicle_count = count("Vehicles", default=1)
    ways = listing("Ways between points, driven both ways, as [point, point, length_m]")
    home = listing("Point where vehicles stand at the beginning")
    speed_m_per_s = number("m/s", "Speed", default=1.0, low=1e-6)
    load_s = number("s", "Time to load", default=10.0, low=0.0)
    unload_s = number("s", "Time to unload", default=10.0, low=0.0)
    charger = listing("Point where they charge; without one they need not")
    range_m = number("m", "Way that a full charge lasts for", default=10_000.0, low=1e-3)
    low_ratio = number("1", "Share of the charge below which they go to charge", default=0.2, low=0.0, high=1.0)
    charge_s = number("s", "Time to charge from empty to full", default=3600.0, low=1e-3)

    def build(self, v: SimpleNamespace, line: Draft) -> None:
        """Vehicles with distances between all points."""
        graph = nx.Graph()
        for a, b, length_m in v.ways:
            if float(length_m) < 0:
                line.fault(f"{v.name}.ways", f"{length_m} m from {a} to {b}", "0 m or more")
            graph.add_edge(str(a), str(b), length=float(length_m))
        points = list(graph.nodes)
        for name in ("home", "charger"):
            if (getattr(v, name) or name == "home") and getattr(v, name) not in points:
                line.fault(f"{v.name}.{name}", f"{getattr(v, name)!r}", f"one of the points {', '.join(points)}")
                return
        if not nx.is_connected(graph):
            line.fault(f"{v.name}.ways", "points without a way between them", "one connected graph")
            return
        lengths = dict(nx.all_pairs_dijkstra_path_length(graph, weight="length"))
        vehicles = [line.place(tables.VEHICLE, v.name) for _ in range(v.vehicle_count)]
        columns = {
            "home": points.index(v.home),
            "charger": points.index(v.charger) if v.charger else -1,
            "speed_m_per_s": v.speed_m_per_s,
            "load_s": v.load_s,
            "unload_s": v.unload_s,
            "battery_m": v.range_m,
            "low_m": v.low_ratio * v.range_m,
            "charge_m_per_s": v.range_m / v.charge_s,
        }
        distance_m = [[lengths[a][b] for b in points] for a in points]
        line.fleets[v.name] = DraftFleet(v.name, vehicles[0], v.vehicle_count, distance_m, columns, points=points)
