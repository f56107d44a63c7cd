"""The frame around every page: brand, plant, synthetic label, menu, alerts, and the route from address to page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import dash
import dash_mantine_components as dmc
from dash import Input, Output, State, dcc, html

from api.schemas.base import Page as Listing
from api.schemas.plants import PlantSummary
from ui import blocks, login
from ui.alerts import AREA, error_alert
from ui.client import Client, Problem
from ui.pages import PAGES, Page

ASSETS = Path(__file__).parent / "assets"
THEME = {
    "primaryColor": "teal",
    "defaultRadius": "md",
    "fontFamily": "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif",
    "headings": {"fontWeight": "600"},
}


def layout() -> dmc.MantineProvider:
    """The frame; the page itself comes with the first address."""
    frame = dmc.AppShell(
        [
            dmc.AppShellHeader(_header(), px="md"),
            dmc.AppShellNavbar(html.Nav(id="menu"), p="sm"),
            dmc.AppShellMain([html.Div(id=AREA), dmc.Box(dmc.Center(dmc.Loader(), mt=80), id="page", pt="md")]),
        ],
        id="frame",
        header={"height": 60},
        navbar=_navbar(opened=False),
        padding="md",
    )
    stores = [dcc.Location(id="address", refresh="callback-nav"), dcc.Store(id="plant")]
    return dmc.MantineProvider([*stores, frame], theme=THEME, defaultColorScheme="light")


def register(board: dash.Dash, client: Client) -> None:
    """Show the page of an address, go to another plant, open the menu on a narrow screen."""
    _register_moves(board)

    @board.callback(
        Output("page", "children"),
        Output("menu", "children"),
        Output("plant", "data"),
        Output("plant-choice", "data"),
        Output("plant-choice", "value"),
        Output("labels", "children"),
        Output(AREA, "children", allow_duplicate=True),
        Input("address", "pathname"),
        Input("address", "search"),
        prevent_initial_call="initial_duplicate",
    )
    async def show_page(pathname: str | None, search: str | None) -> tuple[Any, ...]:
        query = dict(parse_qsl((search or "").lstrip("?")))
        page = next((page for page in PAGES if page.PATH == (pathname or "/")), PAGES[0])
        try:
            plants = (await client.read(Listing[PlantSummary], "/plants")).items
        except Problem as problem:
            if problem.status != 401:
                raise
            return login.login(), [], None, [], None, [], []
        chosen = next((plant for plant in plants if plant.plant == query.get("plant")), plants[0] if plants else None)
        content = await _content(page, client, chosen, query)
        name = chosen.plant if chosen else None
        choices = [{"value": plant.plant, "label": plant.plant} for plant in plants]
        return content, _menu(page, name), name, choices, name, _labels(chosen), _unknown(query, plants)


def _register_moves(board: dash.Dash) -> None:
    @board.callback(
        Output("address", "search"),
        Input("plant-choice", "value"),
        State("plant", "data"),
        prevent_initial_call=True,
    )
    async def go_to_plant(choice: str | None, plant: str | None) -> Any:
        return dash.no_update if choice in (None, plant) else link({"plant": choice})

    @board.callback(
        Output("frame", "navbar"),
        Input("menu-button", "opened"),
        Input("address", "pathname"),
        prevent_initial_call=True,
    )
    async def open_menu(opened: bool, _pathname: str | None) -> dict[str, Any]:
        return _navbar(opened=opened and dash.ctx.triggered_id == "menu-button")


def _navbar(*, opened: bool) -> dict[str, Any]:
    return {"width": 190, "breakpoint": "sm", "collapsed": {"mobile": not opened}}


async def _content(page: Page, client: Client, plant: PlantSummary | None, query: Mapping[str, str]) -> Any:
    """The page, or in its place what went wrong: the frame around it always stays."""
    if plant is None:
        return blocks.no_plant()
    try:
        return await page.layout(client, plant.plant, query)
    except Exception as error:
        return dmc.Stack([dmc.Title(page.TITLE, order=2), error_alert(error)])


def link(query: Mapping[str, str | None]) -> str:
    """The query part of an address, without what is empty."""
    return "?" + urlencode({name: value for name, value in query.items() if value})


def _header() -> dmc.Group:
    burger = dmc.Burger(id="menu-button", opened=False, hiddenFrom="sm", size="sm", **{"aria-label": "Menu"})
    title = dmc.Title("Plantwin", order=3, visibleFrom="sm")
    brand = dmc.Group([burger, html.Div(className="brand-mark"), title], gap="xs", wrap="nowrap")
    choice = dmc.Select(
        id="plant-choice",
        placeholder="No plant yet",
        allowDeselect=False,
        size="sm",
        w={"base": 110, "sm": 220},
        **{"aria-label": "Plant"},
    )
    scheme = dmc.ColorSchemeToggle(
        id="color-scheme", color="gray", variant="subtle", lightIcon=html.Div(className="icon icon-sun"),
        darkIcon=html.Div(className="icon icon-moon"), **{"aria-label": "Light or dark page"},
    )  # fmt: skip
    whole = {"flexShrink": 0}  # the label of synthetic data is never cut off
    labels = dmc.Group(id="labels", gap="xs", wrap="nowrap", style=whole)
    right = dmc.Group([labels, scheme], gap="xs", wrap="nowrap", style=whole)
    left = dmc.Group([brand, choice], gap="md", wrap="nowrap")
    return dmc.Group([left, right], justify="space-between", h="100%", wrap="nowrap")


def _menu(current: Page, plant: str | None) -> list[dmc.NavLink]:
    return [
        dmc.NavLink(
            label=page.TITLE,
            href=page.PATH + (link({"plant": plant}) if plant else ""),
            active=page is current,
            leftSection=html.Div(className=f"icon icon-{page.TITLE.lower().replace(' ', '-')}"),
            variant="light",
            mb=2,
        )
        for page in PAGES
    ]


def _labels(plant: PlantSummary | None) -> list[Any]:
    if plant is None:
        return []
    site = dmc.Text(f"{plant.site.name} · revision {plant.revision}", size="sm", c="dimmed", visibleFrom="md")
    return [site, blocks.synthetic_label()] if plant.synthetic else [site]


def _unknown(query: Mapping[str, str], plants: list[PlantSummary]) -> Any:
    wanted = query.get("plant")
    if wanted is None or any(plant.plant == wanted for plant in plants):
        return []
    text = f"There is no plant {wanted!r}. Shown instead: {plants[0].plant}." if plants else "There is no plant yet."
    return dmc.Alert(text, title="Plant not found", color="orange", withCloseButton=True)
