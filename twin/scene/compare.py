"""Says what differs between two scenes, entry by entry, whatever the order they are written in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

KEYS = {"assets": "id", "sensors": "tag", "inputs": "tag", "kpis": "name", "products": "name"}
"""Lists whose entries are known by one of their keys."""


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Rows of {op, path, old, new} that lead from one scene document to another.

    `op` is add, remove or change; entries are named by what identifies them: `assets[loop/pump-1].parameters.head_m`.
    """
    rows: list[dict[str, Any]] = []
    _compare("", _keyed(before), _keyed(after), rows)
    return rows


def _keyed(scene: Mapping[str, Any]) -> dict[str, Any]:
    """Lists of entries as mappings by identity; a connection is the unordered pair of its ends."""
    keyed = dict(scene)
    for group, key in KEYS.items():
        if group in keyed:
            keyed[group] = {f"[{entry[key]}]": entry for entry in keyed[group]}
    if "connections" in keyed:
        keyed["connections"] = {f"[{' – '.join(sorted(pair))}]": sorted(pair) for pair in keyed["connections"]}
    if "couplings" in keyed:
        keyed["couplings"] = {f"[{c['kind']} {c['part']} – {c['quantity']}]": c for c in keyed["couplings"]}
    return keyed


def _compare(path: str, before: Any, after: Any, rows: list[dict[str, Any]]) -> None:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in [*before, *(key for key in after if key not in before)]:
            inner = f"{path}{key}" if key.startswith("[") else f"{path}.{key}" if path else key
            if key not in after:
                rows.extend(_whole("remove", inner, before[key]))
            elif key not in before:
                rows.extend(_whole("add", inner, after[key]))
            else:
                _compare(inner, before[key], after[key], rows)
    elif before != after:
        rows.append({"op": "change", "path": path, "old": before, "new": after})


def _whole(op: str, path: str, value: Any) -> list[dict[str, Any]]:
    """An added or removed entry is one row; a whole group of entries is one row each."""
    if isinstance(value, Mapping) and value and all(key.startswith("[") for key in value):
        return [row for key, entry in value.items() for row in _whole(op, f"{path}{key}", entry)]
    old, new = (value, None) if op == "remove" else (None, value)
    return [{"op": op, "path": path, "old": old, "new": new}]
