"""Mounts the dashboard on the API's own FastAPI app: one process, one port, one set of rights."""

from __future__ import annotations

import logging
from typing import Any

import dash
from dash.backends._fastapi import reset_current_request, set_current_request
from fastapi import FastAPI, Request, Response

from ui import login, progress, shell
from ui.alerts import show_error
from ui.client import Client
from ui.pages import PAGES

log = logging.getLogger(__name__)


def mount(app: FastAPI) -> None:
    """Serve the dashboard under `/`, each page at its own address; unknown addresses stay the API's 404."""
    build(app, Client(app))


def build(app: FastAPI, client: Client) -> dash.Dash:
    """The Dash app on that FastAPI app, with every page's callbacks registered; no file comes from elsewhere."""
    board = dash.Dash(
        __name__,
        server=app,
        backend="fastapi",
        title="Plantwin",
        update_title=None,
        serve_locally=True,
        suppress_callback_exceptions=True,
        assets_folder=str(shell.ASSETS),
        on_error=show_error,
        csrf_token_name="_plantwin_csrf",
    )
    # Dash would answer every unknown address, under /api too, with its page and status 200.
    board.backend._setup_catchall = lambda: None
    board.layout = shell.layout()
    shell.register(board, client)
    login.register(board)
    progress.register(board, client)
    for page in PAGES:
        page.register(board, client)
        if page.PATH != "/":
            app.add_api_route(page.PATH, _index(board), methods=["GET"], include_in_schema=False)
    board._setup_server()  # else the first visitor of a page other than "/" would get it without style sheets
    return board


def _index(board: dash.Dash) -> Any:
    async def index(request: Request) -> Response:
        token = set_current_request(request)
        try:
            return Response(board.index(), media_type="text/html")
        finally:
            reset_current_request(token)

    return index
