"""The plant as a graph: assets inside their units and areas, coloured by health; elements for cytoscape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.schemas.plants import PlantView
from ui.figures import theme
from ui.figures.failures import risk_colour
from ui.figures.plant_layout import HEIGHT_PX, WIDTH_PX, positions
from ui.words import leaf

LAYOUT = {"name": "preset", "animate": False, "fit": True, "padding": 14}
FILLS = {
    "good": ("#d8f3e8", theme.HYBRID),
    "watch": ("#fff1cc", theme.PHYSICS),
    "act": ("#ffd9c7", theme.ALARM),
    "stale": ("#e9ecef", theme.INK),
    "unusual": ("#f3dcea", theme.SCENARIO),
    "unknown": ("#f1f3f5", theme.OTHER),
}
"""Fill and edge of an asset by its health."""


@dataclass(frozen=True)
class Health:
    """What is known of an asset's health: the worst chance to fail within 30 days, stale tags, unusual readings."""

    risk: float | None = None
    stale: bool = False
    unusual: bool = False

    @property
    def word(self) -> str:
        """One word for a label and for a test."""
        if self.unusual:
            return "unusual"
        if self.stale:
            return "stale"
        names = {theme.ALARM: "act", theme.PHYSICS: "watch", theme.HYBRID: "good"}
        return names.get(risk_colour(self.risk), "unknown")


def elements(plant: PlantView, health: Mapping[str, Health], readings: Mapping[str, str]) -> list[dict[str, Any]]:
    """Groups, assets and connections; `readings` gives the line under an asset's name, such as 61.5 L/min.

    A line beside the physics is left to its own page.
    """
    drawn = [asset.id for asset in plant.assets if asset.type and asset.id not in plant.line]
    drawn = drawn or [asset.id for asset in plant.assets if asset.type]
    groups = sorted({prefix for asset in drawn for prefix in _prefixes(asset)} - set(drawn))
    boxes = [_node(group, leaf(group), "group", groups) for group in groups]
    parts = []
    for asset in plant.assets:
        if asset.id not in drawn:
            continue
        label = "\n".join(filter(None, (asset.name or leaf(asset.id), readings.get(asset.id, ""))))
        parts.append(_node(asset.id, label, f"asset {health.get(asset.id, Health()).word}", groups))
    lines = []
    for index, (source, target) in enumerate(plant.connections):
        ends = (source.partition(".")[0], target.partition(".")[0])
        if set(drawn).issuperset(ends) and ends[0] != ends[1]:
            ports = f"{source} – {target}"
            lines.append({"data": {"id": f"link-{index}", "source": ends[0], "target": ends[1], "ports": ports}})
    places = positions(drawn, [(line["data"]["source"], line["data"]["target"]) for line in lines])
    for part in parts:
        part["position"] = dict(zip("xy", places[part["data"]["id"]], strict=True))
    return [*boxes, *parts, *lines]


def stylesheet() -> list[dict[str, Any]]:
    """How groups, assets and connections look; fills stay light so that the dark text reads on both page colours."""
    asset = {
        "shape": "round-rectangle", "width": WIDTH_PX, "height": HEIGHT_PX, "label": "data(label)", "text-wrap": "wrap",
        "text-max-width": WIDTH_PX - 4, "text-valign": "center", "font-size": 14, "color": "#212529", "border-width": 2,
        "font-family": "system-ui, 'DejaVu Sans', sans-serif",
    }  # fmt: skip
    group = {
        "label": "data(label)", "text-valign": "top", "font-size": 12, "color": theme.INK, "background-opacity": 0.04,
        "border-width": 1, "border-color": theme.INK, "border-style": "dashed", "shape": "round-rectangle",
        "padding": 14,
    }  # fmt: skip
    line = {
        "width": 1.6, "line-color": theme.INK, "opacity": 0.7, "curve-style": "taxi", "taxi-direction": "horizontal",
        "target-arrow-shape": "none",
    }  # fmt: skip
    healths = [
        {"selector": f".{word}", "style": {"background-color": fill, "border-color": edge}}
        for word, (fill, edge) in FILLS.items()
    ]
    return [
        {"selector": ".asset", "style": asset},
        *healths,
        {"selector": ".stale", "style": {"border-style": "dashed"}},
        {"selector": ".group", "style": group},
        {"selector": "edge", "style": line},
        {"selector": ".asset:selected", "style": {"border-width": 4, "border-color": theme.MEASURED}},
    ]


def _node(identity: str, label: str, classes: str, groups: list[str]) -> dict[str, Any]:
    parent = next((prefix for prefix in reversed(_prefixes(identity)) if prefix in groups), None)
    kind = classes.split()[0]
    data = {"id": identity, "label": label, "kind": kind} | ({"parent": parent} if parent else {})
    return {"data": data, "classes": classes, "selectable": kind != "group", "grabbable": False}


def _prefixes(path: str) -> list[str]:
    steps = path.split("/")
    return ["/".join(steps[:length]) for length in range(1, len(steps))]
