"""A part's settings checked against its type: numbers in range, distributions read, other parts found."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from physics.flow import durations
from physics.flow.contract import FlowType, Kind, Setting
from physics.flow.layout import Layout, Part
from physics.network.faults import PlantFault


def read_settings(
    part: Part, kind: type[FlowType], layout: Layout, ports: tuple[str, ...], faults: list[PlantFault]
) -> SimpleNamespace:
    """Every setting of a part by name, `name`, `type` and `ports`; what is wrong is added to `faults`.

    A setting by product becomes a tuple in the order of the products.
    """
    declared = {setting.name: setting for setting in kind.declaration.settings}
    for name in part.settings:
        if name not in declared:
            need = f"one of {', '.join(declared)}" if declared else "no setting"
            faults.append(PlantFault(f"{part.name}.{name}", "a setting that the type does not have", need))
    values = {
        name: _value(f"{part.name}.{name}", setting, part.settings.get(name, setting.default), layout, faults)
        for name, setting in declared.items()
    }
    return SimpleNamespace(name=part.name, ports=ports, **values)


def _value(where: str, setting: Setting, raw: Any, layout: Layout, faults: list[PlantFault]) -> Any:
    if not setting.by_product:
        return _single(where, setting, raw, layout, faults)
    names = layout.product_names
    each = isinstance(raw, Mapping) and (not raw or set(raw) <= {*names, "else"})
    if not each:
        return (_single(where, setting, raw, layout, faults),) * len(names)
    if "else" not in raw and set(raw) != set(names):
        missing = ", ".join(name for name in names if name not in raw)
        faults.append(PlantFault(where, f"nothing for {missing}", "a value for each product, or for else"))
    return tuple(
        _single(f"{where}.{name}", setting, raw.get(name, raw.get("else", setting.default)), layout, faults)
        for name in names
    )


def _single(where: str, setting: Setting, raw: Any, layout: Layout, faults: list[PlantFault]) -> Any:
    if setting.kind is Kind.TIMES:
        return _times(where, setting, raw, faults)
    if setting.kind in (Kind.NUMBER, Kind.COUNT):
        return _number(where, setting, raw, faults)
    if setting.kind is Kind.CHOICE and raw not in setting.options:
        faults.append(PlantFault(where, repr(raw), f"one of {', '.join(setting.options)}"))
        return setting.default
    if setting.kind is Kind.PART:
        return _part(where, setting, raw, layout, faults)
    return raw


def _times(where: str, setting: Setting, raw: Any, faults: list[PlantFault]) -> durations.Times | None:
    if raw is None:
        return None
    try:
        found = durations.read(raw)
        if setting.low < found.mean_s:
            return found
        faults.append(PlantFault(where, found.what, "times above 0 s on average"))
    except (durations.BadTimes, TypeError, ValueError) as error:
        got, _, need = str(error).removeprefix("got ").partition(", need ")
        faults.append(PlantFault(where, got, need or "a distribution of times"))
    return durations.constant(1.0)


def _number(where: str, setting: Setting, raw: Any, faults: list[PlantFault]) -> float | int:
    whole = setting.kind is Kind.COUNT
    fits = isinstance(raw, int | float) and not isinstance(raw, bool) and setting.low <= raw <= setting.high
    if not fits or (whole and int(raw) != raw):
        bounds = f"{setting.low:g} to {setting.high:g}" if setting.high < float("inf") else f"{setting.low:g} or more"
        unit = "" if setting.unit == "1" else f" {setting.unit}"
        faults.append(PlantFault(where, repr(raw), f"a {'whole ' if whole else ''}number, {bounds}{unit}"))
        return int(setting.default) if whole else float(setting.default)
    return int(raw) if whole else float(raw)


def _part(where: str, setting: Setting, raw: Any, layout: Layout, faults: list[PlantFault]) -> str:
    if not raw:
        if setting.required:
            faults.append(PlantFault(where, "nothing", f"the name of a part{_kinds(setting)}"))
        return ""
    types = {part.name: part.type for part in layout.parts}
    if raw not in types or (setting.of and types[raw] not in setting.of):
        got = f"{raw!r}, a {types[raw]}" if raw in types else f"{raw!r}, which is no part"
        faults.append(PlantFault(where, got, f"the name of a part{_kinds(setting)}"))
        return ""
    return str(raw)


def _kinds(setting: Setting) -> str:
    return f" of type {' or '.join(setting.of)}" if setting.of else ""
