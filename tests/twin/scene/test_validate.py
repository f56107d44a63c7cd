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


@pytest.mark.parametrize("night", ["2:30", "24:00", "late", "02:30:00"])
def test_an_hour_of_the_night_is_a_time_of_day(night, plant, types):
    scene = dataclasses.replace(load(plant, types=types), site=Site("x", "UTC", night))
    assert [str(fault) for _path, fault in validate(scene, types=types)] == [
        f'scene site.night: got {night!r}, need a time such as "02:30", or off.'
    ]
    for sound in ("23:59", "off", ""):
        assert validate(dataclasses.replace(scene, site=Site("x", "UTC", sound)), types=types) == []


@pytest.mark.parametrize("name", ["a b", "../x", "-x", "ä", "a/b", ""])
def test_plant_name_must_fit_an_address(name, plant, types):
    scene, document = parse(plant.replace("plant: loop", f"plant: '{name}'"))
    assert validate(scene, types=types, document=document) or document.faults


def test_installed_catalogue_is_the_default():
    scene, _document = parse("plant: p\nassets: [{id: a, type: tank}, {id: b, type: nothing_such}]\n")
    assert [fault.got for _path, fault in validate(scene)] == ["'nothing_such'"]
