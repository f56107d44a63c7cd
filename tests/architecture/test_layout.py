"""The house rules that a machine can check: mirrors, sizes, opening lines, import contracts."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("physics", "residual_models", "twin", "api", "ui")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
CEILING_LINES = 400
DECLARATIONS = (("api", "schemas"), ("twin", "records"))
"""Rooms of plain declarations; only their modules with behaviour have tests of their own."""


def test_every_module_has_a_test_that_mirrors_it():
    missing = []
    for path in MODULES:
        relative = path.relative_to(ROOT)
        if path.name == "__init__.py" or relative.parts[:2] in DECLARATIONS:
            continue
        mirror = ROOT / "tests" / relative.parent / f"test_{path.name}"
        if not mirror.exists():
            missing.append(str(relative))
    assert missing == []


@pytest.mark.parametrize("package", PACKAGES)
def test_every_folder_opens_with_its_job(package):
    silent = [
        str(path.relative_to(ROOT))
        for path in (ROOT / package).rglob("__init__.py")
        if not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert silent == []


def test_no_module_outgrows_the_ceiling():
    files = [*MODULES, *(ROOT / "tests").rglob("*.py"), *(ROOT / "examples").rglob("*.py")]
    assert [
        f"{path.relative_to(ROOT)}: {lines}"
        for path in files
        if (lines := len(path.read_text().splitlines())) > CEILING_LINES
    ] == []


def test_imports_point_downwards():
    finished = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
