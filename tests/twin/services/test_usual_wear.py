import numpy as np

from tests.twin.spindle import BEARING, FRICTION_W, SPEED_RAD_PER_S, opened
from twin.prediction.remembered import Remembered
from twin.prediction.worlds import draw, from_priors
from twin.services import usual_wear
from twin.services.usual_wear import DAY_S, days, rate

HOUR_S = 3600.0


def test_usual_load_is_that_of_seven_whole_days():
    assert days(0.0, 9.6 * DAY_S) == (2 * DAY_S, 9 * DAY_S)
    assert days(0.0, 9.9 * DAY_S) == days(0.5 * DAY_S, 9.0 * DAY_S)


def test_a_young_log_counts_as_a_whole():
    assert days(0.9 * DAY_S, 1.2 * DAY_S) == (0.9 * DAY_S, 1.2 * DAY_S)
    assert days(0.5 * DAY_S, 1.2 * DAY_S) == (0.5 * DAY_S, DAY_S)


def test_wear_grows_by_archards_law_and_is_worked_out_once_a_day(monkeypatch):
    monkeypatch.setattr(usual_wear, "_kept", Remembered(usual_wear.KEPT))
    computed = []
    usual = usual_wear.usual_rate
    monkeypatch.setattr(usual_wear, "usual_rate", lambda *given, **more: computed.append(1) or usual(*given, **more))
    assembly, model = opened()[:2]
    worlds = draw(model, from_priors(assembly, scene_revision=1), None, free=assembly.free, worlds=8, seed=0)
    place = model.state_names.index(f"{BEARING}.wear_ratio")
    driven = model.input_names.index("hall/spindle/motor-1.speed_set_rad_per_s")
    inputs = np.repeat(model.inputs[None], 24 * 9, axis=0)
    inputs[:, driven] = SPEED_RAD_PER_S
    found = rate(worlds, inputs, start_s=0.0, sample_s=HOUR_S)[place]
    # dw/dt = k P0 (1 + w), over seven days from w = 0: (exp(k P0 T) - 1) / T on average
    per_s = worlds.parameters[model.parameter_names.index(f"{BEARING}.wear_per_j")] * FRICTION_W
    np.testing.assert_allclose(found, np.expm1(per_s * 7 * DAY_S) / (7 * DAY_S), rtol=2e-3)
    inputs[:12, driven] = 0.0  # outside of the seven days
    rate(worlds, inputs[:-8], start_s=8 * HOUR_S, sample_s=HOUR_S)
    assert len(computed) == 1
    rate(worlds, inputs[:-30], start_s=0.0, sample_s=HOUR_S)
    assert len(computed) == 2


def loaded(worlds, *speeds):
    """A week of hours: the first stands, then these speeds by turns, of the usual one."""
    assembly, model = opened()[:2]
    drawn = draw(model, from_priors(assembly, scene_revision=1), None, free=assembly.free, worlds=worlds, seed=0)
    inputs = np.repeat(model.inputs[None], 24 * 7, axis=0)
    inputs[:, model.input_names.index("hall/spindle/motor-1.speed_set_rad_per_s")] = SPEED_RAD_PER_S * np.resize(
        speeds, len(inputs)
    )
    inputs[0, model.input_names.index("hall/spindle/motor-1.speed_set_rad_per_s")] = 0.0
    return drawn, inputs, model.state_names.index(f"{BEARING}.wear_ratio")


def test_many_worlds_are_corrected_by_what_few_show_over_short_stretches(monkeypatch):
    drawn, inputs, place = loaded(48, 1.0, 0.3)
    asked = []
    usual = usual_wear.usual_rate
    monkeypatch.setattr(
        usual_wear, "usual_rate", lambda *g, within, **m: asked.append(within) or usual(*g, within=within, **m)
    )
    found = rate(drawn, inputs, start_s=0.0, sample_s=HOUR_S)[place]
    every, blurred = (usual(drawn, inputs, HOUR_S, within=within)[place] for within in ((0.1,), (0.8,)))
    np.testing.assert_allclose(found, every, rtol=2e-3)
    assert (np.abs(blurred / every - 1.0) > 0.02).all()
    assert asked == [usual_wear.SHORT, usual_wear.LONG]


def test_worlds_that_blur_differently_all_run_over_short_stretches(monkeypatch):
    drawn, inputs, place = loaded(48, 1.0, 0.3)
    monkeypatch.setattr(usual_wear, "UNLIKE", -1.0)
    monkeypatch.setattr(usual_wear, "_kept", Remembered(usual_wear.KEPT))
    found = rate(drawn, inputs, start_s=0.0, sample_s=HOUR_S)[place]
    np.testing.assert_array_equal(found, usual_wear.usual_rate(drawn, inputs, HOUR_S)[place])
