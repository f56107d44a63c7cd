"""Small pieces that several pages share: sections, figures, numbers, labels, empty states, login."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import dash_ag_grid as dag
import dash_mantine_components as dmc
from dash import dcc

from api.schemas.base import EPOCH
from ui.words import plain, when

PAGE_ROWS = 20
"""Tables that are as high as their rows show so many at a time, lest what follows is out of sight."""

GRAPH_CONFIG = {
    "displaylogo": False,
    "responsive": True,
    "modeBarButtonsToRemove": ["lasso2d", "select2d", "autoScale2d"],
}


def heading(title: str, explanation: str, *actions: Any) -> dmc.Group:
    """A page's title with one sentence, and its buttons on the right."""
    lines = [dmc.Title(title, order=2), dmc.Text(explanation, c="dimmed", size="sm")]
    words = dmc.Stack(lines, gap=2, style={"flex": "1 1 320px"})
    return dmc.Group([words, dmc.Group(list(actions), gap="sm")], justify="space-between", align="flex-end")


def card(*children: Any, title: str = "", note: str = "", **props: Any) -> dmc.Paper:
    """A framed section; `note` says in small print what one sees."""
    top: list[Any] = []
    if title:
        top.append(dmc.Title(title, order=4))
    if note:
        top.append(dmc.Text(note, size="sm", c="dimmed"))
    header = [dmc.Stack(top, gap=2, mb="sm")] if top else []
    return dmc.Paper([*header, *children], withBorder=True, p="md", **props)


def stat(label: str, value: str, note: str = "") -> dmc.Paper:
    """One number with its name."""
    lines = [
        dmc.Text(label, size="xs", c="dimmed", tt="uppercase", fw=600),
        dmc.Text(value, size="xl", fw=600),
    ]
    if note:
        lines.append(dmc.Text(note, size="xs", c="dimmed"))
    return dmc.Paper(dmc.Stack(lines, gap=2), withBorder=True, p="sm")


def chip(remove: dict[str, Any], text: str) -> dmc.Group:
    """One item of a list that a person makes, with a button of id `remove` to take it out."""
    button = dmc.ActionIcon(
        "×", id=remove, size="sm", variant="subtle", color="gray", **{"aria-label": f"Remove: {text}"}
    )
    return dmc.Group([dmc.Badge(text, variant="light", size="lg", tt="none"), button], gap=4)


def graph(figure: Any, **props: Any) -> dcc.Graph:
    """A picture as wide as its card and as high as the figure says."""
    return dcc.Graph(figure=figure, config=GRAPH_CONFIG, style={"height": figure.layout.height or 300}, **props)


def empty(title: str, text: str, *steps: Any) -> dmc.Paper:
    """What to see before there is anything to see: what is missing and the next step."""
    return dmc.Paper(
        dmc.Stack([dmc.Title(title, order=4), dmc.Text(text, c="dimmed"), *steps], align="center", gap="sm"),
        withBorder=True, p="xl", ta="center", className="empty",
    )  # fmt: skip


def command(text: str) -> dmc.Code:
    """A line to type in a terminal."""
    return dmc.Code(text, block=True, ta="left")


def no_plant() -> dmc.Paper:
    """The first page of a fresh installation."""
    return empty(
        "No plant yet",
        "Describe your plant in one file, plant.yaml, and import it. With only a log, let Plantwin draft the file.",
        command(
            "twin init --from-csv log.csv        # drafts plant.yaml and mapping.yaml\ntwin plant import plant.yaml"
        ),
        dmc.Text("Or run the demo plant: make demo", size="sm", c="dimmed"),
    )


def synthetic_label() -> dmc.Tooltip:
    """Says that the plant's logs come from a simulator, never from a real plant."""
    return dmc.Tooltip(
        dmc.Badge(
            "synthetic data", color="grape", variant="light", tt="none", id="synthetic-label", style={"flexShrink": 0}
        ),
        label="The logs of this plant come from a reference simulator, not from a real plant.",
    )


def grid(
    identity: str,
    columns: list[dict[str, Any]],
    rows: list[dict[str, Any]],
    *,
    select: str | None = None,
    selected: list[dict[str, Any]] | None = None,
    height: int | None = None,
) -> dag.AgGrid:
    """A sortable table; as high as its rows unless a height is given, long ones by pages; rows need an `id`."""
    options: dict[str, Any] = {}
    if select == "single":
        options["rowSelection"] = {"mode": "singleRow", "checkboxes": False, "enableClickSelection": True}
    if height is None:
        options["domLayout"] = "autoHeight"
        options |= {
            "pagination": len(rows) > PAGE_ROWS,
            "paginationPageSize": PAGE_ROWS,
            "paginationPageSizeSelector": False,
        }
    return dag.AgGrid(
        id=identity,
        columnDefs=columns,
        rowData=rows,
        selectedRows=selected or [],
        getRowId="params.data.id",
        defaultColDef={"sortable": True, "resizable": True, "wrapText": True, "autoHeight": True},
        dashGridOptions={"animateRows": False, "suppressCellFocus": False, "enableCellTextSelection": True, **options},
        style={"height": height, "width": "100%"},
        className="ag-theme-quartz grid",
    )


def table(names: Sequence[str], rows: Sequence[Sequence[Any]], *, numeric: bool = False, size: str = "sm") -> Any:
    """A small table that scrolls sideways on a narrow screen; `numeric` sets all but the first column right.

    Args:
        names: Heads of the columns; none for a table without heads.
        rows: Cells, text or components.
        numeric: Whether the columns hold numbers.
        size: Size of the letters.
    """
    aligned = ["right" if numeric and index else "left" for index in range(max(len(names), *map(len, rows), 1))]
    head = dmc.TableThead(dmc.TableTr([dmc.TableTh(name, ta=side) for name, side in zip(names, aligned, strict=False)]))
    body = [dmc.TableTr([dmc.TableTd(cell, ta=side) for cell, side in zip(row, aligned, strict=False)]) for row in rows]
    content = [head, dmc.TableTbody(body)] if names else [dmc.TableTbody(body)]
    return dmc.TableScrollContainer(dmc.Table(content, fz=size, verticalSpacing=5), minWidth=0)


def facts(record: Mapping[str, Any], zone: ZoneInfo) -> list[tuple[Any, Any]]:
    """A provenance record as rows of `definitions`, times at the site."""
    return [
        (
            dmc.Text(plain(name.removesuffix("_us")), size="sm", style={"whiteSpace": "nowrap"}),
            dmc.Text(spoken(value, zone, name), size="sm", className="breakable"),
        )
        for name, value in record.items()
    ]


def spoken(value: Any, zone: ZoneInfo, name: str = "") -> str:
    """A fact of a provenance record in one line: pairs and rows without brackets, `<name>_us` as a time at the site."""
    if isinstance(value, dict):
        pairs = [(key, item) for key, item in value.items() if item is not None]
        return ", ".join(
            f"{key.removesuffix('_us').replace('_', ' ')} {spoken(item, zone, key)}" for key, item in pairs
        )
    if isinstance(value, list | tuple):
        return ", ".join(spoken(item, zone) for item in value)
    if name.endswith("_us") and isinstance(value, int):
        return when(EPOCH + timedelta(microseconds=value), zone)
    return "none" if value is None else str(value)


def definitions(rows: Sequence[tuple[Any, Any]]) -> Any:
    """Names on the left, values on the right."""
    return table((), rows, numeric=True)
