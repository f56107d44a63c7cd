"""A simulated cell and where its times stand, as the API hands them out."""

from api.schemas.base import Page
from api.schemas.cells import CellStandingView, CellView
from tests.twin.cell_result import CELL, result

CELL_VIEW = CellView(
    id="1f8d" * 16,
    spec=CELL,
    result=result(),
    provenance={"plantwin": "1.0", "genesis": "1.4.5", "code": "ab", "when": "2026-11-21T17:00:00+00:00"},
    has_film=True,
)
MEASURED = CellStandingView(
    asset="packing/robot", standing="measured", told="Cycle times measured by cell 1f8d.", described=True, kept=True,
    available=True, how_to_get="pip install 'plantwin[cell]'",
)  # fmt: skip
STALE = MEASURED.model_copy(update={"standing": "stale", "told": "changed since", "kept": False})
NOT_HERE = MEASURED.model_copy(update={"available": False})
STANDINGS = Page[CellStandingView](items=[MEASURED])
