"""What a component's file says: how it documents itself, what fails, what may be learned, and where it is defined."""

from __future__ import annotations

import inspect

import numpy as np

from physics.catalogue import CatalogueFault
from physics.contract import Component
from physics.trial.evaluate import evaluate
from physics.trial.points import random_points

DOCSTRING_LINES = ("Equations", "Symbols", "Source", "Valid")

LARGEST_FEATURE = 100.0
"""Features are of order one; a median above this means a forgotten scale."""


def documented(kind: type[Component]) -> list[CatalogueFault]:
    """The file's docstring says equations, symbols, source and valid range."""
    lines = (inspect.getdoc(inspect.getmodule(kind)) or "").splitlines()
    lacking = [word for word in DOCSTRING_LINES if not any(line.startswith(word) for line in lines)]
    step = "See any file of physics/components."
    return [CatalogueFault(kind.name, f"no line {word!r}", "it in the file's docstring", step) for word in lacking]


def failures(kind: type[Component]) -> list[CatalogueFault]:
    """What fails is a slow state that starts below its limit."""
    found = []
    for failure in kind.failures:
        where, quantity = f"{kind.name} {failure.mode!r}", kind.declaration.by_name.get(failure.when)
        if quantity is None or not quantity.slow:
            found.append(CatalogueFault(where, failure.when, "a slow state", "Declare it with slow=True."))
            continue
        named = failure.limit if isinstance(failure.limit, str) else ""
        if named and named not in kind.declaration.by_name:
            found.append(CatalogueFault(where, f"limit {named!r}", "a number or a parameter"))
            continue
        limit = kind.declaration.by_name[named].default if named else float(failure.limit)
        if not quantity.default < limit:
            found.append(CatalogueFault(where, f"start {quantity.default:g}", f"a start below the limit {limit:g}"))
    return found


def features(kind: type[Component]) -> list[CatalogueFault]:
    """Features are of order one and free of what is learned."""
    if not kind.declaration.corrections:
        return []
    plain, corrected = random_points(kind), random_points(kind, corrected=True)
    base = plain | {c.name: corrected[c.name] for c in kind.declaration.corrections}
    without, with_correction = evaluate(kind, plain), evaluate(kind, base)
    found = []
    for correction in kind.declaration.corrections:
        count = sum(key.startswith(f"{correction.name}.features_") for key in without)
        told = len(correction.trends)
        if told not in (0, count):
            need = f"{count}, one for each feature, or none"
            found.append(CatalogueFault(f"{kind.name} {correction.name}", f"{told} trends", need))
    for key in [key for key in without if ".features" in key]:
        where = f"{kind.name} {key}"
        if not np.array_equal(without[key], with_correction[key]):
            found.append(CatalogueFault(where, "a feature that depends on a correction", "one that does not"))
        size = float(np.median(np.abs(without[key])))
        if not size < LARGEST_FEATURE:
            need = "a dimensionless number of order one"
            found.append(CatalogueFault(where, f"typically {size:.3g}", need, "Divide by a typical size."))
    return found


def finite(kind: type[Component]) -> list[CatalogueFault]:
    """The law is defined all over its declared bounds, as far as parameters, states and efforts were drawn."""
    with np.errstate(all="ignore"):
        returned = evaluate(kind, random_points(kind, corrected=True))
    bad = {key: int((~np.isfinite(value)).sum()) for key, value in returned.items()}
    step = "Round kinks (laws/smooth.py) and tighten the bounds of what it divides by."
    return [
        CatalogueFault(f"{kind.name} {key}", f"no number at {count} random points", "a number within all bounds", step)
        for key, count in bad.items()
        if count
    ]
