"""Cycle counters around the calls of a generated kernel, to see where the time of a rollout goes.

The kernel's functions are not inlined, so that a counter read before and after each call tells its share. `factor` is
cut where its evaluation of law and Jacobian ends and the elimination begins. The plain kernels carry none of this.
"""

from __future__ import annotations

import re

from physics.compiler import driver
from physics.compiler.methods import METHODS
from physics.compiler.program import write
from physics.compiler.system import System

PARTS = (
    "law and Jacobian", "elimination", "law alone (rates)", "solves", "settling after input steps", "watch on pivots",
    "seeing and storing samples", "reading inputs", "once and on change", "whole",
)  # fmt: skip
CALLS = {
    "rates": 2, "solve": 3, "growth": 5, "between": 6, "observe": 6, "store": 6, "once": 8, "on_change": 8,
    "guards": 6,
}  # fmt: skip
WHOLE, SETTLING, INPUTS = PARTS.index("whole"), PARTS.index("settling after input steps"), PARTS.index("reading inputs")
ROWS = len(driver.INFO_ROWS)
READING = "here = here & ~S::less_(row, until);"
READ = "AT(u[j], l) = own[j * across];\n      }"
"""Where reading inputs begins and ends."""
ELIMINATION = ("V d0=", "static const int factor_table[]")
NOW = "__builtin_readcyclecounter()"
HEAD = f"static unsigned long long ticks[{len(PARTS)}];\nfor (int j = 0; j < {len(PARTS)}; ++j) ticks[j] = 0;\n"
HEAD += f"ticks[{WHOLE}] = {NOW};\n"


def with_counters(system: System, method: str) -> str:
    """The kernel's text with counters; the cycles of a call stand in INFO below the usual rows, at its first world."""
    program = write(system, implicit=METHODS[method].implicit)
    text = driver.snippet(system, program, METHODS[method])
    text, body = _cut_factor(text[: text.rindex(driver.DECLARE[:20])]), text[text.rindex(driver.DECLARE[:20]) :]
    for name, part in CALLS.items():
        body = re.sub(rf"S::{name}\((.*?)\);", lambda found, part=part: _timed(found[0], part), body)
    body = re.sub(r"S::(settle|consistent)\((.*?)\);", lambda found: _alone(found[0]), body, flags=re.DOTALL)
    body = body.replace(READING, f"{READING}\nunsigned long long in_ = {NOW};")
    body = body.replace(READ, f"{READ}\nticks[{INPUTS}] += {NOW} - in_;")
    end = body.rindex("#undef N\n")
    tail = f"ticks[{WHOLE}] = {NOW} - ticks[{WHOLE}];\n"
    tail += f"for (int j = 0; j < {len(PARTS)}; ++j) is[({ROWS} + j) * W + (long)group * LANES] = (double)ticks[j];\n"
    head = text.index("struct S {")
    return text[:head] + HEAD + text[head:] + body[:end] + tail + body[end:]


def _timed(call: str, part: int) -> str:
    return f"{{ unsigned long long t_ = {NOW}; {call} ticks[{part}] += {NOW} - t_; }}"


def _alone(call: str) -> str:
    """What settling evaluates and solves is its own, not the steps'."""
    begin = f"unsigned long long e_ = ticks[0], l_ = ticks[1], t_ = {NOW};"
    return f"{{ {begin} {call} ticks[{SETTLING}] += {NOW} - t_; ticks[0] = e_; ticks[1] = l_; }}"


def _cut_factor(text: str) -> str:
    """Counters at the begin of `factor`, before its elimination and at its end; an explicit method has none."""
    begin = text.find("FN factor(")
    if begin < 0:
        return text
    begin = text.index("{\n", begin) + 2
    end = text.index("\n}\n", begin)
    cut = min(at for at in (text.find(word, begin, end) for word in ELIMINATION) if at >= 0)
    first = f"unsigned long long t_ = {NOW};\n"
    middle = f"unsigned long long m_ = {NOW}; ticks[0] += m_ - t_;\n"
    return text[:begin] + first + text[begin:cut] + middle + text[cut:end] + f"\nticks[1] += {NOW} - m_;" + text[end:]
