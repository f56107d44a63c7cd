"""A page whose button orders long work and whose content is drawn anew when that has ended well."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import dash
from dash import Input, Output, State

from ui.client import Client
from ui.progress import part


def register(
    board: dash.Dash, client: Client, page: str, content: Callable[[Client, str], Awaitable[Any]], order: str = ""
) -> None:
    """Wire a page that shows `<page>-content` and `progress.panel(page)`.

    Args:
        board: The dashboard.
        client: The way to the API.
        page: Its name in the ids of its parts.
        content: What to draw for a plant.
        order: Of the plant's addresses, the one that `<page>-run` posts to; none where the page orders by itself.
    """

    @board.callback(
        Output(f"{page}-content", "children"),
        Input(part("ended", page), "data"),
        State("plant", "data"),
        prevent_initial_call=True,
    )
    async def refresh(ended: dict[str, Any] | None, plant: str) -> Any:
        return await content(client, plant) if ended and ended["state"] == "done" else dash.no_update

    if not order:
        return

    @board.callback(
        Output(part("job", page), "data"),
        Input(f"{page}-run", "n_clicks"),
        State("plant", "data"),
        prevent_initial_call=True,
    )
    async def run(clicks: int | None, plant: str) -> Any:
        return (await client.post(f"/plants/{plant}/{order}"))["id"] if clicks else dash.no_update
