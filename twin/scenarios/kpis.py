"""Reduces a run's series to figures of merit, one number per world.

Equations  integral by the trapezium rule over the samples
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from physics.contract import DOMAINS
from twin.assembly.assembly import Assembly
from twin.scene.rules_tags import kpi_unit
from twin.scene.scene import Reduction, split_path
from twin.scene.types import offers

Floats = NDArray[np.float64]

ELECTRICAL = "electrical"


@dataclass(frozen=True)
class Kpi:
    """A figure of merit: the quantities it sums, how time is taken out, its SI unit, and which way is better."""

    name: str
    paths: tuple[str, ...]
    reduction: Reduction
    unit: str
    better: str = ""


def kpis_of(assembly: Assembly) -> tuple[Kpi, ...]:
    """The scene's KPIs, the plant's electrical energy, and mean and maximum of every modelled sensor."""
    kinds = {part.id: assembly.types[part.type] for part in assembly.plant.parts}

    def unit(path: str) -> str:
        part, name = split_path(path)
        return offers(kinds[part])[name].unit

    own = tuple(
        Kpi(item.name, (item.path,), item.reduction, kpi_unit(unit(item.path), item.reduction), item.better)
        for item in assembly.kpis
    )
    supplied = electrical_power_paths(assembly)
    energy = (Kpi("electrical energy", supplied, Reduction.INTEGRAL, "J", "lower"),) if supplied else ()
    tags = tuple(
        Kpi(f"{tag} {word}", (path,), reduction, unit(path))
        for tag, path in zip(assembly.sensor_tags, assembly.outputs, strict=True)
        for word, reduction in (("mean", Reduction.MEAN), ("maximum", Reduction.MAXIMUM))
    )
    return own + energy + tags


def electrical_power_paths(assembly: Assembly) -> tuple[str, ...]:
    """Power into whatever hangs on the electrical supplies: parts that fix the voltage at each of their terminals.

    Asked for at the users, because a supply's own power would have all of its users solved as one system.
    """
    terminals = {
        f"{part.id}.{port.name}": port.fixes
        for part in assembly.plant.parts
        for port in assembly.types[part.type].declaration.ports
        if port.domain == ELECTRICAL
    }
    fed = {part for part, _ in (split_path(name) for name, fixes in terminals.items() if not fixes)}
    wires: nx.Graph = nx.Graph()
    wires.add_nodes_from(terminals)
    wires.add_edges_from(ends for ends in assembly.plant.links if terminals.keys() >= set(ends))
    supplies = [name for name, fixes in terminals.items() if fixes and split_path(name)[0] not in fed]
    users = {user for supply in supplies for user in nx.node_connected_component(wires, supply)}.difference(supplies)
    return tuple(f"{user}.{DOMAINS[ELECTRICAL].power}" for user in terminals if user in users)


def paths_of(kpis: Sequence[Kpi]) -> tuple[str, ...]:
    """Every quantity that the KPIs read, once."""
    return tuple(dict.fromkeys(path for kpi in kpis for path in kpi.paths))


def evaluate(kpi: Kpi, series_of: Callable[[str], Floats], sample_s: float) -> Floats:
    """The KPI of every world, shape [W], NaN for one that diverged; `series_of` gives a quantity by its path [T, W]."""
    series = sum(series_of(path) for path in kpi.paths)
    return reduce(np.asarray(series), kpi.reduction, sample_s)


def reduce(series: Floats, reduction: Reduction, sample_s: float) -> Floats:
    """Take time out of a series [T, W], shape [W]."""
    if reduction is Reduction.INTEGRAL:
        return np.asarray(np.trapezoid(series, dx=sample_s, axis=0))
    if reduction is Reduction.MEAN:
        return np.asarray(series.mean(axis=0))
    if reduction is Reduction.MAXIMUM:
        return np.asarray(series.max(axis=0))
    if reduction is Reduction.MINIMUM:
        return np.asarray(series.min(axis=0))
    return np.asarray(series[-1])
