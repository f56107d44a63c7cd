"""A robot cell from a plain document, e.g. a section of a YAML file; every fault at once, by its place.

The records of `spec.py` are the schema: their fields, types and defaults are read off them.
"""

from __future__ import annotations

import math
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, Union, get_args, get_origin, get_type_hints

from physics.cell.arms import filled
from physics.cell.rules import broken_rules
from physics.cell.spec import Spec, Spread
from physics.network.faults import PlantFault, near

ABOVE_ZERO = frozenset(
    "length_s diameter_m hold_n width_m speed_m_per_s width height frames_per_s faster rows columns layers worlds "
    "step_s bandwidth_rad_per_s speed_ratio efficiency_ratio size_m mass_kg friction_ratio arrival_s".split()
)
AT_MOST = {"speed_ratio": 1.0, "efficiency_ratio": 1.0, "worlds": 4096, "step_s": 0.02, "width": 1280, "height": 960}
SIGNED = frozenset("position_m start_m end_m yaw_rad flange_m flange_axis ready_rad".split())


def read(document: Any, where: str = "cell") -> tuple[Spec | None, list[PlantFault]]:
    """Read and judge a cell.

    Args:
        document: Mapping with the fields of `Spec`; a `Spread` may be one number.
        where: Name of the document in faults.
    Returns: The cell, None where its form is at fault, and all faults found.
    """
    faults: list[PlantFault] = []
    spec = _record(Spec, document, where, faults)
    if faults:
        return None, faults
    spec = type(spec)(**{**vars(spec), "arm": filled(spec.arm)})
    return spec, broken_rules(spec, where)


def _record(kind: Any, value: Any, where: str, faults: list[PlantFault]) -> Any:
    """A dataclass from a mapping."""
    if not isinstance(value, Mapping):
        faults.append(PlantFault(where, _shown(value), f"a mapping with {_names(kind)}"))
        return None
    known, hints, given = {item.name: item for item in fields(kind)}, get_type_hints(kind), {}
    for key in value:
        if key not in known:
            faults.append(
                PlantFault(f"{where}.{key}", "a field that does not exist", "a known one", near(str(key), known))
            )
    for name, item in known.items():
        if name in value:
            given[name] = _value(hints[name], value[name], f"{where}.{name}", name, faults)
        elif item.default is MISSING and item.default_factory is MISSING:
            faults.append(PlantFault(f"{where}.{name}", "nothing", "a value", f"Add `{name}: …`."))
    return (
        kind(**given)
        if len([item for item in known if item in given or _optional(known[item])]) == len(known)
        else None
    )


def _value(hint: Any, value: Any, where: str, name: str, faults: list[PlantFault]) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        return None if value is None else _value(get_args(hint)[0], value, where, name, faults)
    if hint is Spread and not isinstance(value, Mapping):
        return Spread(_number(float, value, where, name, faults))
    if hint is Spread:
        value = {key: item for key, item in value.items()}
        for key in set(value) - {"mean", "sd"}:
            faults.append(PlantFault(f"{where}.{key}", "a field that does not exist", "mean and sd"))
        mean = _number(float, value.get("mean"), f"{where}.mean", name, faults)
        return Spread(mean, _number(float, value.get("sd", 0.0), f"{where}.sd", "sd", faults))
    if is_dataclass(hint):
        return _record(hint, value, where, faults)
    if get_origin(hint) is tuple:
        return _tuple(hint, value, where, name, faults)
    if hint is str:
        if isinstance(value, str) and value and len(value) <= 500:
            return value
        faults.append(PlantFault(where, _shown(value), "a text"))
        return ""
    return _number(hint, value, where, name, faults)


def _tuple(hint: Any, value: Any, where: str, name: str, faults: list[PlantFault]) -> tuple[Any, ...]:
    kinds = get_args(hint)
    endless = len(kinds) == 2 and kinds[1] is Ellipsis
    items = [value] if endless and isinstance(value, int | float) else value
    if not isinstance(items, list | tuple) or (not endless and len(items) != len(kinds)):
        need = "a list" if endless else f"{len(kinds)} numbers"
        faults.append(PlantFault(where, _shown(value), need))
        return ()
    return tuple(_value(kinds[0], item, f"{where}[{at}]", name, faults) for at, item in enumerate(items))


def _number(hint: Any, value: Any, where: str, name: str, faults: list[PlantFault]) -> Any:
    whole, low, high = hint is int, 0.0, AT_MOST.get(name, math.inf)
    good = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    good = good and (not whole or int(value) == value) and value <= high
    good = good and (name in SIGNED or value > low or (value == low and name not in ABOVE_ZERO))
    if not good:
        rule = "finite" if name in SIGNED else "above 0" if name in ABOVE_ZERO else "0 or more"
        rule += f", at most {high:g}" if math.isfinite(high) else ""
        faults.append(PlantFault(where, _shown(value), f"a {'whole ' if whole else ''}number, {rule}"))
        return hint(1)
    return hint(value)


def _optional(item: Any) -> bool:
    return item.default is not MISSING or item.default_factory is not MISSING


def _names(kind: Any) -> str:
    return ", ".join(item.name for item in fields(kind))


def _shown(value: Any) -> str:
    return "nothing" if value is None else repr(value)[:80]
