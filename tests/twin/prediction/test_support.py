import numpy as np
import pytest

from tests.twin.warm_block import TEXT
from twin.assembly.assemble import assemble
from twin.prediction.runs import run
from twin.prediction.support import feature_paths, in_support
from twin.prediction.worlds import draw, from_priors
from twin.scene.load import load


@pytest.fixture(scope="module")
def heated():
    assembly = assemble(load(TEXT))
    model = assembly.compile(feature_paths(assembly))
    worlds = draw(model, from_priors(assembly, scene_revision=1), None, free=assembly.free, worlds=3, seed=0)
    inputs = np.zeros((60, len(model.input_names)))
    inputs[:, model.input_names.index("heater.power_w")] = 400.0
    inputs[:, model.input_names.index("air.temperature_k")] = 293.15
    return assembly, worlds, run(worlds, inputs, 20.0).outputs


def test_each_learned_corrections_features_are_watched(heated):
    paths = feature_paths(heated[0])
    assert paths
    assert all(path.startswith("wall.extra_conductance_ratio.feature_") for path in paths)


def test_an_untrained_correction_has_no_bounds(heated):
    assembly, worlds, outputs = heated
    assert in_support(worlds, assembly, outputs).all()


def test_a_feature_beyond_its_trained_range_is_outside(heated):
    assembly, worlds, outputs = heated
    key = assembly.plant.corrections[0].key
    feature = outputs[:, worlds.model.output_names.index(feature_paths(assembly)[0])]
    middle = float(np.median(feature))
    worlds.parameters[worlds.model.parameter_names.index(f"{key}.high_0")] = middle
    expected = (feature <= middle).mean(axis=1) > 0.5
    np.testing.assert_array_equal(in_support(worlds, assembly, outputs), expected)
    assert 0 < expected.sum() < len(expected)
