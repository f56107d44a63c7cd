"""The table of verification: which cases there are, how each is judged, how it is written down."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.verify.case import Case, NotYet

FOLDER = Path(__file__).parent / "cases"
TITLES = {
    "closed_forms": "Closed forms",
    "waves": "Closed forms",
    "motor": "Closed forms",
    "machine_elements": "Closed forms",
    "energy_stores": "Closed forms",
    "controls": "Controls",
    "order": "Order of the integrators",
    "stiff": "Stiff systems",
    "balances": "Balances over a day",
    "horizons": "Long horizons",
    "networks": "Fluid networks",
    "fluid_parts": "Fluid parts",
    "progpy_models": "ProgPy's models",
    "gradients": "Slopes",
    "lines": "Material flow",
}
"""Modules in the order of the page; a module that is not named here comes last, under its own name."""

HEAD = """# Verification of the engine

Written by `make verify`. Each line compares the engine with a reference that shares no code with it: a closed form, a
conservation law, or another solver. "Not yet" says what the engine cannot express today; "missed" is a known shortfall
with its reason below. Cases live in `tests/verify/cases/`, one idea per file; pytest runs the same cases.
"""

COLUMNS = "| case | reference | measured | error | tolerance | |\n|---|---|---|---|---|---|"


@dataclass(frozen=True)
class Line:
    """One case, judged: verdict "pass", "FAIL", "missed" (known) or "not yet"."""

    case: Case | NotYet
    verdict: str
    error: float | None = None


def groups() -> Iterator[tuple[str, tuple[Case | NotYet, ...]]]:
    """Title and cases of every module in the folder."""
    names = [module.name for module in pkgutil.iter_modules([str(FOLDER)])]
    order = list(TITLES)
    for name in sorted(names, key=lambda n: order.index(n) if n in order else len(order)):
        yield TITLES.get(name, name), importlib.import_module(f"tests.verify.cases.{name}").CASES


def judged(case: Case | NotYet) -> Line:
    """Run a case."""
    if isinstance(case, NotYet):
        return Line(case, "not yet")
    error = case.error()
    if error <= case.tolerance:
        return Line(case, "pass", error)
    return Line(case, "missed" if case.shortfall else "FAIL", error)


def text(line: Line) -> str:
    """One line for the screen."""
    if isinstance(line.case, NotYet):
        return f"{'not yet':8} {line.case.name}: {line.case.reason}"
    return f"{line.verdict:8} {line.case.name}: {line.error:.1e} of {line.case.tolerance:.0e} ({line.case.reference})"


def page(lines: list[tuple[str, Line]], seconds: float) -> str:
    """The whole of docs/verification.md."""
    parts, shown = [HEAD], ""
    for title, line in lines:
        if title != shown:
            parts.append(
                f"\n## {title}\n\n| case | reference | measured | error | tolerance | |\n|---|---|---|---|---|---|"
            )
            shown = title
        parts.append(_row(line))
    reasons = [line.case for _, line in lines if isinstance(line.case, Case)]
    parts.append("\n## Why these tolerances\n")
    parts += [f"- {case.name}: {case.why}." for case in reasons]
    missed = [line.case for _, line in lines if line.verdict == "missed" and isinstance(line.case, Case)]
    parts += ["\n## What is missed\n", *[f"- {case.name}: {case.shortfall}." for case in missed]] if missed else []
    parts.append(f"\nThe whole table takes {seconds:.0f} s on two cores, compiling included.")
    return "\n".join(parts) + "\n"


def _row(line: Line) -> str:
    if isinstance(line.case, NotYet):
        return f"| {line.case.name} | {line.case.reference} | – | – | – | not yet: {line.case.reason} |"
    case = line.case
    numbers = f"{case.measure} | {line.error:.1e} | {case.tolerance:.0e}"
    return f"| {case.name} | {case.reference} | {numbers} | {line.verdict} |"
