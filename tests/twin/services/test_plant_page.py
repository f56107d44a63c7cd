"""A plant as a reader sees it: numbers in SI, and how to show them in the tag's own unit."""

from __future__ import annotations

import pytest

from tests.api.conftest import PLANT
from twin.services import plant_page, plants
from twin.services.context import Context


@pytest.mark.parametrize(
    ("unit", "si_unit", "si", "shown"),
    [("degC", "K", 293.15, 20.0), ("L/min", "m**3/s", 0.001, 60.0), ("barg", "Pa", 201_325.0, 1.0)],
)
def test_an_si_number_is_shown_in_the_tags_unit(unit: str, si_unit: str, si: float, shown: float) -> None:
    display = plant_page.display(unit, si_unit)
    assert si * display.factor + display.offset == pytest.approx(shown, rel=1e-12)


def test_a_page_has_every_tag_with_its_units(context: Context) -> None:
    plants.create(context, PLANT, author="test", reason="first")
    page = plant_page.page(context, "oven")
    assert [(line.tag, line.unit, line.si_unit) for line in page.sensors] == [("TT-1", "degC", "K")]
    assert (page.revision, page.reason, page.site.name) == (1, "first", "Hall 2")
    assert set(plant_page.displays(context, "oven")) == {"TT-1"}


def test_the_overview_tells_each_plants_own_age(context: Context) -> None:
    first = plants.create(context, PLANT, author="test", reason="")
    plants.update(context, "oven", PLANT + "\n", etag=first.etag, author="test", reason="")
    line = plant_page.overview(context)[0]
    assert (line.plant, line.revision, line.created_us) == ("oven", 2, first.created_us)
