"""Expected lines by hand, from figures of a made-up rig."""

from dataclasses import replace
from pathlib import Path

from examples.free_run import FreeRun
from examples.free_run_page import section, verdict

RIG = FreeRun(
    Path("line"), "line", {"file": "line.csv"}, ("a", "b"), ("c", "d"), skip=(4, 10), thin=2, mark=2.0,
    show={"y": {"per_si": 1e3, "unit": "mm"}},
    known=({"model": "someone else", "figure": "1.5", "source": "a journal"},),
)  # fmt: skip


def score(rmse):
    return {
        "rmse": rmse, "physics": 2 * rmse, "persistence": 10 * rmse, "coverage": 0.9, "coverage_low": 0.85,
        "coverage_high": 0.95, "width": 0.01, "interval_score": 0.02, "persistence_interval_score": 0.2,
        "band_right": True, "unit": "m",
    }  # fmt: skip


LEAD = {
    "tag": "y", "unit": "m", "lead_s": 10.0, "rmse": 0.002, "persistence": 0.004, "coverage": 0.91, "low": 0.8,
    "high": 0.97, "interval_score": 1.0, "persistence_interval_score": 4.0, "right": True,
}  # fmt: skip


def found(*errors, tags=("y",)):
    rows = [
        {"seed": seed, "seconds": 3.0, "status": "champion", "candidate": "hybrid",
         "gate": {"physics": {"y": 0.004}, "hybrid": {"y": 0.001}}, "leads": [LEAD],
         "test": {skip: {tag: score(error) for tag in tags} for skip in ("4", "10")}}
        for seed, error in enumerate(errors)
    ]  # fmt: skip
    return {"seeds": rows, "black_box": {"y": [0.003, 0.005]}, "black_box_seconds": 7.0, "arx": {"y": [0.009]}}


def text(*errors, **more):
    return "\n".join(section(RIG, found(*errors, **more)))


def test_the_median_is_held_against_the_mark_and_the_worst_is_told():
    lines = text(0.001, 0.0015, 0.004)
    assert "Mark 2.0: reached (worst seed 4.000)" in lines
    assert "| **the model that the gate let through** | 1.500 | 4.000 | this run |" in lines
    assert "| black box alone | 4.000 | 5.000 | this run |" in lines
    assert "| someone else | 1.5 | | a journal |" in lines


def test_a_missed_mark_says_by_how_much():
    assert "Mark 2.0: missed by 0.500 mm" in text(0.0025)


def test_a_line_says_it_all():
    assert verdict(RIG, found(0.0025, 0.003)) == (
        "RMSE 2.0 mm",
        "2.750: missed by 0.750",
        "free run 2 of 2, by lead 1 of 1",
    )
    assert verdict(RIG, {"ablations": []}) == ("–", "not run", "–")
    open_end = replace(RIG, mark=None)
    # 1 mm against the black box's 3 and 5 mm; of the other tag no black box is known, and persistence errs tenfold.
    assert verdict(open_end, found(0.001, tags=("y", "z")))[1] == "better than black box and persistence on 2 of 2 tags"


def test_what_stands_in_the_way_is_said():
    lines = section(replace(RIG, why="Friction moves " * 20), found(0.001))
    assert "Friction moves Friction moves" in lines[-1]
    assert max(map(len, lines[-3:])) <= 118


def test_several_tags_have_a_row_each():
    lines = text(0.001, 0.002, tags=("y", "z"))
    assert "| y | mm | 15 (20) | 9 (9) | 4 (5) | 3 (4) | **1.5 (2)** | 90.0 % [85.0, 95.0] | 0.10 | right |" in lines
    assert "| z | m | 0.015 (0.02) | – | – | 0.003 (0.004) |" in lines


def test_bands_by_lead_stand_beside_persistence():
    assert "right for 1 of 1 tags and leads." in text(0.001)
    assert "right for 1 of 1 tags and leads, for 1, 1 of the other seeds." in text(0.001, 0.001, 0.002)
    assert "| y | 10 | 2 mm | 0.50 | 91.0 % [80.0, 97.0] | 0.25 | right |" in text(0.001)


def test_an_ablation_is_a_line():
    row = {"what": "members", "variant": "2", "tag": "y", "unit": "m", "told": "Usual.", "physics": [0.002, 0.004],
           "hybrid": [0.001, 0.003]}  # fmt: skip
    lines = "\n".join(section(RIG, {"ablations": [row]}))
    assert "| members | 2 | 3.000 (2.000, 4.000) | 2.000 (1.000, 3.000) |" in lines
