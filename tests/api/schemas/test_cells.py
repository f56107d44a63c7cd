"""A cell's view keeps what it was given."""

from __future__ import annotations

from api.schemas.cells import CellView
from tests.twin.cell_result import CELL, result


def test_a_view_carries_description_and_result() -> None:
    view = CellView(id="a" * 64, spec=CELL, result=result(), provenance={"genesis": "1.4.5"}, has_film=True)
    again = CellView.model_validate_json(view.model_dump_json())
    assert again == view
    assert again.result["cycle"]["values_s"] == [6.5, 7.0, 7.5]
