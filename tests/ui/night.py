"""Two nights of the small cooling loop as the API would tell them."""

from datetime import UTC, datetime, timedelta

from api.schemas.base import Page
from api.schemas.nights import FindingView, NightSummary, NightView, QualityView

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SCORES = {
    "model_version": 3, "skill": 0.41, "coverage": 0.88, "level": 0.9,
    "tags": [{"tag": "FT-1", "rmse": 1e-5, "error": 0.6, "unit": "L/min", "coverage": 0.8, "skill": 0.1}],
}  # fmt: skip
BIAS = FindingView(
    kind="sensor bias", subject="PT-1", start=NOON, end=NOON + timedelta(hours=12), size=0.3,
    text="PT-1 reads 0.3 bar more than the model and the other tags say.", exclude=True,
)  # fmt: skip


def night(day, verdict, **changes):
    usual = {
        "plant": "cooling-loop", "day": day, "verdict": verdict, "sentence": f"Version 3 on {day}.", "model_before": 2,
        "model_after": 3, "created": NOON, "scores": SCORES, "findings": [],
        "quality": QualityView(share=0.97, notes=[], tags=[], learn=True), "zone": "Europe/Berlin", "start": NOON,
        "end": NOON, "ledger": {}, "failures": [], "proposals": [], "actions": [], "provenance": {},
        "gate": {
            "promoted": True, "verdict": "better", "scores": {}, "window": [NOON, NOON],
            "tests": [{"name": "better than champion", "passed": True, "text": "12 % smaller"}],
        },
    }  # fmt: skip
    return NightView(**{**usual, **changes})


LATEST = night("2026-03-01", "promoted", findings=[BIAS], actions=[f"Check sensor PT-1: {BIAS.text}"])
EARLIER = night("2026-02-28", "not_learned", scores={}, gate={}, sentence="Nothing was learned: no reading arrived.")
NIGHTS = Page[NightSummary](items=[LATEST, night("2026-02-27", "kept"), EARLIER])
