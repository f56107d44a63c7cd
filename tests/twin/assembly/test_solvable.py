import pytest

from twin.assembly.solvable import require_solvable
from twin.errors import InvalidInput
from twin.scene.load import load_with_lines
from twin.scene.scene import Scene


def test_sound_plant_passes(scene):
    require_solvable(scene)


def test_plant_without_assets_is_a_place_for_logs():
    require_solvable(Scene("p"))


def test_pressure_that_nothing_determines_is_refused_with_its_line():
    """Two valves in a row between two open ends: no flow, so their common pressure could be anything."""
    text = """plant: p
assets:
  - {id: a, type: valve}
  - {id: b, type: valve}
connections:
  - [a.outlet, b.inlet]
"""
    scene, document = load_with_lines(text)
    with pytest.raises(InvalidInput) as refusal:
        require_solvable(scene, document)
    assert all(fault.where.startswith("plant.yaml:") for fault in refusal.value.faults)
    assert all(fault.need for fault in refusal.value.faults)


def test_islands_that_are_alike_are_checked_once(monkeypatch):
    """Two lines of the same build, and one other: two shapes reach the engine."""
    import twin.assembly.solvable as module

    seen = []
    monkeypatch.setattr(module, "compile_plant", lambda plant, outputs, types: seen.append(len(plant.parts)))
    text = (
        "plant: p\nassets:\n"
        + "".join(f"  - {{id: a{n}, type: tank}}\n" for n in range(5))
        + "  - {id: b, type: inertia}\n"
    )
    require_solvable(load_with_lines(text)[0])
    assert seen == [2]
