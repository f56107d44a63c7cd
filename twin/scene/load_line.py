"""Reads what a plant file says of its line: settings of flow types, products, couplings and prices."""

from __future__ import annotations

from typing import Any

from twin.scene.fields import Entry, is_number, shown
from twin.scene.line import ENERGY_UNIT, NUMBERS, TIME_UNIT, Coupling, CouplingKind, Price, Prices, Product
from twin.scene.lines import Document, Path


def settings(document: Document, path: Path, value: Any, subject: str) -> dict[str, Any]:
    """Settings as they stand; their type looks at them when the line is compiled."""
    entry = Entry(document, path, value, subject)
    for name, given in entry.values.items():
        if given is None:
            entry.refuse(name, "nothing", "a value", "Leave the key out for its default.")
    return {name: given for name, given in entry.values.items() if given is not None}


def product(document: Document, path: Path, value: Any) -> Product:
    """One product."""
    name = value.get("name") if isinstance(value, dict) else None
    entry = Entry(document, path, value, str(name or f"products[{path[1]}]"))
    found = Product(
        entry.text("name", required=True, limit=100), entry.words("routing"), entry.number("value", 0.0, low=0.0)
    )
    entry.finish()
    return found


def coupling(document: Document, path: Path, value: Any) -> Coupling:
    """One link between line and physics, with the numbers that its kind takes."""
    entry = Entry(document, path, value, f"couplings[{path[1]}]")
    kind = entry.choice("kind", CouplingKind.SPEED)
    part, quantity = entry.text("part", required=True), entry.text("quantity", required=True)
    required, optional = NUMBERS[kind]
    numbers = {}
    for name in (*required, *optional):
        given = entry.raw(name)
        if given is None:
            if name in required:
                entry.refuse(name, "nothing", f"a number: a coupling of kind {kind} takes {', '.join(required)}")
        elif is_number(given):
            numbers[name] = float(given)
        else:
            entry.refuse(name, shown(given), "a finite number in SI")
    entry.finish()
    return Coupling(kind, part, quantity, numbers)


def prices(document: Document, value: Any) -> Prices:
    """What things cost."""
    entry = Entry(document, ("prices",), value, "prices")
    found = Prices(
        currency=entry.text("currency", "EUR", limit=10),
        energy=_price(document, ("prices", "energy"), entry.raw("energy"), ENERGY_UNIT),
        person=_price(document, ("prices", "person"), entry.raw("person"), TIME_UNIT),
        repair=entry.number("repair", 0.0, low=0.0),
    )
    entry.finish()
    return found


def _price(document: Document, path: Path, value: Any, per: str) -> Price:
    entry = Entry(document, path, value, ".".join(map(str, path)))
    found = Price(entry.number("value", 0.0, low=0.0), entry.text("per", per))
    entry.finish()
    return found
