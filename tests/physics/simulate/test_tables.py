"""Sets of weights and the worlds' choice among them."""

from dataclasses import replace

import numpy as np
import pytest

from physics.network.plant import Network, Part, Plant
from physics.simulate import tables
from physics.simulate.model import compile_plant
from physics.simulate.rollout import RolloutRefused, rollout

PARTS = (Part("basin", "tank", {"rim_level_m": 9.0}, {"level_m": 1.0}), Part("drain", "orifice"),
         Part("floor", "reservoir"), Part("other", "tank", {"rim_level_m": 9.0}, {"level_m": 1.0}),
         Part("second", "orifice"), Part("ground", "reservoir"))  # fmt: skip
LINKS = (("basin.bottom", "drain.inlet"), ("drain.outlet", "floor.outlet"), ("other.bottom", "second.inlet"),
         ("second.outlet", "ground.outlet"))  # fmt: skip


def model(second_key):
    networks = (Network("drain", "extra_outflow_ratio", "one", layers=(4, 3)),
                Network("second", "extra_outflow_ratio", second_key, layers=(4, 3)))  # fmt: skip
    return compile_plant(Plant(PARTS, LINKS, networks), ["basin.level_m", "other.level_m"])


def levels(own, members=None):
    worlds = 1 if members is None else len(members)
    parameters = np.repeat(own.parameters[:, None], worlds, axis=1)
    for row, name in enumerate(own.parameter_names):
        if name.endswith(".member") and members is not None:
            parameters[row] = members
    found = rollout(own, inputs=np.repeat(own.inputs[None], 5, axis=0), sample_s=20.0, parameters=parameters)
    return found.outputs[-1]


def constant(own, values):
    """Weights that give these numbers whatever the features are."""
    count = tables.counts(own)["one"]
    found = np.zeros((len(values), count))
    found[:, count - 4] = values  # the last layer's bias stands before its three weights
    return found


def test_no_weights_change_nothing():
    own = model("two")
    plain = compile_plant(Plant(PARTS, LINKS), ["basin.level_m", "other.level_m"])
    np.testing.assert_array_equal(levels(own), levels(plain))


def test_like_islands_read_their_own_weights_or_shared_ones():
    own = model("two")
    assert own.islands[0].system.representative is own.islands[1].system.representative
    more = constant(own, [0.3])
    apart = levels(replace(own, networks={"one": more, "two": 0 * more}))
    assert apart[0] < apart[1]
    shared = model("one")
    both = levels(replace(shared, networks={"one": more}))
    np.testing.assert_array_equal(both[0], both[1])
    np.testing.assert_array_equal(both[0], apart[0])


def test_each_world_has_the_set_that_it_chose():
    own = model("one")
    own = replace(own, networks={"one": constant(own, [0.0, 0.3, -0.3])})
    found = levels(own, [2, 0, 1])[0]
    assert found[2] < found[1] < found[0]


@pytest.mark.parametrize("chosen", [0.5, 3.0, -1.0])
def test_a_set_that_is_not_there_is_refused(chosen):
    own = model("one")
    with pytest.raises(RolloutRefused, match=r"one\.member: got .*whole number of 0 to 0"):
        levels(replace(own, networks={"one": constant(own, [0.1])}), [chosen])


def test_weights_among_the_parameters_are_the_same_as_sets_that_worlds_choose():
    own = model("one")
    values = constant(own, [0.0, 0.3, -0.3])
    parameters = np.repeat(own.parameters[:, None], 4, axis=1)
    parameters[tables.rows_of(own, "one")] = values[[2, 0, 1, 2]].T
    inputs = np.repeat(own.inputs[None], 5, axis=0)
    found = rollout(own, inputs=inputs, sample_s=20.0, parameters=parameters).outputs[-1]
    np.testing.assert_array_equal(found, levels(replace(own, networks={"one": values}), [2, 0, 1, 2]))
    sets, chosen = tables.gathered(own, parameters)
    assert len(sets.networks["one"]) == 3
    np.testing.assert_array_equal(chosen[own.parameter_names.index("one.member")], [0, 1, 2, 0])


def test_each_world_may_have_a_set_of_its_own():
    own = model("one")
    sets, chosen = tables.apart(own, np.repeat(own.parameters[:, None], 3, axis=1))
    assert sets.networks["one"].shape == (3, 27)
    np.testing.assert_array_equal(chosen[own.parameter_names.index("one.member")], [0, 1, 2])


def test_weights_of_another_shape_are_refused():
    own = replace(model("one"), networks={"one": np.zeros((1, 3))})
    assert "got shape (1, 3), need [M >= 1, 27]" in next(tables.faults(own, own.parameters[:, None]))
