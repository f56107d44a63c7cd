import pytest

from twin.errors import Conflict, InvalidInput, NotFound
from twin.services import plants, quarantine, readings

PLANT = "plant: p\nsensors:\n  - {tag: PT, unit: bar}\n"
TIME = "2024-01-01T00:00:00Z"


@pytest.fixture
def plant(context):
    plants.create(context, PLANT, author="ada", reason="test")
    return context


def put_aside(context, **row):
    """Write one bad row; return it as it waits."""
    readings.write(context, "p", [{"tag": "PT", "time": TIME, "value": 1.0, **row}])
    return quarantine.listed(context, "p")[-1]


def values(context):
    (found,) = readings.series(context, "p", ["PT"])
    return found.values.tolist()


@pytest.mark.parametrize(
    ("bad", "correction", "pascal"),
    [
        ({"value": "oops"}, {"value": 2.0}, 2e5),
        ({"value": "oops"}, {"value": 2.0, "unit": "kPa"}, 2e3),
        ({"unit": "kg"}, {"value": 2.0}, 2e5),
        ({"unit": "kg"}, {"unit": "kPa"}, 1e3),
        ({"time": "soon"}, {"time": TIME}, 1e5),
        ({"tag": "TP"}, {"tag": "PT"}, 1e5),
    ],
)
def test_what_was_wrong_is_set_right_and_the_rest_kept(plant, bad, correction, pascal):
    row = put_aside(plant, **bad)
    found = quarantine.correct(plant, "p", row.id, **correction)
    assert found.corrected
    assert values(plant) == pytest.approx([pascal])
    assert quarantine.listed(plant, "p") == ()
    assert quarantine.reasons(plant, "p") == {}


def test_another_value_at_the_same_time_becomes_a_version(plant):
    readings.write(plant, "p", [{"tag": "PT", "time": TIME, "value": 1.0}])
    before_us = readings.status(plant, "p").watermark_us
    row = put_aside(plant, value=2.0)
    assert row.reason == "another value at the same time"
    quarantine.correct(plant, "p", row.id)
    assert values(plant) == [2e5]
    assert readings.series(plant, "p", ["PT"], watermark_us=before_us)[0].values.tolist() == [1e5]
    assert readings.status(plant, "p").readings == 1


def test_correction_that_is_still_no_reading_leaves_the_row_waiting(plant):
    row = put_aside(plant, value="oops")
    with pytest.raises(InvalidInput, match="need a number"):
        quarantine.correct(plant, "p", row.id)
    assert [found.id for found in quarantine.listed(plant, "p")] == [row.id]
    assert values(plant) == []


def test_a_row_is_resolved_once(plant):
    row = put_aside(plant, value="oops")
    assert not quarantine.dismiss(plant, "p", row.id).corrected
    for resolve in (quarantine.correct, quarantine.dismiss):
        with pytest.raises(Conflict, match="dismissed"):
            resolve(plant, "p", row.id)
    assert len(quarantine.listed(plant, "p", resolved=True)) == 1


def test_unknown_rows_and_plants(plant):
    with pytest.raises(NotFound):
        quarantine.correct(plant, "p", 99)
    with pytest.raises(NotFound):
        quarantine.listed(plant, "q")
