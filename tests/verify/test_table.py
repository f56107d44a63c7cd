"""Every case passes, and what is known to miss still misses."""

import pytest

from tests.verify.case import Case, NotYet
from tests.verify.table import FOLDER, Line, groups, judged, page

CASES = [case for _, cases in groups() for case in cases if isinstance(case, Case)]


def marked(case):
    marks = [pytest.mark.slow] if case.slow else []
    marks += [pytest.mark.xfail(reason=case.shortfall, raises=AssertionError)] if case.shortfall else []
    return pytest.param(case, id=case.name, marks=marks)


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_engine_agrees_with_the_reference(case):
    for package in case.needs:
        pytest.importorskip(package)
    line = judged(case)
    assert line.verdict == "pass", f"{line.error:.2e}, need {case.tolerance:.0e}"


def test_every_module_of_cases_is_in_the_table():
    named = [case.name for _, cases in groups() for case in cases]
    assert len(named) == len(set(named))
    assert len(list(groups())) == len([path for path in FOLDER.glob("*.py") if path.name != "__init__.py"])


def test_page_tells_what_is_not_yet_and_what_is_missed():
    short = Case("short", "closed form", "share", 1e-9, "because", lambda: 1.0, shortfall="steps are coarse")
    lines = [("A", judged(short)), ("A", Line(NotYet("flow", "exact", "not built"), "not yet"))]
    text = page(lines, 1.0)
    assert "| short | closed form | share | 1.0e+00 | 1e-09 | missed |" in text
    assert "not yet: not built" in text
    assert "- short: steps are coarse." in text
