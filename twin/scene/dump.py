"""A scene becomes `plant.yaml`, or the plain document that YAML, JSON and diffs share."""

from __future__ import annotations

import io
import json
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from twin.scene.line import Coupling, Price, Prices, Product
from twin.scene.scene import (
    EXCHANGE_S,
    Asset,
    Curve,
    Input,
    Interpolation,
    Kpi,
    Prior,
    Reduction,
    Scene,
    Sensor,
    Site,
)

LINE_WIDTH = 110


def dump(scene: Scene) -> str:
    """The scene as readable YAML: one line per asset, connection, sensor and input where it fits.

    `load(dump(scene)) == scene` for every valid scene.
    """
    yaml = YAML()
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width = 10 * LINE_WIDTH
    buffer = io.StringIO()
    yaml.dump(_styled(document(scene)), buffer)
    return buffer.getvalue()


def dump_json(scene: Scene) -> str:
    """The scene as JSON; `load` reads it too."""
    return json.dumps(document(scene), indent=2, ensure_ascii=False)


def document(scene: Scene) -> dict[str, Any]:
    """The scene as nested plain values, what is default left out."""
    return _without_empty(
        {
            "plant": scene.plant,
            "description": scene.description,
            "site": _site(scene.site),
            "synthetic": scene.synthetic,
            "sampling_s": scene.sampling_s,
            "assets": [_asset(asset) for asset in scene.assets],
            "connections": [list(pair) for pair in scene.connections],
            "sensors": [_sensor(sensor) for sensor in scene.sensors],
            "inputs": [_input(item) for item in scene.inputs],
            "products": [_product(product) for product in scene.products],
            "couplings": [_coupling(coupling) for coupling in scene.couplings],
            "exchange_s": scene.exchange_s if scene.exchange_s != EXCHANGE_S else None,
            "prices": _prices(scene.prices),
            "kpis": [_kpi(kpi) for kpi in scene.kpis],
            "events": {"source": scene.events_source} if scene.events_source else None,
        }
    )


def _site(site: Site) -> dict[str, Any]:
    zone = site.time_zone if site.time_zone != "UTC" else None
    return _without_empty({"name": site.name, "time_zone": zone, "night": site.night})


def _asset(asset: Asset) -> dict[str, Any]:
    pose = asset.pose
    return _without_empty(
        {
            "id": asset.id,
            "type": asset.type,
            "name": asset.name,
            "critical": asset.critical,
            "parameters": {name: _value(value) for name, value in asset.parameters.items()},
            "start": {name: _value(value) for name, value in asset.start.items()},
            "learn": list(asset.learn),
            "terms": {name: {term: _value(value) for term, value in row.items()} for name, row in asset.terms.items()},
            "share": asset.share,
            "layers": list(asset.layers),
            "memory": asset.memory or None,
            "pose": pose and {"position_m": list(pose.position_m), "rotation_rad": list(pose.rotation_rad)},
            "geometry": asset.geometry,
            "settings": dict(asset.settings),
        }
    )


def _product(product: Product) -> dict[str, Any]:
    return _without_empty({"name": product.name, "routing": list(product.routing), "value": product.value or None})


def _coupling(coupling: Coupling) -> dict[str, Any]:
    return {"kind": coupling.kind.value, "part": coupling.part, "quantity": coupling.quantity, **coupling.numbers}


def _prices(prices: Prices) -> dict[str, Any]:
    default = Prices()
    return _without_empty(
        {
            "currency": prices.currency if prices.currency != default.currency else None,
            "energy": _price(prices.energy, default.energy),
            "person": _price(prices.person, default.person),
            "repair": prices.repair or None,
        }
    )


def _price(price: Price, default: Price) -> dict[str, Any] | None:
    return {"value": price.value, "per": price.per} if price != default else None


def _value(value: float | Prior | Curve) -> float | dict[str, float | bool] | list[list[float]]:
    if isinstance(value, tuple):
        return [list(point) for point in value]
    if not isinstance(value, Prior):
        return value
    return {"prior": value.prior, "sd": value.sd} | ({"shared": True} if value.shared else {})


def _sensor(sensor: Sensor) -> dict[str, Any]:
    return _without_empty(
        {
            "tag": sensor.tag,
            "measures": sensor.measures,
            "unit": sensor.unit if sensor.unit != "1" else None,
            "noise_sd": sensor.noise_sd or None,
            "interpolation": sensor.interpolation.value if sensor.interpolation is not Interpolation.LINEAR else None,
            "source": sensor.source,
            "name": sensor.name,
        }
    )


def _input(item: Input) -> dict[str, Any]:
    return _without_empty(
        {
            "tag": item.tag,
            "drives": item.drives,
            "unit": item.unit if item.unit != "1" else None,
            "interpolation": item.interpolation.value if item.interpolation is not Interpolation.STEP else None,
            "source": item.source,
            "name": item.name,
        }
    )


def _kpi(kpi: Kpi) -> dict[str, Any]:
    return _without_empty(
        {
            "name": kpi.name,
            "quantity": kpi.quantity,
            "reduction": kpi.reduction.value if kpi.reduction is not Reduction.MEAN else None,
            "unit": kpi.unit if kpi.unit != "1" else None,
            "better": kpi.better,
        }
    )


def _without_empty(entry: dict[str, Any]) -> dict[str, Any]:
    """Drop what a reader would fill in by itself; a number zero stays."""
    return {key: value for key, value in entry.items() if value not in (None, "", False, [], {}) or _is_zero(value)}


def _is_zero(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _styled(value: dict[str, Any]) -> CommentedMap:
    """Choose block or flow style: an entry that fits on a line is written on one."""
    root = CommentedMap()
    for key, content in value.items():
        if isinstance(content, list):
            rows = CommentedSeq([_entry(row) for row in content])
            root[key] = rows
        else:
            root[key] = _flow(content) if isinstance(content, dict) else content
    return root


def _entry(row: Any) -> Any:
    if len(json.dumps(row, ensure_ascii=False)) <= LINE_WIDTH or not isinstance(row, dict):
        return _flow(row)
    return CommentedMap({key: _flow(value) for key, value in row.items()})


def _flow(value: Any) -> Any:
    if isinstance(value, dict):
        mapping = CommentedMap({key: _flow(item) for key, item in value.items()})
        mapping.fa.set_flow_style()
        return mapping
    if isinstance(value, list):
        sequence = CommentedSeq([_flow(item) for item in value])
        sequence.fa.set_flow_style()
        return sequence
    if isinstance(value, str) and value.startswith("?"):
        return DoubleQuotedScalarString(value)  # the writer leaves it plain, and the reader takes it for a complex key
    return value
