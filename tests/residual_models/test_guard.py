import numpy as np

from physics.network.plant import Network, Part, Plant
from physics.simulate.model import compile_plant
from residual_models import guard


def test_box_spans_what_was_seen_over_all_parts_of_a_key():
    features = {"a.x.feature_0": ("pumps", 0), "b.x.feature_0": ("pumps", 0)}
    limits = guard.box(features, np.array([[0.0, 2.0], [1.0, 3.0], [np.nan, 2.5]]))
    assert limits == {"pumps.low_0": 0.0, "pumps.high_0": 3.0}


def test_a_feature_that_never_moved_gets_a_narrow_box_around_it():
    limits = guard.box({"a.x.feature_0": ("k", 0)}, np.full((5, 1), 2.0))
    assert limits["k.low_0"] == 2.0 - guard.MIN_WIDTH / 2
    assert limits["k.high_0"] == 2.0 + guard.MIN_WIDTH / 2


def test_samples_outside_the_box_are_out_of_support():
    features = {"a.x.feature_0": ("k", 0), "a.x.feature_1": ("k", 1)}
    limits = {"k.low_0": 0.0, "k.high_0": 1.0}
    seen = np.array([[0.5, 9.0], [1.5, 0.0], [-0.1, 0.0], [np.nan, 0.0]])
    np.testing.assert_array_equal(guard.in_support(features, seen, limits), [True, False, False, False])


def test_feature_paths_are_those_that_the_engine_observes():
    networks = (Network("axis", "extra_friction_ratio", "axis/extra_friction_ratio"),)
    plant = Plant((Part("axis", "linear_axis"),), (), networks)
    features = guard.feature_paths(compile_plant(plant, []), networks)
    model = compile_plant(plant, list(features))
    assert len(model.output_names) == 2
    assert features["axis.extra_friction_ratio.feature_1"] == ("axis/extra_friction_ratio", 1)
