"""A line as it is described: parts with settings, links between their ports, products with their routings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Part:
    """One part of a line: its name without ".", a flow type's name, settings by name where they are not the default."""

    name: str
    type: str
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Product:
    """A product, and the stations that it visits in this order where splitters send items by routing."""

    name: str
    routing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Layout:
    """Parts, links ("part.out", "part.in") and products; without products there is one, "item"."""

    parts: tuple[Part, ...]
    links: tuple[tuple[str, str], ...] = ()
    products: tuple[Product, ...] = (Product("item"),)

    @property
    def product_names(self) -> tuple[str, ...]:
        """Names in order."""
        return tuple(product.name for product in self.products)


def in_series(*parts: Part, products: tuple[Product, ...] = (Product("item"),)) -> Layout:
    """Parts one behind the other, "out" to "in"."""
    links = tuple((f"{a.name}.out", f"{b.name}.in") for a, b in zip(parts[:-1], parts[1:], strict=True))
    return Layout(parts, links, products)
