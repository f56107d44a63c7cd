import dataclasses

import pytest

from twin.scene.load import load, parse
from twin.scene.scene import Site
from twin.scene.validate import validate


def test_sound_scene_has_no_fault(plant, types):
    assert validate(load(plant, types=types), types=types) == []


def test_faults_without_a_document_name_no_line(plant, types):
    scene = dataclasses.replace(load(plant, types=types), site=Site("x", "Mars/Olympus"))
    assert [str(fault) for _path, fault in validate(scene, types=types)] == [
        "scene site.time_zone: got 'Mars/Olympus', need an IANA time zone such as Europe/Berlin."
    ]


@pytest.mark.parametrize("zone", ["../etc/passwd", "/etc/passwd", "Europe", "UTC+2", "\x00"])
def test_time_zone_names_no_file(zone, plant, types):
    scene = dataclasses.replace(load(plant, types=types), site=Site("x", zone))
    assert len(validate(scene, types=types)) == 1


@pytest.mark.parametrize("name", ["a b", "../x", "-x", "ä", "a/b", ""])
def test_plant_name_must_fit_an_address(name, plant, types):
    scene, document = parse(plant.replace("plant: loop", f"plant: '{name}'"))
    assert validate(scene, types=types, document=document) or document.faults


def test_installed_catalogue_is_the_default():
    scene, _document = parse("plant: p\nassets: [{id: a, type: tank}, {id: b, type: nothing_such}]\n")
    assert [fault.got for _path, fault in validate(scene)] == ["'nothing_such'"]
