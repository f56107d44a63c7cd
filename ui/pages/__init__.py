"""The dashboard's pages, found by themselves: each module declares PATH, TITLE, ORDER, layout and register."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from typing import Any, Protocol, cast

import dash

from ui.client import Client


class Page(Protocol):
    """What a page module offers: its address, name and place in the menu, its content, its callbacks."""

    PATH: str
    TITLE: str
    ORDER: int

    async def layout(self, client: Client, plant: str, query: Mapping[str, str]) -> Any:
        """The page's content for one plant."""

    def register(self, board: dash.Dash, client: Client) -> None:
        """Add the page's callbacks, all `async def`."""


PAGES: tuple[Page, ...] = tuple(
    sorted(
        (cast(Page, importlib.import_module(f"{__name__}.{module.name}")) for module in pkgutil.iter_modules(__path__)),
        key=lambda page: page.ORDER,
    )
)
