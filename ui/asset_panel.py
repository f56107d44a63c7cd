"""One asset in depth: readings, parameters before and after calibration, failures, and what depends on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

import dash_mantine_components as dmc

from api.schemas.models import CalibrationView, ModelView
from api.schemas.plants import AssetView, PlantView, PriorView
from api.schemas.prognosis import FailureForecastView
from api.schemas.status import TagStatusView
from ui import blocks
from ui.figures.failures import horizon_of, risk_colour, within
from ui.words import (
    NOTHING,
    asset_names,
    chance,
    days,
    duration,
    leaf,
    number,
    plain,
    shown,
    unit,
    unit_of_name,
    with_unit,
)

MOST_NAMED = 12
UTC = ZoneInfo("UTC")


def asset_panel(
    asset: AssetView,
    plant: PlantView,
    readings: Sequence[TagStatusView],
    model: ModelView | None,
    forecasts: Sequence[FailureForecastView],
    affected: Sequence[str],
) -> dmc.Stack:
    """Everything known of one asset, most urgent first."""
    marks = [dmc.Badge(asset.type or "group", variant="light", color="gray", tt="none")]
    if asset.critical:
        marks.append(dmc.Badge("critical", variant="light", color="red", tt="none"))
    title = dmc.Group([dmc.Title(asset.name or leaf(asset.id), order=4), *marks], gap="xs")
    sections = [
        ("Failures", failure_table([item for item in forecasts if item.asset == asset.id])),
        ("Latest readings", reading_table(_tags_of(asset.id, plant, readings))),
        ("Parameters", parameter_table(asset, model.calibration if model else None)),
        ("Settings", settings_table(asset)),
        ("If it stops, this is affected", _affected(affected, plant)),
    ]
    shown_sections = [
        dmc.Stack([dmc.Text(name, size="xs", c="dimmed", tt="uppercase", fw=600), content], gap=4)
        for name, content in sections
        if content is not None
    ]
    links = dmc.Group(
        [
            dmc.Anchor("Ask what if", href=f"/what-if?plant={plant.plant}&asset={asset.id}", size="sm"),
            dmc.Anchor("See its trends", href=_trends_of(asset.id, plant), size="sm"),
        ]
    )
    return dmc.Stack([dmc.Stack([title, dmc.Text(asset.id, size="xs", c="dimmed")], gap=2), *shown_sections, links])


def failure_table(forecasts: Sequence[FailureForecastView]) -> Any:
    """Chance within 30 days and remaining life per mode; None where the asset has no forecast."""
    if not forecasts:
        return None
    rows = []
    for item in forecasts:
        probability = within(item, 30).value
        figures = dmc.Text(
            f"{chance(probability)} in 30 d · life {days(item.remaining_days.p50, horizon_of(item))}",
            size="sm", fw=600, style={"color": risk_colour(probability)},
        )  # fmt: skip
        rows.append((item.mode, figures))
    return blocks.definitions(rows)


def reading_table(readings: Sequence[TagStatusView]) -> Any:
    """Newest value of each tag in its own unit; a stale one says for how long."""
    if not readings:
        return None
    rows = []
    for reading in readings:
        value = dmc.Text(reading_text(reading), size="sm", span=True, fw=600)
        late = (
            [dmc.Badge("stale", color="gray", size="sm", tt="none"), duration(reading.age_s)] if reading.stale else []
        )
        rows.append((reading.tag, dmc.Group([*late, value], gap=6, justify="flex-end")))
    return blocks.definitions(rows)


def reading_text(reading: TagStatusView) -> str:
    """A newest value in its display unit."""
    spelled = reading.display.unit if reading.display else reading.unit
    return with_unit(number(shown(reading.value, reading.display)), unit(spelled))


def parameter_table(asset: AssetView, calibration: CalibrationView | None) -> Any:
    """The plant file's number or prior beside the calibrated value with its spread; None without parameters."""
    fitted = {}
    if calibration:
        columns = zip(calibration.names, calibration.values, calibration.spread, strict=True)
        fitted = {name: (value, spread) for name, value, spread in columns}
    entries = [(name, f"{asset.id}.{name}", value) for name, value in asset.parameters.items()]
    entries += [(f"{name} at start", f"{asset.id}.{name}@start", value) for name, value in asset.start.items()]
    if not entries:
        return None
    rows = []
    for label, key, written in entries:
        value, spread = fitted.get(key, (None, None))
        calibrated = f"{number(value, 4)} ± {number(spread, 2)}" if value is not None else NOTHING
        name = key.rsplit(".", 1)[-1].removesuffix("@start")
        title = plain(name) + (" at start" if label.endswith("at start") else "")
        spelled = unit_of_name(name)
        rows.append([f"{title}, {spelled}" if spelled else title, _written(written), calibrated])
    return blocks.table(("", "plant file", "calibrated"), rows, size="xs")


def settings_table(asset: AssetView) -> Any:
    """What the plant file says of a part of the line; None without settings."""
    if not asset.settings:
        return None
    return blocks.definitions([(plain(name), blocks.spoken(value, UTC)) for name, value in asset.settings.items()])


def _written(value: float | PriorView | list[tuple[float, float]]) -> str:
    if isinstance(value, list):
        return ", ".join(f"{number(x)}: {number(y)}" for x, y in value)
    return f"{number(value.prior)} ± {number(value.sd, 2)}" if isinstance(value, PriorView) else number(value, 4)


def _affected(affected: Sequence[str], plant: PlantView) -> Any:
    """The nearest assets by name, and how many more."""
    if not affected:
        return None
    names = asset_names(plant)
    text = ", ".join(names.get(asset, leaf(asset)) for asset in affected[:MOST_NAMED])
    more = f" and {len(affected) - MOST_NAMED} more" if len(affected) > MOST_NAMED else ""
    return dmc.Text(text + more, size="sm")


def _tags_of(asset: str, plant: PlantView, readings: Sequence[TagStatusView]) -> list[TagStatusView]:
    mine = {sensor.tag for sensor in plant.sensors if sensor.measures.partition(".")[0] == asset}
    mine |= {tag.tag for tag in plant.inputs if tag.drives.partition(".")[0] == asset}
    return [reading for reading in readings if reading.tag in mine]


def _trends_of(asset: str, plant: PlantView) -> str:
    tags = [sensor.tag for sensor in plant.sensors if sensor.measures.partition(".")[0] == asset]
    return f"/trends?plant={plant.plant}" + (f"&tags={','.join(tags)}" if tags else "")
