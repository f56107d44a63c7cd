"""A night's report as one HTML page that a browser or a mail shows without anything else."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from twin.records.night import NightReport, NightVerdict

COLOURS = {
    NightVerdict.PROMOTED: "#12836d",
    NightVerdict.KEPT: "#3b6ea5",
    NightVerdict.ROLLED_BACK: "#b4571f",
    NightVerdict.NOT_LEARNED: "#8a6d1a",
}
STYLE = """
body{font:16px/1.5 system-ui,'Segoe UI',Roboto,'Noto Sans','DejaVu Sans',sans-serif;color:#1c2430;margin:0;
background:#f5f6f8}
main{max-width:860px;margin:24px auto;background:#fff;border:1px solid #dfe3e8;border-radius:8px;padding:24px 28px}
h1{font-size:22px;margin:0 0 4px}h2{font-size:17px;margin:26px 0 6px}.sub{color:#66707c;margin:0 0 16px}
.verdict{border-left:6px solid;padding:10px 14px;background:#f5f6f8;border-radius:4px}
table{border-collapse:collapse;width:100%;font-size:14px}td,th{padding:4px 8px;border-bottom:1px solid #e8ebef;
text-align:left;vertical-align:top}th{color:#66707c;font-weight:600}td.n,th.n{text-align:right;white-space:nowrap}
.ok{color:#12836d}.no{color:#b3261e;font-weight:600}ul{margin:6px 0;padding-left:22px}
"""


def page(report: NightReport) -> str:
    """The whole page."""
    zone = ZoneInfo(report.zone)
    made = datetime.fromtimestamp(report.created_us / 1e6, UTC).astimezone(zone)
    colour = COLOURS[report.verdict]
    sections = [
        f"<h1>{escape(report.plant)}: report on {report.day}</h1>",
        f'<p class="sub">Made {made:%d %b %Y %H:%M} ({escape(report.zone)}), model {report.model_after or "none"} '
        "in service.</p>",
        f'<p class="verdict" style="border-color:{colour}">{escape(report.sentence)}</p>',
        _list("What to do", report.actions, "Nothing asks for attention."),
        _scores(report.scores),
        _failures(report.failures),
        _findings(report, zone),
        _list("The day's log", report.quality.notes, f"{100 * report.quality.share:.0f} % usable, nothing unusual."),
        _gate(report.gate),
        _ledger(report.ledger),
    ]
    meta = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    head = f"{meta}<title>{escape(report.plant)} {report.day}</title><style>{STYLE}</style>"
    return f'<!doctype html><html lang="en"><head>{head}</head><body><main>{"".join(sections)}</main></body></html>'


def _list(title: str, lines: Sequence[str], empty: str) -> str:
    shown = "".join(f"<li>{escape(line)}</li>" for line in lines) or f"<li>{escape(empty)}</li>"
    return f"<h2>{title}</h2><ul>{shown}</ul>"


def _scores(scores: Mapping[str, Any]) -> str:
    title = "How good the day's forecast was"
    if not scores:
        return _list(title, (), "There was no forecast to score.")
    kept = f"{percent(scores['coverage'])} of readings lay in the band of {percent(scores['level'])}"
    possible = scores.get("possible")  # a night of an earlier release did not tell
    words = f"Version {scores['model_version']}: {percent(scores['skill'])} better than “as yesterday”"
    words += "" if possible is None else f", {percent(possible)} is all that the sensors' noise leaves to be won"
    words += f"; {kept}."
    rival = scores.get("rivals", {}).get("physics")
    words += "" if rival is None else f" Physics alone would have been {percent(rival)} better."
    worst = sorted(scores["tags"], key=lambda row: row["skill"] if row["skill"] is not None else math.inf)[:5]
    rows = [
        [row["tag"], f"{number(row['error'])} {row['unit']}", percent(row["coverage"]), percent(row["skill"])]
        for row in worst
    ]
    heads = ("Weakest tags", "error", "in band", "better than yesterday's")
    return f"<h2>{title}</h2><p>{escape(words)}</p>{table(heads, rows)}"


def _failures(failures: Sequence[Mapping[str, Any]]) -> str:
    rows = [
        [f"{row['asset']}: {row['mode']}", percent(row["wear_now"]), percent(row["within_30_days"]), _days(row)]
        + [row["action"]]
        for row in failures
    ]
    heads = ("What fails next", "worn", "within 30 days", "median life", "action")
    return f"<h2>Failures</h2>{table(heads, rows)}" if rows else ""


def _days(row: Mapping[str, Any]) -> str:
    return "beyond a year" if row["remaining_days"] is None else f"{row['remaining_days']:.0f} days"


def _findings(report: NightReport, zone: ZoneInfo) -> str:
    rows = [
        [item.kind.value, item.text, f"{datetime.fromtimestamp(item.start_us / 1e6, UTC).astimezone(zone):%H:%M}"]
        for item in report.findings
    ]
    if not rows:
        return _list("What the model did not expect", (), "Nothing.")
    return f"<h2>What the model did not expect</h2>{table(('Kind', 'What', 'From'), rows)}"


def _gate(gate: Mapping[str, Any]) -> str:
    if not gate:
        return ""
    lines = "".join(
        f'<tr><td class="{"ok" if test["passed"] else "no"}">{"pass" if test["passed"] else "fail"}</td>'
        f"<td>{escape(test['name'])}</td><td>{escape(test['text'])}</td></tr>"
        for test in gate["tests"]
    )
    return f"<h2>What the gate checked</h2><table>{lines}</table>"


def _ledger(ledger: Mapping[str, Any]) -> str:
    rows = [
        [f"{row['days']} days", str(row["scored"]), str(row["failed"]), str(row["censored"]), number(row["brier"])]
        for row in ledger.get("horizons", ())
    ]
    heads = ("Failure forecasts over", "scored", "failed", "maintained before", "Brier score")
    return f"<h2>Old forecasts whose time has come</h2>{table(heads, rows)}" if rows else ""


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table with heads."""
    top = "".join(f"<th>{escape(head)}</th>" for head in heads)
    body = "".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><tr>{top}</tr>{body}</table>"


def percent(share: float | None) -> str:
    """A share in words, a dash where there is none."""
    return "–" if share is None else f"{100 * share:.0f} %"


def number(value: float | None) -> str:
    """A number in three digits, a dash where there is none."""
    return "–" if value is None else f"{value:.3g}"
