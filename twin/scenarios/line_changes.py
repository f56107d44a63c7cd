"""Do-changes on the line: a layout with other settings, and the list of what may be changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from physics.flow import durations
from physics.flow.catalogue import flow_types
from physics.flow.contract import Kind, Setting
from physics.flow.layout import Layout, Part
from twin.errors import Fault, InvalidInput
from twin.records.scenario import Change, ChangeKind
from twin.scenarios.targets import Target
from twin.scene.scene import split_path

CHANGED = (Kind.NUMBER, Kind.COUNT, Kind.TIMES)
"""Kinds of settings that are numbers."""


def line_targets(layout: Layout) -> tuple[Target, ...]:
    """Every number of the line that a what-if may change, in the order of the parts; a time by its mean."""
    return tuple(
        Target(
            ChangeKind.SETTING, f"{part.name}.{setting.name}", part.name, setting.doc, setting.unit,
            _mean(part.settings.get(setting.name, setting.default), setting), _low(setting), setting.high,
        )
        for part in layout.parts
        for setting in flow_types()[part.type].declaration.settings
        if setting.kind in CHANGED and part.settings.get(setting.name, setting.default) is not None
    )  # fmt: skip


def changed(layout: Layout, changes: Sequence[tuple[int, Change]]) -> Layout:
    """The layout with its settings set or scaled.

    A time that is set keeps the form of its distribution and gets the value as its mean; what is given by product is
    set or scaled for each.

    Args:
        layout: As the scene has it.
        changes: Changes of kind SETTING, each with its number in the scenario.
    Raises: InvalidInput, with every change that names nothing or leaves its range.
    """
    parts = {part.name: part for part in layout.parts}
    faults: list[Fault] = []
    for number, change in changes:
        name, rest = split_path(change.target)
        where = f"changes[{number}]"
        setting = _setting(parts.get(name), rest)
        if setting is None:
            faults.append(Fault(f"{where}.target", change.target, "a number of the line", _known(parts.get(name))))
        elif (change.value is None) == (change.factor is None):
            faults.append(Fault(where, "both or neither of value and factor", "exactly one of them"))
        elif change.at_s:
            step = "Ask from the beginning: the answer is the long run."
            faults.append(Fault(f"{where}.at_s", f"{change.at_s:g} s", "0 s for a setting of the line", step))
        else:
            part = parts[name]
            new = _moved(part.settings.get(rest, setting.default), setting, change, where, faults)
            parts[name] = replace(part, settings={**part.settings, rest: new})
    if faults:
        raise InvalidInput(faults)
    return replace(layout, parts=tuple(parts.values()))


def _setting(part: Part | None, name: str) -> Setting | None:
    declared = flow_types()[part.type].declaration.settings if part else ()
    return next((item for item in declared if item.name == name and item.kind in CHANGED), None)


def _known(part: Part | None) -> str:
    if part is None:
        return "List the targets of this plant first."
    names = [item.name for item in flow_types()[part.type].declaration.settings if item.kind in CHANGED]
    return f"It has: {', '.join(names) or 'none'}."


def _moved(raw: Any, setting: Setting, change: Change, where: str, faults: list[Fault]) -> Any:
    factor = change.factor
    if setting.by_product and isinstance(raw, Mapping) and not _is_distribution(raw):
        return {product: _moved(item, setting, change, where, faults) for product, item in raw.items()}
    if change.value is not None and setting.kind is Kind.TIMES and isinstance(raw, Mapping):
        factor = change.value / mean_s if (mean_s := durations.read(raw).mean_s) > 0 else None
    new = change.value if factor is None else _scaled(raw, factor)
    if setting.kind is Kind.COUNT and isinstance(new, int | float) and factor is not None:
        new = round(new)
    number = new if isinstance(new, int | float) else durations.read(new).mean_s if change.value is None else 0.0
    given = float(change.value if change.value is not None else number)
    if not (np.isfinite(given) and _low(setting) <= given <= setting.high):
        bound = (
            f"{_low(setting):g} or more" if setting.high == float("inf") else f"{_low(setting):g} to {setting.high:g}"
        )
        faults.append(
            Fault(f"{where}.value", f"{given:g} for {change.target}", f"{bound} {setting.unit}".removesuffix(" 1"))
        )
    elif setting.kind is Kind.COUNT and given != int(given):
        faults.append(Fault(f"{where}.value", f"{given:g} for {change.target}", "a whole number"))
    return new


def _scaled(raw: Any, factor: float) -> Any:
    """A number or a distribution, every time of it times the factor; shapes stay."""
    if isinstance(raw, Mapping):
        return {
            name: {key: _times(value, factor) if key.endswith("_s") else value for key, value in numbers.items()}
            for name, numbers in raw.items()
        }
    return raw * factor


def _times(value: Any, factor: float) -> Any:
    """A number, or numbers in lists however deep, times the factor."""
    return [_times(item, factor) for item in value] if isinstance(value, list) else value * factor


def _is_distribution(raw: Mapping[str, Any]) -> bool:
    return len(raw) == 1 and next(iter(raw)) in (*durations.KINDS, *durations.LISTED)


def _mean(raw: Any, setting: Setting) -> float | None:
    if setting.by_product and isinstance(raw, Mapping) and not _is_distribution(raw):
        return None
    return durations.read(raw).mean_s if setting.kind is Kind.TIMES else float(raw)


def _low(setting: Setting) -> float:
    return max(setting.low, 0.0) if setting.kind is Kind.TIMES else setting.low
