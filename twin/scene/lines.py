"""Reads YAML or JSON text into plain values and remembers the line of each, so that a fault can name it.

Only plain data comes out: no tags, no objects, no merge keys; an alias is read once however often it is used.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from twin.errors import Fault, InvalidInput

Path = tuple[str | int, ...]

TEXT_LIMIT_BYTES = 2_000_000
"""A plant of some 15,000 components, ten seconds of reading; more at once would hold up a server."""

DEPTH_LIMIT = 32
"""A plant file nests five deep."""

BRACKET_LIMIT = 8 * DEPTH_LIMIT
"""Generous, for brackets in names and descriptions count too."""


@dataclass
class Document:
    """Plain values of a text and where they stand in it.

    Attributes: value, nested dict, list and scalars; lines, 1-based line of every path; faults met while reading.
    """

    value: Any
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[tuple[Path, Fault]] = field(default_factory=list)
    file: str = "plant.yaml"

    def line(self, path: Path) -> int:
        """Line of a path, or of its nearest known ancestor; 0 when nothing is known."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 0)

    def where(self, path: Path, subject: str) -> str:
        """`<file>:<line> <subject>`, without the line when it is unknown."""
        line = self.line(path)
        return f"{self.file}:{line} {subject}".rstrip() if line else f"{self.file} {subject}".rstrip()


def read(text: str, *, file: str = "plant.yaml") -> Document:
    """Read one YAML or JSON document.

    Raises: InvalidInput, when the text is no document at all; duplicate keys are collected in `faults` instead.
    """
    if len(text.encode()) > TEXT_LIMIT_BYTES:
        raise _refusal(file, f"{len(text.encode())} bytes", f"at most {TEXT_LIMIT_BYTES} bytes", "Split the plant.")
    if _deepest(text) > BRACKET_LIMIT:
        raise _refusal(file, "lists nested without end", f"at most {DEPTH_LIMIT} levels")
    source = _as_yaml(text, file)
    try:
        root = YAML(typ="safe", pure=True).compose(source)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"{file}:{mark.line + 1}" if mark else file
        raise _refusal(place, str(error.problem or "text that is no YAML"), "valid YAML or JSON") from error
    except (YAMLError, ValueError) as error:
        raise _refusal(file, str(error).splitlines()[0], "valid YAML or JSON") from error
    except RecursionError as error:
        raise _refusal(file, "lists nested without end", f"at most {DEPTH_LIMIT} levels") from error
    document = Document({}, file=file)
    document.value = {} if root is None else _Builder(document).build(root, (), 0)
    return document


def _deepest(text: str) -> int:
    """How deep brackets nest, those in quoted text counted along: the reader takes quadratic time in it."""
    depth = deepest = 0
    for bracket in re.findall(r"[\[\]{}]", text):
        depth = depth + 1 if bracket in "[{" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    return deepest


def _as_yaml(text: str, file: str) -> str:
    """JSON is YAML but for tabs between tokens and paired surrogate escapes: write it afresh, one line a line."""
    if not text.lstrip().startswith("{"):
        return text
    try:
        json.loads(text)
    except ValueError:
        return text
    except RecursionError as error:
        raise _refusal(file, "lists nested without end", f"at most {DEPTH_LIMIT} levels") from error
    if "\\ud" not in text and "\\uD" not in text:
        return text.replace("\t", " ")
    return json.dumps(json.loads(text), ensure_ascii=False, indent=0)


class _Builder:
    """Turns composed nodes into plain values, noting lines and duplicate keys."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.done: dict[int, Any] = {}

    def build(self, node: Node, path: Path, depth: int) -> Any:
        self.document.lines.setdefault(path, node.start_mark.line + 1)
        if id(node) in self.done:
            return self.done[id(node)]
        if depth > DEPTH_LIMIT:
            where = f"{self.document.file}:{node.start_mark.line + 1}"
            raise _refusal(where, "lists nested without end", f"at most {DEPTH_LIMIT} levels")
        if isinstance(node, ScalarNode):
            value: Any = _scalar(node)
        elif isinstance(node, MappingNode):
            value = self._mapping(node, path, depth)
        else:
            value = [self.build(child, (*path, index), depth + 1) for index, child in enumerate(node.value)]
        self.done[id(node)] = value
        return value

    def _mapping(self, node: MappingNode, path: Path, depth: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, ScalarNode) else "?"
            place = (*path, key)
            if key in values:
                again = f"{self.document.file}:{key_node.start_mark.line + 1} {key}"
                step = f"First on line {self.document.line(place)}."
                fault = Fault(again, "the same key twice", "each key once", step)
                self.document.faults.append((place, fault))
                continue
            self.document.lines[place] = key_node.start_mark.line + 1
            values[key] = self.build(value_node, place, depth + 1)
        return values


def _scalar(node: ScalarNode) -> Any:
    kind = str(node.tag).rsplit(":", 1)[-1]
    text: str = node.value
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() == "true"
    if kind == "int":
        return _integer(text)
    if kind == "float":
        return _float(text)
    return text


def _integer(text: str) -> int | float | str:
    digits = text.replace("_", "")
    try:
        return int(digits, 0) if digits.lstrip("+-")[:2].lower() in ("0x", "0o", "0b") else int(digits)
    except ValueError:
        return _float(text)


def _float(text: str) -> float | str:
    digits = text.replace("_", "").lower()
    try:
        return float(digits.replace(".inf", "inf").replace(".nan", "nan"))
    except ValueError:
        return text


def _refusal(where: str, got: str, need: str, next_step: str = "") -> InvalidInput:
    return InvalidInput([Fault(where, got, need, next_step)])
