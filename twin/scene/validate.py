"""Every rule that a scene's meaning must keep; all faults are found in one pass."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from twin.errors import Fault
from twin.scene.findings import Findings
from twin.scene.lines import Document, Path
from twin.scene.rules_assets import check_assets
from twin.scene.rules_cells import check_cells
from twin.scene.rules_connections import check_connections
from twin.scene.rules_line import check_line
from twin.scene.rules_tags import check_kpis, check_tags
from twin.scene.scene import NO_NIGHT, Scene
from twin.scene.types import Types, installed

DAY_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
PLANT_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
"""Plant names stand in URLs and folder names."""


def validate(scene: Scene, *, types: Types | None = None, document: Document | None = None) -> list[tuple[Path, Fault]]:
    """Find everything that is wrong with a scene.

    Args:
        scene: As parsed; entries without an id, type or tag are skipped (the form's own fault).
        types: Component types by name; the installed catalogue by default.
        document: Where the scene was read from, for file and line in each fault.
    Returns: Pairs of document path and fault; empty for a sound scene.
    """
    types = installed() if types is None else types
    findings = Findings(document)
    _check_head(scene, findings)
    check_assets(scene, types, findings)
    check_connections(scene, types, findings)
    check_tags(scene, types, findings)
    check_kpis(scene, types, findings)
    check_line(scene, types, findings)
    check_cells(scene, findings)
    return findings.found


def _check_head(scene: Scene, findings: Findings) -> None:
    if scene.plant and not PLANT_NAME.fullmatch(scene.plant):
        findings.add(("plant",), "plant", repr(scene.plant), "letters, digits, '-' and '_', for it stands in addresses")
    try:
        ZoneInfo(scene.site.time_zone)
    except (KeyError, ValueError, OSError):
        need = "an IANA time zone such as Europe/Berlin"
        findings.add(("site", "time_zone"), "site.time_zone", repr(scene.site.time_zone), need)
    if scene.site.night not in ("", NO_NIGHT) and not DAY_TIME.fullmatch(scene.site.night):
        findings.add(("site", "night"), "site.night", repr(scene.site.night), f'a time such as "02:30", or {NO_NIGHT}')
