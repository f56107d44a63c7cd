from physics.components.centrifugal_pump import CentrifugalPump
from twin.scene.terms import factors, feature_count, library, unknown


def test_a_term_names_the_features_that_it_multiplies():
    assert [factors(term) for term in ("1", "f0", "f0 f1", "f1 f1")] == [(), (0,), (0, 1), (1, 1)]


def test_names_that_are_no_terms_are_told():
    assert unknown(["1", "f0", "f1 f1", "f2", "x", "f0 f1 f1", "f0*f1"], 2) == ["f2", "x", "f0 f1 f1", "f0*f1"]


def test_a_pump_depends_on_speed_and_flow():
    assert feature_count(CentrifugalPump, "extra_loss_ratio") == 2


def test_a_library_has_each_term_once():
    assert library(2) == ["1", "f0", "f1", "f0 f0", "f0 f1", "f1 f1"]
    assert unknown(library(4), 4) == []
    assert len(set(library(4))) == 1 + 4 + 4 * 5 // 2
