from dataclasses import replace

import numpy as np
import pytest

from physics.simulate.rollout import rollout
from tests.twin.spindle import BEARING, COOLING_W_PER_K, opened, worlds_of
from twin.estimation.disturbance import Disturbance
from twin.estimation.follow import DRIFT_SHARE_PER_ROOT_HOUR, follow
from twin.estimation.trail import Trail

SAMPLE_S, EVERY, NOISE_K = 60.0, 5, 0.1
SPEED = "hall/spindle/motor-1.speed_set_rad_per_s"


@pytest.fixture(scope="module")
def spindle():
    return opened()


def truth(model, *, start_k, samples=120, offset_k=0.0):
    """A log of a bearing that starts warm, with sensor noise, shape [T, 1]."""
    start = model.start[:, None].copy()
    start[model.state_names.index(f"{BEARING}.heat.temperature_k")] = start_k
    inputs = np.repeat(model.inputs[None], samples, axis=0)
    exact = rollout(model, inputs=inputs, sample_s=SAMPLE_S, start=start).outputs[:, :1, 0]
    noise = NOISE_K * np.random.default_rng(0).normal(size=exact.shape)
    return inputs, exact + noise + offset_k, exact


def beside(sd_k):
    return Disturbance(np.array([NOISE_K]), np.array([[sd_k]]), np.array([[6 * 3600.0]]))


def followed(spindle, measured, inputs, *, sd_k=0.05, count=32, **more):
    assembly, model = spindle
    return follow(
        worlds_of(assembly, model, count), assembly, inputs, measured, sample_s=SAMPLE_S, every=EVERY,
        disturbance=beside(sd_k), **more,
    )  # fmt: skip


def test_an_offset_is_taken_for_a_disturbance(spindle):
    # All worlds start where the truth does, so states have nothing to explain: the reading's 2 K lie beside the model.
    inputs, measured, exact = truth(spindle[1], start_k=293.15, offset_k=2.0)
    found = followed(spindle, measured, inputs, sd_k=2.0)
    assert found.disturbance.mean() == pytest.approx(2.0, abs=0.5)
    assert found.replaced == 0


def test_innovations_of_a_true_model_are_about_standard(spindle):
    inputs, measured, _exact = truth(spindle[1], start_k=293.15)
    e = followed(spindle, measured, inputs).innovations[2:, 0]
    # 22 chunks: a standard deviation is known to 15 %; the filter's own spread is a little wide on purpose.
    assert abs(e.mean()) < 4 / np.sqrt(len(e))
    assert 0.4 < e.std() < 1.5


