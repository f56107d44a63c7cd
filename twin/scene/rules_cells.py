"""Rules of robot cells: what a scene says of an arm, its belts, boxes and pallet."""

from __future__ import annotations

from collections.abc import Mapping

from physics.cell.read import read
from twin.scene.findings import Findings
from twin.scene.scene import Scene

TYPE = "robot_cell"
MEASURED = ("cell", "description", "times", "when")


def check_cells(scene: Scene, findings: Findings) -> None:
    """Judge the description of every cell that has one, and what is said of its measurement."""
    for at, asset in enumerate(scene.assets):
        if asset.type == TYPE and "cell" in asset.settings:
            for fault in read(asset.settings["cell"], f"{asset.id}.settings.cell")[1]:
                path = ("assets", at, "settings", "cell")
                findings.add(path, fault.where, fault.got, fault.need, fault.next_step)
        said = asset.settings.get("measured", {}) if asset.type == TYPE else {}
        if not isinstance(said, Mapping) or (said and not all(isinstance(said.get(name), str) for name in MEASURED)):
            step = "Leave it out; `twin cell run` writes it."
            need = f"texts for {', '.join(MEASURED)}"
            findings.add(
                ("assets", at, "settings", "measured"), f"{asset.id}.settings.measured", repr(said)[:80], need, step
            )
