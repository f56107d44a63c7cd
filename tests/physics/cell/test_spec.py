from dataclasses import FrozenInstanceError, replace

import pytest


def test_a_pallet_holds_rows_times_columns_times_layers(spec):
    assert replace(spec, pallet=replace(spec.pallet, rows=3, columns=2, layers=4)).box_count == 24


def test_a_cell_does_not_change(spec):
    with pytest.raises(FrozenInstanceError):
        spec.seed = 3
