"""What each work found last, kept with where it was measured, so that one work can be run anew alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.growth import Growth
from tests.benchmarks.measure import Contender, Row, Section, Timing

Finding = Row | Growth | Section
KINDS: dict[str, Any] = {kind.__name__: kind for kind in (Row, Growth, Section)}


@dataclass(frozen=True)
class Measured:
    """A work's findings, and the machine, load, commit and versions they were found with."""

    findings: tuple[Finding, ...]
    around: dict[str, str]


def read(file: Path) -> dict[str, Measured]:
    """By the name of the work; empty where nothing was measured yet."""
    if not file.exists():
        return {}
    return {
        name: Measured(tuple(_finding(one) for one in own["findings"]), own["around"])
        for name, own in json.loads(file.read_text()).items()
    }


def write(file: Path, works: dict[str, Measured]) -> None:
    """Keep all works."""
    found = {
        name: {"around": own.around, "findings": [{"kind": type(one).__name__, **asdict(one)} for one in own.findings]}
        for name, own in works.items()
    }
    file.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")


def _finding(kept: dict[str, Any]) -> Finding:
    own = {name: value for name, value in kept.items() if name != "kind"}
    if kept["kind"] == "Row":
        own |= {"ours": _contender(own["ours"]) if own["ours"] else None, "peers": _contenders(own["peers"])}
    found: Finding = KINDS[kept["kind"]](**{k: tuple(v) if isinstance(v, list) else v for k, v in own.items()})
    return found


def _contenders(kept: Sequence[dict[str, Any]]) -> tuple[Contender, ...]:
    return tuple(_contender(one) for one in kept)


def _contender(kept: dict[str, Any]) -> Contender:
    timing = Timing(tuple(kept["timing"]["seconds"]), kept["timing"]["first_s"])
    return Contender(**{**kept, "timing": timing})
