import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from twin.cli import build
from twin.cli.component import shipped_pages
from twin.errors import InvalidInput, NotFound

ROOT = Path(__file__).parents[3]

COIL = '''"""Spring under a wrong name, without its rate, with a key of no port's."""
from physics.contract import Component, Port, state

class Spring(Component):
    name = "coil"
    shaft = Port("rotation")
    twist_rad = state("rad", "Twist")

    def law(self, m):
        return {"shaft.power_w": 1}
'''

SPRING = '''"""Torsion spring."""
from physics.contract import Component, Port, parameter, state

class Spring(Component):
    name = "spring"
    shaft = Port("rotation")
    stiffness_n_m_per_rad = parameter("N*m/rad", "Stiffness", default=100.0, low=0.0)
    twist_rad = state("rad", "Twist")

    def law(self, m):
        return {"shaft.torque_n_m": m.stiffness_n_m_per_rad * m.twist_rad, "twist_rad.rate": m.shaft.speed_rad_per_s}
'''


@pytest.fixture
def twin(monkeypatch, tmp_path):
    monkeypatch.setenv("TWIN_HOME", str(tmp_path))
    runner, app = CliRunner(), build()
    return lambda *words: runner.invoke(app, ["component", *words], catch_exceptions=False)


def test_list_names_every_type(twin):
    names = [row["type"] for row in json.loads(twin("list", "--json").stdout)]
    assert {"tank", "bearing", "pipe"} <= set(names)


def test_show_gives_the_page_or_the_data(twin):
    assert twin("show", "pipe").stdout.startswith("# pipe")
    assert json.loads(twin("show", "pipe", "--json").stdout)["type"] == "pipe"


def test_show_code_prints_the_generated_source_with_its_jacobian(twin):
    text = twin("show", "pipe", "--code").stdout
    assert "FN law(const Read &m, V *f, V *d) {" in text
    assert "// d(inlet.mass_flow_kg_per_s) / d(inlet.pressure_pa)" in text


def test_show_code_prints_the_source_of_a_users_type(twin, tmp_path, monkeypatch):
    (tmp_path / "spring.py").write_text(SPRING)
    monkeypatch.setenv("TWIN_COMPONENT_FOLDERS", json.dumps([str(tmp_path)]))
    assert "(m.stiffness_n_m_per_rad*m.twist_rad)" in twin("show", "spring", "--code").stdout


def test_an_unknown_type_is_refused_with_the_known_ones(twin):
    with pytest.raises(NotFound) as refused:
        twin("show", "warp_drive")
    assert "tank" in refused.value.known


def test_check_tells_all_faults_of_a_users_file(twin, tmp_path):
    file = tmp_path / "spring.py"
    file.write_text(COIL)
    with pytest.raises(InvalidInput) as refused:
        twin("check", str(file))
    assert len(refused.value.faults) == 3


def test_check_tries_a_users_file_as_the_shipped_ones_are_tried(twin, tmp_path):
    file = tmp_path / "spring.py"
    file.write_text(SPRING)
    with pytest.raises(InvalidInput) as refused:
        twin("check", str(file))
    assert {fault.where for fault in refused.value.faults} == {"spring", "spring energy", "spring work"}
    head = "\n".join(
        ["Torsion spring.", "", "Equations  t = c x", "Symbols    x twist", "Source     -", "Valid      any"]
    )
    whole = SPRING.replace("Torsion spring.", head).replace(
        '"twist_rad.rate"',
        '"stored_w": m.stiffness_n_m_per_rad * m.twist_rad * m.shaft.speed_rad_per_s, "twist_rad.rate"',
    )
    file.write_text(whole)
    passed = json.loads(twin("check", str(file), "--json").stdout)["trials"]
    assert {"closes its energy books", "is the same in other base units", "runs on a bench"} <= set(passed)


def test_docs_writes_one_page_a_type(twin, tmp_path):
    assert twin("docs", str(tmp_path / "pages")).exit_code == 0
    assert {path.name for path in (tmp_path / "pages").iterdir()} == set(shipped_pages())


def test_the_pages_in_the_repository_are_current():
    folder = ROOT / "docs" / "components"
    stale = [name for name, text in shipped_pages().items() if not _same(folder / name, text)]
    assert stale == [], "run: twin component docs docs/components"


def _same(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text