def test_a_step_that_the_model_does_not_know_stands_out(spindle):
    inputs, measured, _exact = truth(spindle[1], start_k=293.15)
    measured[60:] += 3.0
    e = np.abs(followed(spindle, measured, inputs).innovations[:, 0])
    assert e[60 // EVERY] > 5.0
    assert e[60 // EVERY] == e.max()


def test_missing_readings_are_no_news(spindle):
    inputs, measured, _exact = truth(spindle[1], start_k=293.15)
    measured[50:60] = np.nan
    found = followed(spindle, measured, inputs)
    assert np.isnan(found.innovations[10:12, 0]).all()
    assert np.isfinite(found.innovations[[9, 12], 0]).all()


def test_the_same_log_gives_the_same_worlds(spindle):
    inputs, measured, _exact = truth(spindle[1], start_k=293.15)
    one, two = followed(spindle, measured, inputs), followed(spindle, measured, inputs)
    np.testing.assert_array_equal(one.worlds.start, two.worlds.start)
    np.testing.assert_array_equal(one.worlds.parameters, two.worlds.parameters)


def test_a_world_that_diverges_takes_anothers_place(spindle):
    assembly, model = spindle
    inputs, measured, _exact = truth(model, start_k=293.15, samples=30)
    worlds = worlds_of(assembly, model, 8)
    # A heat capacity below zero warms without end: e-fold every two milliseconds.
    worlds.parameters[model.parameter_names.index(f"{BEARING}.heat_capacity_j_per_k"), 3] = -1e-3
    found = follow(
        worlds, assembly, inputs, measured, sample_s=SAMPLE_S, every=EVERY,
        disturbance=beside(0.05),
    )  # fmt: skip
    assert found.replaced >= 1
    assert np.isfinite(found.worlds.start).all()


def test_few_worlds_tell_the_parts_of_a_disturbance_apart_as_the_exact_filter_does(spindle):
    # Worlds that agree leave two autoregressions seen through noise: a Kalman filter of two states, here by hand.
    assembly, model = spindle
    inputs, measured, exact = truth(model, start_k=293.15)
    sd, memory_s, rng = np.array([0.5, 1.0]), np.array([120.0, 7200.0]), np.random.default_rng(4)
    keep, part, course = np.exp(-SAMPLE_S / memory_s), np.zeros(2), []
    for _ in measured:
        part = keep * part + sd * np.sqrt(1 - keep**2) * rng.normal(size=2)
        course.append(part.sum())
    measured = measured + np.array(course)[:, None]
    mean, covariance = np.zeros(2), np.diag(sd**2)
    for reading in (measured - exact)[:, 0]:
        mean, covariance = keep * mean, np.outer(keep, keep) * covariance + np.diag((1 - keep**2) * sd**2)
        gain = covariance.sum(axis=1) / (covariance.sum() + NOISE_K**2)
        mean, covariance = mean + gain * (reading - mean.sum()), covariance - np.outer(gain, covariance.sum(axis=0))
    parts = Disturbance(np.array([NOISE_K]), sd[:, None], memory_s[:, None])
    found = follow(
        worlds_of(assembly, model, 8), assembly, inputs, measured, sample_s=SAMPLE_S, every=1, disturbance=parts
    )
    # The worlds drift by 0.04 K in a sample and are pulled back: so much of the slow part may be theirs.
    np.testing.assert_allclose(found.disturbance.mean(axis=(1, 2)), mean, atol=0.2)
    assert found.disturbance.sum(axis=0).mean() == pytest.approx(mean.sum(), abs=0.1)
    # Eight worlds that expect about the same know no more than the exact filter does.
    np.testing.assert_allclose(found.disturbance.std(axis=2)[:, 0], np.sqrt(np.diag(covariance)), rtol=0.2)


HEAT = f"{BEARING}.heat.temperature_k"
PRIOR_K, LINEAR_NOISE_K, MANY = 3.0, 0.5, 800


def linear(spindle, samples=80, worlds=MANY, seed=3):
    """Worlds whose only open number is the start temperature, a log of one such plant, and its decay per sample.

    At constant speed and without wear the housing is a resistor and a capacitor: T' = (P - G (T - T_a)) / C.
    """
    assembly, model = spindle
    drawn = replace(worlds_of(assembly, model, worlds), names=(), draws=np.zeros((0, worlds)))
    parameters, start = np.repeat(model.parameters[:, None], worlds, axis=1), drawn.start.copy()
    parameters[model.parameter_names.index(f"{BEARING}.wear_per_j")] = 0.0
    capacity = parameters[model.parameter_names.index(f"{BEARING}.heat_capacity_j_per_k"), 0]
    rng, row = np.random.default_rng(seed), model.state_names.index(HEAT)
    exact = rng.normal(size=worlds)
    start[row] += PRIOR_K * (exact - exact.mean()) / exact.std(ddof=1)
    inputs = np.repeat(model.inputs[None], samples, axis=0)
    own = start[:, :1] + 0.0
    own[row] = model.start[row] + 2.0
    truth = rollout(model, inputs=inputs, sample_s=SAMPLE_S, parameters=parameters[:, :1], start=own).outputs[:, :1, 0]
    measured = truth + LINEAR_NOISE_K * rng.normal(size=truth.shape)
    measured[10:13] = np.nan
    longer, begin = np.vstack([inputs, inputs[-1:]]), model.start[:, None]
    centre = rollout(model, inputs=longer, sample_s=SAMPLE_S, parameters=parameters[:, :1], start=begin)
    decay = float(np.exp(-COOLING_W_PER_K * SAMPLE_S / capacity))
    return replace(drawn, parameters=parameters, start=start), inputs, measured, centre.outputs[:, 0, 0], decay


def riccati(measured, centre, decay, drift):
    """Kalman filter and Rauch-Tung-Striebel smoother of the temperature's distance from the central run, by hand."""
    mean, variance, filtered, predicted = 0.0, PRIOR_K**2, [], []
    innovations = []
    for reading, middle in zip(measured[:, 0], centre[:-1], strict=True):
        predicted.append((mean, variance))
        if np.isfinite(reading):
            total = variance + LINEAR_NOISE_K**2
            innovations.append((reading - middle - mean) / np.sqrt(total))
            gain = variance / total
            mean, variance = mean + gain * (reading - middle - mean), (1 - gain) * variance
        filtered.append((mean, variance))
        mean, variance = decay * mean, decay**2 * variance + drift**2
    ends = [*predicted[1:], (mean, variance)]
    smooth = [(mean, variance)]
    for (m, v), (pm, pv) in zip(filtered[:0:-1], ends[:0:-1], strict=True):
        gain = decay * v / pv
        smooth.append((m + gain * (smooth[-1][0] - pm), v + gain**2 * (smooth[-1][1] - pv)))
    return np.array(ends), np.array(smooth[::-1]), np.array(innovations)


def run_linear(spindle, made, **more):
    worlds, inputs, measured, _centre, _decay = made
    quiet = Disturbance.none(np.array([LINEAR_NOISE_K]))
    return follow(
        worlds, spindle[0], inputs, measured, sample_s=SAMPLE_S, every=1, disturbance=quiet, **more
    )  # fmt: skip


def drift_k(spindle):
    nominal = spindle[1].nominal[spindle[1].state_names.index(HEAT)]
    return DRIFT_SHARE_PER_ROOT_HOUR * nominal * np.sqrt(SAMPLE_S / 3600.0)


def test_filter_and_smoother_of_a_linear_plant_are_riccati_and_rauch_tung_striebel(spindle):
    made = linear(spindle)
    _worlds, inputs, measured, centre, decay = made
    found = run_linear(spindle, made, smooth=[HEAT])
    ends, smooth, _innovations = riccati(measured, centre, decay, drift_k(spindle))
    following = centre[1:]
    row = spindle[1].state_names.index(HEAT)
    last = found.worlds.start[row]
    # 800 worlds: a mean is known to a 28th of the spread, a variance to 5 %; three deviations, and chance adds up.
    assert last.mean() - following[-1] == pytest.approx(ends[-1, 0], abs=0.15 * np.sqrt(ends[-1, 1]))
    assert last.var(ddof=1) == pytest.approx(ends[-1, 1], rel=0.15)
    course = found.course[:, 0]
    off = (course.mean(axis=1) - following - smooth[:, 0])[:-1] / np.sqrt(smooth[:-1, 1])
    assert np.abs(off).max() < 0.3
    np.testing.assert_allclose(course.var(axis=1, ddof=1), smooth[:, 1], rtol=0.3)
    assert smooth[20, 1] < 0.8 * ends[20, 1]


def test_innovations_of_a_linear_plant_are_those_of_the_kalman_filter_and_white(spindle):
    made = linear(spindle, samples=400, worlds=200)
    _worlds, inputs, measured, centre, decay = made
    found = run_linear(spindle, made).innovations[:, 0]
    exact = riccati(measured, centre, decay, drift_k(spindle))[2]
    e = found[np.isfinite(found)]
    np.testing.assert_allclose(e, exact, atol=0.25)
    # 397 numbers: variance known to 7 %, each autocorrelation to 5 %; three deviations.
    assert e.var() == pytest.approx(1.0, abs=0.21)
    assert max(abs(np.mean(e[k:] * e[:-k])) for k in range(1, 6)) < 0.15


def test_late_readings_give_what_a_log_in_order_gives(spindle):
    made = linear(spindle, samples=30, worlds=16)
    worlds, inputs, measured, centre, decay = made
    in_order = run_linear(spindle, made)
    trail = Trail(worlds)

    def assimilate(rows):
        keys = [f"{row}" for row in rows[:, 0]]
        begin = trail.last(keys)
        found = run_linear(
            spindle, (worlds, inputs[: len(rows)], rows, centre, decay), begin=begin,
            reached=lambda point, surprise: trail.keep(keys[: point.chunk], point, surprise),
        )  # fmt: skip
        return found, 0 if begin is None else begin.chunk

    early = measured[:28].copy()
    early[27] = np.nan
    assimilate(early)
    late, begun = assimilate(measured)
    assert begun == 27
    np.testing.assert_array_equal(late.worlds.start, in_order.worlds.start)
    assert assimilate(measured)[1] == 30
    np.testing.assert_array_equal(trail.innovations([f"{row}" for row in measured[:, 0]], 1), in_order.innovations)


def test_parameters_are_found_with_the_states_and_nothing_oscillates(spindle):
    # The bearing rubs a tenth more than the centre of the worlds believes; the housing's warmth tells.
    worlds, inputs, _measured, _centre, _decay = linear(spindle, samples=150, worlds=32)
    model = spindle[1]
    row = model.parameter_names.index(f"{BEARING}.dry_friction_n_m")
    own = worlds.parameters[:, :1].copy()
    own[row] *= 1.1
    exact = rollout(model, inputs=inputs, sample_s=SAMPLE_S, parameters=own, start=model.start[:, None]).outputs[
        :, :1, 0
    ]
    measured = exact + 0.02 * np.random.default_rng(5).normal(size=exact.shape)
    draws = worlds.parameters[row] * (1.0 + 0.2 * np.random.default_rng(6).normal(size=worlds.count))
    worlds.parameters[row] = draws
    open_ones = replace(worlds, names=(model.parameter_names[row],), draws=draws[None])
    quiet = Disturbance.none(np.array([0.02]))
    found = follow(open_ones, spindle[0], inputs, measured, sample_s=SAMPLE_S, every=1, disturbance=quiet)
    # The spread that is left says how well it is known; four of them.
    left = found.worlds.parameters[row]
    assert left.mean() == pytest.approx(own[row, 0], abs=4 * left.std())
    assert left.std() < 0.1 * draws.std()
    e = found.innovations[20:, 0]
    # Differences of white readings have -0.5; a filter that overshoots goes on to -1 and grows.
    assert np.mean(e[1:] * e[:-1]) / e.var() > -0.55
    assert e.std() < 1.0
