"""Rules of robot cells: what a scene says of an arm, its belts, boxes and pallet."""

from __future__ import annotations

from physics.cell.read import read
from twin.scene.findings import Findings
from twin.scene.scene import Scene

TYPE = "robot_cell"


def check_cells(scene: Scene, findings: Findings) -> None:
    """Judge the description of every cell that has one."""
    for at, asset in enumerate(scene.assets):
        if asset.type == TYPE and "cell" in asset.settings:
            for fault in read(asset.settings["cell"], f"{asset.id}.settings.cell")[1]:
                path = ("assets", at, "settings", "cell")
                findings.add(path, fault.where, fault.got, fault.need, fault.next_step)
