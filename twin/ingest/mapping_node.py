"""One place in a mapping file that is read key by key and remembers what was wrong, with the line."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from twin.errors import Fault


class Node:
    """Typed access to the keys of one YAML mapping; every fault goes to the shared list."""

    def __init__(self, value: Mapping[Any, Any], path: str, where: str, faults: list[Fault]) -> None:
        self.value, self.path, self.where, self.faults = value, path, where, faults

    def fault(self, key: str, got: str, need: str, next_step: str = "") -> None:
        """Remember one fault at a key of this node ("" is the node itself)."""
        name = ".".join(part for part in (self.path, str(key)) if part)
        self.faults.append(Fault(f"{self.where}:{self.line(key)} {name}".rstrip(), got, need, next_step))

    def line(self, key: str) -> int:
        """1-based line of a key, or of the node where the key is missing."""
        marks = getattr(self.value, "lc", None)
        if marks is None:
            return 1
        for name in self.value:
            if str(name) == str(key):
                return int(marks.key(name)[0]) + 1
        return int(marks.line or 0) + 1

    def keys(self) -> list[str]:
        """Keys as text, in order of writing."""
        return [str(key) for key in self.value]

    def only(self, allowed: Iterable[str]) -> None:
        """A fault for every key that means nothing here."""
        names = tuple(allowed)
        for key in self.keys():
            if key not in names:
                self.fault(key, f"unknown key {key!r}", f"one of {', '.join(names)}")

    def raw(self, key: str) -> Any:
        """What stands at a key, None where nothing does."""
        return next((value for name, value in self.value.items() if str(name) == key), None)

    def child(self, key: str) -> Node:
        """The node below a key; empty where the key is missing."""
        path = ".".join(part for part in (self.path, key) if part)
        value = self.raw(key)
        if value is not None and not isinstance(value, Mapping):
            self.fault(key, repr(value), "keys with values")
        return Node(value if isinstance(value, Mapping) else {}, path, self.where, self.faults)

    def text(self, key: str) -> str | None:
        """A text; numbers and dates are taken as they were written."""
        value = self.raw(key)
        if value is None:
            return None
        if isinstance(value, Mapping | list):
            self.fault(key, "a list or keys", "one text")
            return None
        return value.isoformat() if hasattr(value, "isoformat") else str(value)

    def texts(self, key: str) -> list[str]:
        """A list of texts."""
        value = self.raw(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault(key, repr(value), "a list")
            return []
        return ["" if item is None else str(item) for item in value]

    def number(self, key: str) -> float | None:
        """A finite number."""
        value = self.raw(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            self.fault(key, repr(value), "a number")
            return None
        return float(value)

    def positive(self, key: str) -> float | None:
        """A number above zero."""
        value = self.number(key)
        if value is not None and value <= 0:
            self.fault(key, f"{value:g}", "> 0")
        return value

    def count(self, key: str) -> int:
        """A whole number, 0 where missing."""
        value = self.number(key) or 0.0
        if value < 0 or value != int(value):
            self.fault(key, f"{value:g}", "a whole number, not negative")
        return int(value)

    def choice(self, key: str, allowed: list[str], default: str | None) -> Any:
        """One of a few texts."""
        value = self.text(key)
        if value is None or value not in allowed:
            if value is not None:
                self.fault(key, value, f"one of {', '.join(allowed)}")
            return default
        return value

    def zone(self, key: str) -> str | None:
        """A time zone's name."""
        name = self.text(key)
        if name is None:
            return None
        try:
            ZoneInfo(name)
        except (KeyError, OSError, ValueError):
            self.fault(key, name, "a time zone, e.g. Europe/Berlin or UTC")
            return None
        return name

    def constants(self) -> dict[str, str]:
        """Every key with its value as text: the rows that a filter chooses."""
        return {key: self.text(key) or "" for key in self.keys()}
