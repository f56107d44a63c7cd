import numpy as np
import pytest

from tests.twin import warm_block, warm_block_log
from twin.errors import Cancelled, NotReady
from twin.records.event import EventKind, PlantEvent
from twin.records.model import ModelStatus
from twin.services import estimate, evaluate, events, models, plants
from twin.services.recalibrate import STEPS, recalibrate


def test_a_first_model_with_a_bent_loss_learns_it_and_goes_into_service(context):
    warm_block_log.fill(context, extra=0.5)
    version = recalibrate(context, "warm-block", options=warm_block_log.QUICK)
    assert version.status is ModelStatus.CHAMPION
    assert version.gate.scores["hybrid"]["TT-1"] < 0.5 * version.gate.scores["physics"]["TT-1"]
    assert version.residual.weights.shape[0] == 3
    scored = evaluate.evaluate(context, "warm-block")["tags"]["TT-1"]
    assert scored["rmse"] < scored["physics"] < scored["persistence"]
    assert 0.8 <= scored["coverage"] <= 1.0


def test_networks_of_several_layers_learn_it_as_well_and_say_so_in_the_plant_file(context):
    warm_block_log.fill(context, extra=0.5, layers=(8, 6))
    scene, _revision = plants.get(context, "warm-block")
    assert [asset.layers for asset in scene.assets if asset.learn] == [(8, 6)]
    version = recalibrate(context, "warm-block", options={**warm_block_log.QUICK, "members": 2, "rounds": [1, 4, 6]})
    assert version.status is ModelStatus.CHAMPION
    assert sum(".w0" in name or ".y0" in name for name in version.residual.names) > 8 * 6
    assert version.gate.scores["hybrid"]["TT-1"] < 0.5 * version.gate.scores["physics"]["TT-1"]
    scored = evaluate.evaluate(context, "warm-block")["tags"]["TT-1"]
    assert scored["rmse"] < scored["physics"] < scored["persistence"]


def test_a_correction_with_memory_learns_it_too_and_is_followed_and_judged_as_others_are(context):
    warm_block_log.fill(context, extra=0.5, memory=1)
    version = recalibrate(context, "warm-block", options={**warm_block_log.QUICK, "members": 2})
    assert version.status is ModelStatus.CHAMPION
    assert version.gate.scores["hybrid"]["TT-1"] < 0.5 * version.gate.scores["physics"]["TT-1"]
    hidden = estimate.estimate(context, "warm-block", worlds=8).hidden
    memory = next(item for item in hidden if item.quantity.endswith("memory_0"))
    assert np.abs(memory.mean).max() <= 1.0


def test_where_physics_explains_all_no_residual_is_shipped_and_a_repeat_keeps_the_champion(context):
    warm_block_log.fill(context, noise_k=0.5)
    first = recalibrate(context, "warm-block", options=warm_block_log.QUICK)
    assert first.status is ModelStatus.CHAMPION
    assert first.calibration.as_dict()["wall.conductance_w_per_k"] == pytest.approx(
        warm_block.CONDUCTANCE_W_PER_K, rel=0.03
    )
    second = recalibrate(context, "warm-block", options={**warm_block_log.QUICK, "seed": 1})
    assert second.status is ModelStatus.REJECTED
    assert second.gate.verdict.startswith("The champion stays.")
    assert models.champion(context, "warm-block").version == first.version


def test_a_job_cut_before_a_step_goes_on_and_publishes_once(context):
    warm_block_log.fill(context, samples=160)
    state = {"job": "job-1", "plant": "warm-block", **warm_block_log.QUICK}
    for name, step in STEPS:
        before = state
        state = step(context, before, lambda _share, _text: None)
        if name in ("fit", "publish"):
            assert step(context, before, lambda _share, _text: None).keys() == state.keys()
    assert state["result"]["version"] == 1
    assert len(models.list_models(context, "warm-block")) == 1


def test_cancelling_in_training_leaves_the_champion_as_it_was(context):
    warm_block_log.fill(context, samples=160)

    def stop(_share, text):
        if text.startswith("train"):
            raise Cancelled("stop")

    with pytest.raises(Cancelled):
        recalibrate(context, "warm-block", options=warm_block_log.QUICK, progress=stop)
    assert models.champion_or_none(context, "warm-block") is None


def test_no_log_and_too_short_a_log_are_refused_in_words(context):
    plants.create(context, warm_block.TEXT, author="test", reason="")
    with pytest.raises(NotReady, match="Ingest a log first"):
        recalibrate(context, "warm-block")
    warm_block_log.fill(context, samples=15, create=False)
    with pytest.raises(NotReady, match="usable measurements"):
        recalibrate(context, "warm-block")


def test_maintenance_lets_parameters_move(context):
    window = warm_block_log.fill(context, samples=160)
    recalibrate(context, "warm-block", options=warm_block_log.QUICK)
    at = int(window.times_us()[-1])
    events.save(context, "warm-block", [PlantEvent(EventKind.MAINTENANCE, "wall", at, at)])
    version = recalibrate(context, "warm-block", options=warm_block_log.QUICK)
    assert "no drift without maintenance" not in [test["name"] for test in version.gate.tests]
