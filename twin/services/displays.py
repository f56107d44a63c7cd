"""Use case: how a plant's SI numbers are shown, by the tag they belong to, else in the unit that people use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from twin.scenarios.targets import Target
from twin.services import plants
from twin.services.context import Context
from twin.services.plant_page import Display, display, displays
from twin.units import UnitError

USUAL = {"K": "degC", "Pa": "bar", "rad/s": "rpm", "m**3/s": "L/min", "J": "kWh"}
"""Units that plant engineers read where no tag says otherwise; the rest stays SI."""


def usual(si_unit: str) -> Display | None:
    """How people read that SI unit; None where they read it as it is."""
    return display(USUAL[si_unit], si_unit) if si_unit in USUAL else None


def of_targets(context: Context, plant: str, targets: Sequence[Target]) -> list[dict[str, Any]]:
    """Targets of a what-if, each with how its values are shown: an input as its tag, the rest as usual.

    Raises: NotFound.
    """
    scene, _revision = plants.get(context, plant)
    tags = displays(context, plant)
    driven = {item.drives: tags[item.tag] for item in scene.inputs}
    return [{**vars(target), "display": driven.get(target.target) or usual(target.unit)} for target in targets]


def of_estimate(context: Context, plant: str, found: Mapping[str, Any]) -> dict[str, Any]:
    """An estimate with how its values are shown: a tag as itself, a hidden number as usual.

    Raises: NotFound.
    """
    tags = displays(context, plant)
    return {
        **found,
        "hidden": [{**item, "display": usual(item["unit"])} for item in found["hidden"]],
        "tags": [{**item, "display": tags.get(item["tag"])} for item in found["tags"]],
    }


def of_kpis(context: Context, plant: str, kpis: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Figures of merit, each with how its values are shown: one of the plant file in the unit written there.

    A figure of a tag ("FT-101 mean") is shown as that tag, one of the line as it says itself, any other as usual.
    Raises: NotFound.
    """
    scene, _revision = plants.get(context, plant)
    tags = displays(context, plant)
    written = {kpi.name: kpi.unit for kpi in scene.kpis}

    def of_line(kpi: Mapping[str, Any]) -> Display | None:
        return _declared(kpi["shown"], kpi["unit"]) if kpi.get("shown") else None

    def shown(name: str, si_unit: str) -> Display | None:
        if name in written:
            return _declared(written[name], si_unit)
        return tags.get(name.rpartition(" ")[0]) or usual(si_unit)

    return [
        {
            **kpi,
            "display": _declared(kpi["shown"], kpi["unit"]) if kpi.get("shown") else shown(kpi["name"], kpi["unit"]),
        }
        for kpi in kpis
    ]


def _declared(unit: str, si_unit: str) -> Display | None:
    """As the plant file says now, unless an older answer under that name was of another dimension."""
    try:
        return display(unit, si_unit)
    except UnitError:
        return usual(si_unit)
