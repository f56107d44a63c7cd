import pytest

from twin.errors import NotFound, NotReady
from twin.records.event import EventKind, PlantEvent
from twin.scene.scene import Asset, Scene, Sensor
from twin.services import events, plants, readings, windows
from twin.services.windows import stops_of

PLANT = """
plant: p
assets:
  - {id: hall/supply, type: voltage_source}
  - {id: hall/motor, type: dc_motor}
  - {id: hall/rotor, type: inertia}
connections:
  - [hall/supply.plus, hall/motor.plus]
  - [hall/motor.shaft, hall/rotor.shaft]
sensors:
  - {tag: NT, measures: hall/rotor.shaft.speed_rad_per_s, unit: rpm}
inputs:
  - {tag: ET, drives: hall/supply.voltage_v, unit: V}
"""
START_US = 1_704_067_200_000_000  # 2024-01-01T00:00:00Z
SECOND_US = 1_000_000


@pytest.fixture
def plant(context):
    """Ten seconds of a log at 1 Hz: 60 rpm a second, volts at 0 s and 5 s."""
    plants.create(context, PLANT, author="ada", reason="test")
    rows = [{"tag": "NT", "time": f"2024-01-01T00:00:{second:02}Z", "value": 60 * second} for second in range(10)]
    rows += [{"tag": "ET", "time": f"2024-01-01T00:00:{second:02}Z", "value": second} for second in (0, 5)]
    assert readings.write(context, "p", rows).accepted == 12
    return context


def test_whole_log_by_default_in_si(plant):
    window = windows.window(plant, "p")
    assert (window.start_us, window.step_s, window.samples) == (START_US, 1.0, 10)
    turn_rad = 6.283185307179586  # 60 rpm is one turn a second
    assert window.measured[:, 0] == pytest.approx([turn_rad * second for second in range(10)])
    assert window.driven[:, 0].tolist() == [0] * 5 + [5] * 5
    assert window.segments == ((0, 10),)


def test_part_of_a_log_knows_the_input_from_before(plant):
    window = windows.window(plant, "p", START_US + 2 * SECOND_US, START_US + 4 * SECOND_US)
    assert window.driven[:, 0].tolist() == [0, 0]
    assert window.samples == 2


def test_watermark_pins_what_was_known(plant):
    known = windows.window(plant, "p").watermark_us
    readings.correct(plant, "p", "NT", "2024-01-01T00:00:03Z", 0.0)
    assert windows.window(plant, "p").measured[3, 0] == 0.0
    assert windows.window(plant, "p").watermark_us > known
    assert windows.window(plant, "p", watermark_us=known).measured[3, 0] > 0.0


def test_stops_are_masked_as_far_as_they_were_known(plant):
    known = windows.window(plant, "p").watermark_us
    events.save(plant, "p", [PlantEvent(EventKind.STOP, "", START_US + 3 * SECOND_US, START_US + 5 * SECOND_US)])
    assert windows.window(plant, "p").segments == ((0, 3), (5, 10))
    assert windows.window(plant, "p", watermark_us=known).segments == ((0, 10),)


def test_stop_of_a_branch_masks_what_hangs_on_it():
    scene = Scene(
        "p",
        assets=(Asset("hall/a/pump", "pump"), Asset("hall/b", "tank")),
        sensors=(Sensor("A", "hall/a/pump.flow_m3_per_s"), Sensor("B", "hall/b.level_m"), Sensor("C")),
    )
    found = [PlantEvent(EventKind.STOP, "hall/a", 1, 2), PlantEvent(EventKind.MAINTENANCE, "", 1, 2)]
    stops = stops_of(found, scene)
    assert stops.plant == []
    assert stops.tags == {"A": [(1, 2)], "B": []}


def test_plants_without_readings_are_not_ready(context):
    plants.create(context, PLANT, author="ada", reason="test")
    with pytest.raises(NotReady, match="no readings"):
        windows.window(context, "p")
    with pytest.raises(NotFound):
        windows.window(context, "q")
