import numpy as np
import pytest

from twin.assembly.stated import value_of
from twin.explain.terms import course, expanded, propose

RNG = np.random.default_rng(4)
FEATURES = RNG.uniform(-1.0, 1.0, size=(2000, 2))
RESTS = (-1.0, 0.0)


@pytest.mark.parametrize(
    ("powers", "numbers", "words"),
    [
        (((),), (0.3,), "a constant share"),
        (((0, 0),), (0.12,), "with the square of flow"),
        (((1,),), (-0.2,), "in proportion to speed"),
        (((0, 1),), (0.2,), "with flow times speed"),
        (((0, 0), (1,)), (0.2, 0.1), "with the square of flow and in proportion to speed"),
    ],
)
def test_the_terms_that_made_the_values_are_found(powers, numbers, words):
    raised = FEATURES - np.array(RESTS)
    truth = sum(c * np.prod(raised[:, list(p)], axis=1) for p, c in zip(powers, numbers, strict=True))
    found = propose(truth + 0.005 * RNG.normal(size=2000), FEATURES, RESTS)
    assert set(found.powers) == set(powers)
    assert dict(zip(found.powers, found.numbers, strict=True)) == pytest.approx(
        dict(zip(powers, numbers, strict=True)), abs=0.01
    )
    assert found.explained > 0.98
    assert course(found.powers, found.numbers, ("flow", "speed")) == words


def test_what_the_scene_writes_is_the_same_polynomial():
    powers, numbers = ((0, 0), (0, 1), (1,), ()), (0.3, -0.2, 0.1, 0.05)
    raised = FEATURES - np.array(RESTS)
    truth = sum(c * np.prod(raised[:, list(p)], axis=1) for p, c in zip(powers, numbers, strict=True))
    written = value_of(expanded(powers, numbers, RESTS), FEATURES.T)
    np.testing.assert_allclose(written, truth, atol=1e-12)
