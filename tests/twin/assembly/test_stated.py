"""A correction that is written down is the law it says: the bent wall of `warm_block`, solved by LSODA."""

from dataclasses import replace

import numpy as np
import pytest

from physics.components.conductance import Conductance
from tests.twin import warm_block
from twin.assembly.assemble import assemble
from twin.assembly.stated import kind_with, stated, value_of
from twin.calibration.replay import replay
from twin.calibration.study import study
from twin.errors import InvalidInput
from twin.prediction.worlds import from_priors
from twin.scene.dump import dump
from twin.scene.load import load
from twin.scene.scene import Asset, Prior
from twin.scene.validate import validate

LEARNED = "learn: [extra_conductance_ratio]"


def text(terms):
    known = warm_block.TEXT.replace("{prior: 7.0, sd: 4.0}", "10.0").replace("{prior: 1500.0, sd: 800.0}", "2000.0")
    known = known.replace("{prior: 293.15, sd: 10.0}", "293.15")
    return known.replace(LEARNED, f"terms: {{extra_conductance_ratio: {{{terms}}}}}")


def test_the_stated_term_gives_the_exact_course():
    scene = load(text("f0: 0.5"))
    assert load(dump(scene)) == scene
    assembly, window = assemble(scene), warm_block.window(samples=200, extra=0.5, noise_k=0.0)
    ready = study(assembly, assembly.compile(), window)
    central = replay(ready, from_priors(assembly, scene_revision=1), None).central
    np.testing.assert_allclose(central, window.measured, atol=1e-3)


def test_a_term_beside_a_network_that_says_nothing_is_the_term_alone():
    scene, window = load(text("f0: 0.5")), warm_block.window(samples=50, extra=0.5, noise_k=0.0)
    both = replace(
        scene,
        assets=tuple(
            replace(item, learn=("extra_conductance_ratio",)) if item.id == "wall" else item for item in scene.assets
        ),
    )
    alone, beside = (
        replay(ready, from_priors(ready.assembly, scene_revision=1), None).central
        for ready in (study(own, own.compile(), window) for own in (assemble(scene), assemble(both)))
    )
    assert assemble(both).plant.corrections
    np.testing.assert_allclose(beside, alone, atol=1e-6)


def test_a_term_with_a_prior_is_fitted_like_any_number():
    assembly = assemble(load(text("f0: {prior: 0.3, sd: 0.2}")))
    (free,) = assembly.free
    assert (free.name, free.mean, free.sd) == ("wall.extra_conductance_ratio_term_f0", 0.3, 0.2)


def test_equal_terms_share_one_type_and_none_leave_it():
    terms = (("extra_conductance_ratio", ("f0",)),)
    assert kind_with(Conductance, terms) is kind_with(Conductance, terms)
    asset = Asset("w", "conductance", parameters={"conductance_w_per_k": Prior(1.0, 0.1)})
    assert stated(asset, Conductance) == (asset, Conductance)


def test_the_polynomial_by_hand():
    assert value_of({"1": 0.1, "f0": 2.0, "f0 f1": -1.0}, (3.0, 0.5)) == pytest.approx(0.1 + 6.0 - 1.5)


@pytest.mark.parametrize(
    ("terms", "got"), [("f7: 0.1", "'f7'"), ("x: 0.1", "'x'")], ids=["no such feature", "no term at all"]
)
def test_a_term_that_no_feature_makes_is_refused(terms, got):
    with pytest.raises(InvalidInput) as refused:
        validate(load(text(terms)))
    assert [fault.got for fault in refused.value.faults] == [got]


def test_a_correction_is_stated_or_learned():
    both = text("f0: 0.1").replace("terms:", f"{LEARNED}\n    terms:")
    with pytest.raises(InvalidInput) as refused:
        validate(load(both))
    assert [fault.got for fault in refused.value.faults] == ["stated and learned"]
