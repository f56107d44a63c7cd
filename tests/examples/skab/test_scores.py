"""The page's lines, from figures made up for the purpose."""

from examples.skab.scores import ACCEPTED, section, verdict


def swept(f1, far):
    row = {"margin": 2.0, "nab": 30.0, "f1": f1, "far": far, "mar": 0.1}
    groups = {"valve1": {"f1": f1, "far": far, "mar": 0.1}}
    return [{**row, "accepted": share, "groups": groups} for share in ACCEPTED]


def seed(number, f1, far):
    return {
        "seed": number, "spans": 42, "promoted": 7, "seconds": 300.0,
        "hybrid": swept(f1, far), "physics": swept(0.5, 0.2),
    }  # fmt: skip


def test_a_mark_that_is_reached_is_said_with_every_seed():
    lines = section({"seeds": [seed(0, 0.81, 0.2), seed(1, 0.83, 0.1), seed(2, 0.82, 0.15)], "var": swept(0.8, 0.22)})
    assert "18 %: reached." in lines[0]
    assert "NAB ≥ 35: missed by 5.0." in lines[0]
    assert "0.810 at 20.0 %, 0.830 at 10.0 %, 0.820 at 15.0 %" in lines[0]
    assert "| **filtered hybrid** | 0.820 | 15.0 | 10.0 | 30.0 | here |" in lines
    assert "| vector autoregression of order 3 alone | 0.800 | 22.0 | 10.0 | 30.0 | here |" in lines


def test_a_mark_that_is_missed_is_said_with_the_figures():
    lines = section({"seeds": [seed(0, 0.81, 0.27)], "var": swept(0.8, 0.22)})
    assert "missed, F1 0.810 at FAR 27.0 %" in lines[0]
    assert "| valve1 | 0.810 | 27.0 | 10.0 |" in lines


def test_a_line_says_both_marks():
    found = {"seeds": [seed(0, 0.825, 0.17)], "var": swept(0.8, 0.22)}
    expected = "F1 0.82 at FAR 18 %; NAB 35", "0.825 at 17.0 %: reached; 30.0: missed by 5.0", "–"
    assert verdict(found) == expected
