"""What went wrong, in words a plant engineer can act on; nothing is lost silently."""

from __future__ import annotations

import logging
from typing import Any

import dash
import dash_mantine_components as dmc

from ui.client import Problem

log = logging.getLogger(__name__)
AREA = "alerts"


def show_error(error: Exception) -> None:
    """Handler of every callback's exception: put an alert on top of the page and leave the rest as it was."""
    dash.set_props(AREA, {"children": error_alert(error)})


def error_alert(error: Exception) -> dmc.Alert:
    """A refusal of the API as it says it; anything else is ours and goes to the log too."""
    if isinstance(error, Problem):
        return problem_alert(error)
    log.exception("dashboard failed", exc_info=error)
    return fault_alert(error)


def problem_alert(problem: Problem) -> dmc.Alert:
    """A refusal of the API: title, detail, and each fault with where, got, need and the next step."""
    lines: list[Any] = [dmc.Text(problem.detail, size="sm")] if problem.detail and not problem.faults else []
    if problem.faults:
        lines.append(dmc.List([dmc.ListItem(_fault(fault)) for fault in problem.faults], size="sm", spacing=4))
    if problem.status == 403:
        lines.append(dmc.Text("Your login lacks the scope for this. Ask an administrator for a wider one.", size="sm"))
    if problem.status >= 500 and problem.request:
        lines.append(dmc.Text(["Request ", dmc.Code(problem.request)], size="sm"))
    color = "red" if problem.status >= 500 else "orange"
    return _alert(f"{problem.title} ({problem.status})", lines, color)


def fault_alert(error: Exception) -> dmc.Alert:
    """A fault of ours: say so, name it, and where the details are."""
    text = f"{type(error).__name__}: {error}. The server's log has the details; nothing of your data was changed."
    return _alert("The dashboard failed to show this", [dmc.Text(text, size="sm")], "red")


def _fault(fault: dict[str, str]) -> Any:
    got, need, step = fault.get("got", ""), fault.get("need", ""), fault.get("next_step", "")
    sentence = f": got {got}, need {need}." if got or need else ""
    return dmc.Text([dmc.Code(fault.get("where", "")), sentence, f" {step}" if step else ""], size="sm")


def _alert(title: str, lines: list[Any], color: str) -> dmc.Alert:
    return dmc.Alert(dmc.Stack(lines, gap=4), title=title, color=color, withCloseButton=True, className="alert")
