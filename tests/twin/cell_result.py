"""A plant with a robot cell, and a stand-in for its simulation that leaves what a real one leaves."""

import json
from pathlib import Path

from ruamel.yaml import YAML

from physics.cell import runner
from physics.cell.process import FILM, RESULT, SPEC

CELL = YAML(typ="safe").load((Path(__file__).parents[2] / "examples" / "palletiser" / "cell.yaml").read_text())
TIMES_S = [6.5, 7.0, 7.5]
PLANT = json.dumps(
    {
        "plant": "hall",
        "assets": [
            {"id": "boxes", "type": "source"},
            {"id": "palletiser", "type": "robot_cell", "settings": {"cell": CELL, "cycle_s": 10.0}},
            {"id": "pallets", "type": "sink"},
        ],
        "connections": [["boxes.out", "palletiser.in"], ["palletiser.out", "pallets.in"]],
    }
)


def result(times_s=TIMES_S):
    boxes = [
        {"box": at, "slot": at, "begun_s": 10.0 * at, "ended_s": 10.0 * at + time_s}
        for at, time_s in enumerate(times_s)
    ]
    return {
        "schema": "plantwin.cell/1",
        "name": "palletiser",
        "simulated_s": 30.0,
        "cycle": {"values_s": times_s, "count": len(times_s), "mean_s": 7.0, "sd_s": 0.5, "low_s": 6.5,
                  "median_s": 7.0, "high_s": 7.5},
        "worlds": [{"world": 0, "done": bool(times_s), "trouble": "", "boxes": boxes},
                   {"world": 1, "done": False, "trouble": "stuck carrying", "boxes": []}],
        "reach": {"slots": 4, "reached": 3, "out_of_reach": [], "blocked": [{"slot": 3, "by": "post"}]},
        "collisions": [{"bodies": ["elbow", "post"], "worlds": [1], "first_s": 4.0, "force_n": 30.0}],
        "joints": [{"name": "elbow", "torque_peak_n_m": 30.0, "torque_rms_n_m": 20.0, "torque_limit_n_m": 150.0,
                    "speed_peak_rad_per_s": 1.9, "speed_limit_rad_per_s": 3.1, "error_peak_rad": 0.001}],
        "energy": {"mechanical_j_per_box": 145.0, "electrical_j_per_box": 700.0, "working_w": 103.0, "waiting_w": 90.0,
                   "pull_peak_n": 24.0},
        "belt": [],
        "placing": {"placed": 3, "mean_m": 0.0003, "worst_m": 0.002},
    }  # fmt: skip


def stand_in(monkeypatch, found=None):
    """Put the stand-in in place; returns the list of descriptions that it was asked for."""
    asked = []

    def simulate(spec, folder, tell):
        asked.append(spec)
        tell(0.5, "12 s simulated")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / SPEC).write_text(json.dumps(spec))
        (folder / RESULT).write_text(json.dumps(found or result()))
        (folder / FILM).write_bytes(b"GIF89a")
        (folder / "log.txt").write_text("words")
        return found or result()

    monkeypatch.setattr(runner, "simulate", simulate)
    monkeypatch.setattr(runner, "available", lambda: True)
    return asked
