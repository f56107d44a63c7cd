"""All trials of a component type, in the order in which their faults help: first the file, then the law, then a run."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from physics import catalogue
from physics.catalogue import CatalogueFault
from physics.contract import Component
from physics.trial import base_units, books, declared
from physics.trial.base_units import Naming
from physics.trial.running import on_the_bench

FIRST_TRIALS: Mapping[str, Callable[[type[Component]], list[CatalogueFault]]] = {
    "keeps the contract": catalogue.check,
    "is finite within bounds": declared.finite,
}
"""Without these the others mean nothing."""

LAW_TRIALS: Mapping[str, Callable[[type[Component]], list[CatalogueFault]]] = {
    "documents itself": declared.documented,
    "rests at rest": books.rest,
    "closes its energy books": books.books,
    "makes no work out of nothing": books.work,
    "never heals": books.wear,
    "watches what fails": declared.failures,
    "learns from sound features": declared.features,
}
"""What a law must show by itself, by the words for it."""

UNIT_TRIALS: Mapping[str, Callable[[type[Component], Naming], list[CatalogueFault]]] = {
    "ends names in units": base_units.names,
    "is the same in other base units": base_units.law_in_other_units,
}
"""What needs somebody who knows units; the second reads the names that the first found sound."""

BENCH = "runs on a bench"


def trials(
    kind: type[Component], types: Mapping[str, type[Component]], naming: Naming
) -> dict[str, list[CatalogueFault]]:
    """Faults by trial, those left out that mean nothing after earlier faults.

    Args:
        kind: The type.
        types: The catalogue that it joins.
        naming: How names and units are read.
    """
    found: dict[str, list[CatalogueFault]] = {}
    for name, trial in FIRST_TRIALS.items():
        found[name] = trial(kind)
        if found[name]:
            return found
    found |= {name: trial(kind) for name, trial in LAW_TRIALS.items()}
    for name, unit_trial in UNIT_TRIALS.items():
        found[name] = unit_trial(kind, naming)
        if found[name]:
            return found
    return found | {BENCH: on_the_bench(kind, types)}
