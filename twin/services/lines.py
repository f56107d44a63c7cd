"""Use case: the line of a plant as what-ifs ask it, alone or beside the physics."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from twin.assembly.line import compile_layout, layout_of
from twin.errors import Fault, InvalidInput
from twin.ingest.time_units import EPOCH
from twin.records.scenario import Outcome, Scenario
from twin.scenarios.line_changes import changed, line_targets
from twin.scenarios.line_compare import LinePair, compare_line, pair_of, settings_of
from twin.scenarios.targets import Target
from twin.scene.material import line_assets, physical
from twin.scene.scene import Scene, split_path


def is_alone(scene: Scene) -> bool:
    """Whether the plant is a line without physics."""
    return bool(line_assets(scene)) and not physical(scene).assets


def targets(scene: Scene) -> tuple[Target, ...]:
    """What may be changed on the line; nothing for a plant without."""
    return line_targets(layout_of(scene)) if line_assets(scene) else ()


def names(scene: Scene, target: str) -> bool:
    """Whether a change's target is on the line."""
    return split_path(target)[0] in {asset.id for asset in line_assets(scene)}


def check(scene: Scene, scenario: Scenario) -> None:
    """Refuse changes of the line that cannot be made, before they wait in a queue; all others are left alone.

    Raises: InvalidInput, with every one of them.
    """
    found = [number for number, _ in settings_of(scenario.changes)]
    if is_alone(scene):
        rule = "a change of kind setting"
        faults = [
            Fault(f"changes[{at}].kind", change.kind.value, rule, "This plant is a line without physics.")
            for at, change in enumerate(scenario.changes)
            if at not in found
        ]
        if faults:
            raise InvalidInput(faults)
    if found:
        compile_layout(changed(layout_of(scene), settings_of(scenario.changes)), scene)


def pair(scene: Scene, scenario: Scenario, time_us: int) -> LinePair | None:
    """Both lines of a question that begins at a time; None for a plant without a line.

    Raises: InvalidInput, with every change of the line that cannot be made.
    """
    if not line_assets(scene):
        return None
    begins_s = 0.0 if scenario.start == "nominal" else since_monday_s(time_us, scene.site.time_zone)
    return pair_of(scene, scenario, begins_s=begins_s)


def answer(scene: Scene, scenario: Scenario, time_us: int, *, provenance: dict[str, Any]) -> Outcome:
    """Answer a what-if of a plant that is a line alone."""
    check(scene, scenario)
    found = pair(scene, scenario, time_us)
    assert found is not None  # the caller asked `is_alone`
    return compare_line(scenario, found, provenance=provenance)


def since_monday_s(time_us: int, zone: str) -> float:
    """Seconds on the site's clock since Monday, 00:00: where calendars begin."""
    local = (EPOCH + timedelta(microseconds=time_us)).astimezone(ZoneInfo(zone)).replace(tzinfo=UTC)
    monday = datetime(local.year, local.month, local.day, tzinfo=UTC) - timedelta(days=local.weekday())
    return (local - monday).total_seconds()
