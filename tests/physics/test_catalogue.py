"""A component joins by its file alone; a file that breaks the contract is refused with every fault."""

import pytest

from physics.catalogue import CatalogueRefused, components

SPRING = '''"""Torsion spring to ground."""
from physics.contract import Component, Port, parameter, state

class Spring(Component):
    """Spring."""
    name = "spring"
    shaft = Port("rotation")
    stiffness_n_m_per_rad = parameter("N*m/rad", "Stiffness", default=5.0, low=0.0)
    twist_rad = state("rad", "Twist")

    def law(self, m):
        return {"shaft.torque_n_m": m.stiffness_n_m_per_rad * m.twist_rad, "twist_rad.rate": m.shaft.speed_rad_per_s}
'''


def faults_of(folder):
    with pytest.raises(CatalogueRefused) as refused:
        components([folder])
    return refused.value.faults


def test_shipped_types_are_found_without_a_list():
    shipped = components()
    assert {"tank", "centrifugal_pump", "bearing", "linear_axis"} <= set(shipped)
    assert all(name == kind.name for name, kind in shipped.items())


def test_a_file_in_a_users_folder_joins(tmp_path):
    (tmp_path / "spring.py").write_text(SPRING)
    (tmp_path / "_notes.py").write_text("not a component")
    found = components([tmp_path])
    assert set(found) - set(components()) == {"spring"}


def test_a_folder_that_does_not_exist_is_named(tmp_path):
    assert [fault.got for fault in faults_of(tmp_path / "nowhere")] == ["no folder"]


def test_all_faults_of_all_files_come_at_once(tmp_path):
    (tmp_path / "spring.py").write_text(SPRING.replace("twist_rad.rate", "twist.rate"))
    (tmp_path / "broken.py").write_text("class (")
    (tmp_path / "empty.py").write_text("")
    (tmp_path / "misnamed.py").write_text(SPRING)
    needs = sorted(fault.need for fault in faults_of(tmp_path))
    assert needs == [
        "a file that Python can import",
        "a key of one of its ports, states, unknowns or corrections",
        "exactly one",
        "the file's own, 'misnamed'",
        "the key 'twist_rad.rate' in what the law returns",
    ]


def test_a_type_may_not_take_a_shipped_name(tmp_path):
    (tmp_path / "tank.py").write_text(SPRING.replace('"spring"', '"tank"'))
    assert [fault.need for fault in faults_of(tmp_path)] == ["a name of its own"]


def test_a_law_that_reads_what_is_not_declared_is_refused(tmp_path):
    (tmp_path / "spring.py").write_text(SPRING.replace("m.twist_rad,", "m.angle_rad,"))
    (fault,) = faults_of(tmp_path)
    assert "angle_rad" in fault.got


def test_a_default_outside_its_bounds_is_refused(tmp_path):
    (tmp_path / "spring.py").write_text(SPRING.replace("default=5.0", "default=-5.0"))
    (fault,) = faults_of(tmp_path)
    assert (fault.got, fault.need) == ("default -5", "0 to inf N*m/rad")
