"""The report's verdict in one sentence, and what a person should do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from twin.night.quality import WHOLE_SHARE
from twin.records.night import SENSOR_FAULTS, DayQuality, Finding, NightVerdict

LIKELY = 0.3
"""From this chance to fail within a month on a report asks to plan."""


def verdict_of(promoted: bool | None, rolled_back: bool) -> NightVerdict:
    """How a night ended; `promoted` is None where nothing was learned."""
    if rolled_back:
        return NightVerdict.ROLLED_BACK
    if promoted is None:
        return NightVerdict.NOT_LEARNED
    return NightVerdict.PROMOTED if promoted else NightVerdict.KEPT


def sentence(
    verdict: NightVerdict, *, before: int, after: int, gate: Mapping[str, Any], why_not: str, quality: DayQuality
) -> str:
    """The verdict in words.

    Args:
        verdict: How the night ended.
        before: Version in service before, 0 for none.
        after: Version in service now.
        gate: The gate's report {verdict, ...}; empty where nothing was judged.
        why_not: Why nothing was learned.
        quality: Of the day.
    """
    whole = quality.share >= WHOLE_SHARE or quality.share == 0
    share = "" if whole else f" ({100 * quality.share:.0f} % of the day was logged)"
    if verdict is NightVerdict.PROMOTED:
        return f"Version {after} went into service{share}: {gate['verdict']}"
    if verdict is NightVerdict.KEPT:
        keeps = f"Version {before} stays in service" if before else "No model is in service yet"
        failed = [test["name"] for test in gate.get("tests", ()) if not test["passed"]]
        return f"{keeps}{share}: tonight's candidate failed at “{'”, “'.join(failed)}”."
    if verdict is NightVerdict.ROLLED_BACK:
        back = f"Version {before} did worse in service than version {after} before it, which is back in service{share}"
        return f"{back}: {why_not}" if why_not else f"{back}."
    keeps = f"version {before} stays in service" if before else "no model is in service yet"
    return f"Nothing was learned, {keeps}: {why_not}"


def actions(
    findings: Sequence[Finding], failures: Sequence[Mapping[str, Any]], proposals: Sequence[Mapping[str, Any]]
) -> tuple[str, ...]:
    """What a person should look at, most pressing first; empty where nothing asks for it."""
    found = [
        f"Plan “{item['action']}” for {item['asset']}: {100 * item['within_30_days']:.0f} % to fail ({item['mode']}) "
        "within 30 days."
        for item in failures
        if item["within_30_days"] is not None and item["within_30_days"] >= LIKELY
    ]
    found += [f"Check sensor {item.subject}: {item.text}" for item in findings if item.kind in SENSOR_FAULTS]
    found += [f"Look at the plant: {item.text}" for item in findings if item.kind not in SENSOR_FAULTS]
    found += [f"Consider for the plant file: {item['text']}" for item in proposals]
    return tuple(found)
