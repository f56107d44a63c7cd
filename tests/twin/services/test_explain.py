"""A block whose wall conducts more the warmer it is, as the plant file does not know: x = 0.5 (ΔT / 20 K), by SciPy."""

import pytest

from tests.twin import slow_block
from twin.errors import NotFound, Outdated
from twin.scene.load import load
from twin.services import explain, models, plants

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_the_hidden_term_is_found_told_and_taken_over(context):
    slow_block.create(context)
    slow_block.write(context, 2)
    slow_block.night(context, "2026-01-03", members=2)
    assert models.champion(context, slow_block.PLANT).residual is not None
    (row,) = explain.explanations(context, slow_block.PLANT)
    assert (row["asset"], row["correction"]) == ("wall", "extra_conductance_ratio")
    assert row["proposed"], row["text"]
    assert row["explained"] > 0.9
    assert row["gain"] > 0.8
    assert row["share"] > 0.5
    # The first feature is ΔT / 20 K: twenty kelvin more conduct half as much again, whatever G was taken to be.
    rise = sum(value * _slope(term) for term, value in row["terms"].items()) / (1 + _at_rest(row["terms"]))
    assert rise == pytest.approx(0.5, abs=0.15)
    _accepting_writes_a_revision(context, row)


def _slope(term):
    """Mean slope of a term between ΔT of 10 and 30 K, with the mean temperature ΔT / 2 above the room."""
    at = lambda warm_k: {"1": 1.0, "f0": warm_k / 20, "f1": warm_k / 40}  # noqa: E731
    values = [_product(term, at(warm_k)) for warm_k in (10.0, 30.0)]
    return values[1] - values[0]


def _product(term, known):
    found = 1.0
    for factor in term.split(" "):
        found *= known[factor]
    return found


def _at_rest(terms):
    return terms.get("1", 0.0)


def _accepting_writes_a_revision(context, row):
    place = (slow_block.PLANT, "wall", "extra_conductance_ratio")
    _scene, before = plants.get(context, slow_block.PLANT)
    with pytest.raises(Outdated):
        explain.accept(context, *place, etag="1-old", author="ada")
    made = explain.accept(context, *place, etag=before.etag, author="ada")
    assert (made.revision, made.author, made.reason) == (2, "ada", row["text"])
    wall = load(plants.text(context, slow_block.PLANT)[0]).asset("wall")
    assert wall.learn == ()
    assert set(wall.terms["extra_conductance_ratio"]) == set(row["terms"])
    with pytest.raises(NotFound):
        explain.accept(context, slow_block.PLANT, "wall", "other", etag=made.etag, author="ada")


def test_a_plant_without_a_residual_has_nothing_to_explain(context):
    slow_block.create(context)
    slow_block.write(context, 2, extra=0.0)
    slow_block.night(context, "2026-01-03", members=2)
    if models.champion(context, slow_block.PLANT).residual is None:
        assert explain.explanations(context, slow_block.PLANT) == ()
