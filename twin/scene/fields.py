"""Reads typed fields out of plain values and collects what does not fit, each fault with its line."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable
from enum import StrEnum
from typing import Any, TypeVar

from twin.errors import Fault
from twin.scene.lines import Document, Path

Choice = TypeVar("Choice", bound=StrEnum)


class Entry:
    """One mapping of the document: typed access to its keys, unknown keys reported once all known were asked for."""

    def __init__(self, document: Document, path: Path, value: Any, subject: str) -> None:
        self.document, self.path, self.subject = document, path, subject
        self.known: list[str] = []
        if not isinstance(value, dict):
            if value is not None:
                document.faults.append((path, Fault(document.where(path, subject), shown(value), "a mapping of keys")))
            value = {}
        self.values: dict[str, Any] = value

    def refuse(self, key: str, got: str, need: str, next_step: str = "") -> None:
        """Note a fault at a key of this entry."""
        path = (*self.path, key)
        name = f"{self.subject}.{key}" if self.subject else key
        self.document.faults.append((path, Fault(self.document.where(path, name), got, need, next_step)))

    def raw(self, key: str) -> Any:
        """The value as it stands, None if absent."""
        self.known.append(key)
        return self.values.get(key)

    def text(self, key: str, default: str = "", *, required: bool = False, limit: int = 500) -> str:
        """A text; numbers are taken as written."""
        value = self.raw(key)
        if value is None or value == "":
            if required:
                self.refuse(key, "nothing", "a text", f"Add `{key}: …`.")
            return default
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            self.refuse(key, shown(value), "a text")
            return default
        if len(str(value)) > limit:
            self.refuse(key, f"{len(str(value))} characters", f"at most {limit} characters")
            return default
        return str(value)

    def number(self, key: str, default: float, *, low: float = -math.inf) -> float:
        """A finite number not below `low`."""
        value = self.raw(key)
        if value is None:
            return default
        if not is_number(value):
            self.refuse(key, shown(value), "a finite number")
            return default
        if value < low:
            self.refuse(key, f"{value:g}", f"≥ {low:g}")
            return default
        return float(value)

    def flag(self, key: str) -> bool:
        """True or false; absent is false."""
        value = self.raw(key)
        if value is None or isinstance(value, bool):
            return bool(value)
        self.refuse(key, shown(value), "true or false")
        return False

    def choice(self, key: str, default: Choice) -> Choice:
        """One of an enumeration's words."""
        value = self.raw(key)
        if value is None:
            return default
        kind = type(default)
        if value not in [member.value for member in kind]:
            self.refuse(key, shown(value), "one of " + ", ".join(member.value for member in kind))
            return default
        return kind(value)

    def items(self, key: str) -> list[Any]:
        """A list; absent is empty."""
        value = self.raw(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.refuse(key, shown(value), "a list")
            return []
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        words = self.items(key)
        wrong = [word for word in words if not isinstance(word, str)]
        if wrong:
            self.refuse(key, shown(wrong[0]), "a list of names")
        return tuple(word for word in words if isinstance(word, str))

    def counts(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers above zero."""
        counts = self.items(key)
        wrong = [one for one in counts if not isinstance(one, int) or isinstance(one, bool) or one < 1]
        if wrong:
            self.refuse(key, shown(wrong[0]), "a list of whole numbers ≥ 1")
            return ()
        return tuple(counts)

    def count(self, key: str) -> int:
        """A whole number, zero where absent."""
        value = self.raw(key)
        if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0):
            return value or 0
        self.refuse(key, shown(value), "a whole number ≥ 0")
        return 0

    def vector(self, key: str, default: tuple[float, float, float]) -> tuple[float, float, float]:
        """Three finite numbers."""
        value = self.raw(key)
        if value is None:
            return default
        if not isinstance(value, list) or len(value) != 3 or not all(map(is_number, value)):
            self.refuse(key, shown(value), "three finite numbers")
            return default
        return (float(value[0]), float(value[1]), float(value[2]))

    def finish(self) -> None:
        """Report the keys that nobody asked for, with the nearest known one."""
        for key in self.values:
            if key not in self.known:
                need = "one of the keys " + ", ".join(sorted(self.known))
                self.refuse(key, f"the unknown key {key!r}", need, suggest(key, self.known))


def is_number(value: Any) -> bool:
    """Whether a value is a finite number (a truth value is none)."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def shown(value: Any) -> str:
    """A value as a fault shows it: short, on one line."""
    if value is None:
        return "nothing"
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def suggest(word: str, known: Iterable[str]) -> str:
    """The next step when a name is unknown: the nearest known one, or how to see them all."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"Did you mean {near[0]!r}?" if near else ""
