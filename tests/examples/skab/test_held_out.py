from examples.skab.held_out import LEADS_S, section, verdict


def row(tag, lead, rmse, right=True):
    return {
        "tag": tag, "lead_s": lead, "rmse": rmse, "persistence": 1.0, "coverage": 0.9, "low": 0.85, "high": 0.95,
        "interval_score": 2.0, "persistence_interval_score": 4.0, "crps": rmse / 2, "right": right,
    }  # fmt: skip


def found(*errors):
    rows = [row(f"T{at}", lead, error, right=at > 0) for lead in LEADS_S for at, error in enumerate(errors)]
    return {"seeds": [{"seed": 0, "rows": rows, "status": "rejected", "seconds": 3.0}]}


def test_the_median_over_tags_is_held_against_the_mark_at_every_lead():
    text = "\n".join(section(found(0.6, 0.7, 1.2)))
    assert "Mark 0.8 at every lead: reached" in text
    assert "| 10 | **0.70** | 0.60 | 0.70 | 1.20 |" in text
    assert "right for 6 of 9 tags and leads" in text
    assert "| T0 | 10 | 90 % [85, 95] | 0.50 | 0.50 |" in text


def test_a_miss_says_by_how_much():
    assert "missed, 0.95 at worst" in "\n".join(section(found(0.95)))
    assert verdict(found(0.95))[1:] == ("0.95 / 0.95 / 0.95: missed by 0.15", "by lead 0 of 3")
