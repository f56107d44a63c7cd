"""The hall of 1,000 components: what it is, and that its physics is right where a closed form says so."""

import numpy as np
import pytest

from examples.large import hall
from physics.network.plant import Part
from physics.simulate.model import compile_plant
from physics.simulate.rollout import Options, Status, rollout

TIGHT = Options(rtol=1e-9, threads=1)


@pytest.fixture(scope="module")
def model():
    return compile_plant(*hall.hall())


def test_it_has_a_thousand_components_of_few_shapes(model):
    plant, _ = hall.hall()
    assert len(plant.parts) == 1000
    assert len(model.islands) == hall.CONVEYORS + hall.COOLED_MACHINES + hall.OVENS + hall.RING_MAINS
    assert len({id(island.system.tape) for island in model.islands}) == 4
    assert max(len(island.states) for island in model.islands) == hall.RING_NODES


def test_the_same_seed_gives_the_same_hall():
    assert hall.hall(3) == hall.hall(3)
    assert hall.hall(3) != hall.hall(4)


def test_ovens_warm_up_exponentially(model):
    index = next(k for k, island in enumerate(model.islands) if "oven-5/chamber" in island.parts)
    oven = model.only(index)
    values = dict(zip(oven.parameter_names, oven.parameters, strict=True))
    power_w = oven.inputs[oven.input_names.index("oven-5/load.power_w")]
    capacity, conductance = values["oven-5/chamber.heat_capacity_j_per_k"], values["oven-5/wall.conductance_w_per_k"]
    t = 600.0 * np.arange(8)
    run = rollout(oven, inputs=np.repeat(oven.inputs[None], 8, axis=0), sample_s=600.0, options=TIGHT)
    expected = 293.15 + power_w / conductance * (1 - np.exp(-t * conductance / capacity))
    np.testing.assert_allclose(run.outputs[:, 0, 0], expected, rtol=1e-7)


def test_a_ring_main_gives_what_it_takes():
    made = hall.Hall(np.random.default_rng(0))
    made.parts += [Part("mains", "reservoir", {"pressure_pa": 501_325.0}), Part("drain", "reservoir")]
    hall.ring_main(made, "ring", 5)
    flows = ["ring/feed.inlet.mass_flow_kg_per_s", *(f"ring/draw-{k}.inlet.mass_flow_kg_per_s" for k in range(1, 6))]
    model = compile_plant(made.plant(), [*flows, *made.outputs])
    run = rollout(model, inputs=model.inputs[None], sample_s=60.0, options=TIGHT)
    taken, *given = run.outputs[0, : len(flows), 0]
    assert taken > 0.5
    assert taken == pytest.approx(sum(given), rel=1e-9)
    assert (run.outputs[0, len(flows) :, 0] < 501_325.0).all()


def test_a_small_hall_runs_a_shift_in_every_world():
    plant, outputs = hall.hall(share=0.02)
    made, seconds = hall.compiled(plant, outputs)
    run, _ = hall.shift(made, 3, threads=1)
    assert set(seconds) == {"plant to equations", "equations to kernels"}
    assert (run.status == Status.OK).all()
    speed_rad_per_s = run.outputs[-1, outputs.index("conveyor-1/speed.out.value")]
    assert ((speed_rad_per_s > 10) & (speed_rad_per_s < 16)).all()  # 150 rad/s or somewhat less through a gear of ten
