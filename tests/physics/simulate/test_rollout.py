"""Closed forms, independent solvers, statuses and refusals of rollouts."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from physics.network.plant import Part, Plant
from physics.simulate.model import compile_plant
from physics.simulate.rollout import Options, RolloutRefused, Status, TooLarge, rollout
from tests.physics.parts import TYPES


def held(model, samples):
    return np.repeat(model.inputs[None], samples, axis=0)


def rc_plant():
    parts = (Part("source", "supply"), Part("r", "resistor"), Part("c", "capacitor"))
    return Plant(parts, (("source.plus", "r.a"), ("r.b", "c.plus")))


@pytest.mark.parametrize(("rtol", "tolerance"), [(1e-4, 2e-3), (1e-8, 1e-7)])
def test_capacitor_charges_exponentially(rtol, tolerance):
    model = compile_plant(rc_plant(), ["c.plus.voltage_v", "source.delivered_a"], types=TYPES)
    run = rollout(model, inputs=held(model, 40), sample_s=1.0, options=Options(rtol=rtol))
    t = np.arange(40.0)
    charge = 10.0 * (1 - np.exp(-t / (5.0 * 2.0)))
    # the step error is rtol times (value + nominal 100 V)
    np.testing.assert_allclose(run.outputs[:, 0, 0], charge, atol=tolerance)
    np.testing.assert_allclose(run.outputs[:, 1, 0], (10.0 - charge) / 5.0, atol=tolerance)


def test_motor_runs_up_to_its_steady_speed():
    plant = Plant((Part("s", "supply"), Part("m", "motor")), (("s.plus", "m.plus"),))
    model = compile_plant(plant, ["m.shaft.speed_rad_per_s"], types=TYPES)
    run = rollout(model, inputs=held(model, 20), sample_s=0.1, options=Options(rtol=1e-8))
    steady = 0.2 * 10.0 / (0.2**2 + 0.5 * 1e-3)  # k V / (k^2 + R b)
    rate = (0.2**2 / 0.5 + 1e-3) / 0.02
    np.testing.assert_allclose(run.outputs[:, 0, 0], steady * (1 - np.exp(-rate * np.arange(20) * 0.1)), atol=1e-5)


def test_an_input_step_acts_from_its_row_on():
    model = compile_plant(rc_plant(), ["source.delivered_a", "c.plus.voltage_v"], types=TYPES)
    inputs = np.array([[0.0], [10.0], [10.0]])
    run = rollout(model, inputs=inputs, sample_s=1.0)
    np.testing.assert_allclose(run.outputs[:2, 0, 0], [0.0, 2.0], atol=1e-9)
    np.testing.assert_allclose(run.outputs[:2, 1, 0], 0.0, atol=1e-9)


def test_final_continues_where_the_run_ended():
    model = compile_plant(rc_plant(), ["c.plus.voltage_v"], types=TYPES)
    whole = rollout(model, inputs=held(model, 20), sample_s=1.0, options=Options(rtol=1e-9))
    first = rollout(model, inputs=held(model, 10), sample_s=1.0, options=Options(rtol=1e-9))
    second = rollout(model, inputs=held(model, 10), sample_s=1.0, start=first.final, options=Options(rtol=1e-9))
    np.testing.assert_allclose(second.outputs, whole.outputs[10:], atol=1e-7)


def robertson_reference(fast, times):
    def rates(t, y):
        a, b, c = y
        return [-0.04 * a + 1e4 * b * c, 0.04 * a - 1e4 * b * c - fast * b * b, fast * b * b]

    solved = solve_ivp(rates, (0, times[-1]), [1, 0, 0], method="Radau", rtol=1e-10, atol=1e-14, t_eval=times)
    return solved.y


def test_robertson_agrees_with_radau_from_an_inconsistent_start():
    model = compile_plant(Plant((Part("r", "robertson"),)), ["r.a_ratio", "r.b_ratio", "r.c_ratio"], types=TYPES)
    assert model.start[2] == 0.3  # not consistent with a = 1
    run = rollout(model, inputs=np.zeros((41, 0)), sample_s=1000.0, options=Options(rtol=1e-8))
    reference = robertson_reference(3e7, np.arange(41) * 1000.0)
    assert run.status[0] == Status.OK
    np.testing.assert_allclose(run.outputs[:, :, 0].T, reference, rtol=1e-6, atol=1e-11)


@pytest.mark.parametrize(("method", "order"), [("rodas4", 4), ("dopri5", 5), ("rk4", 4)])
def test_error_falls_with_the_stated_order(method, order):
    model = compile_plant(Plant((Part("p", "pendulum"),)), ["p.angle_rad"], types=TYPES)
    exact = solve_ivp(
        lambda t, y: [y[1], -4.0 * np.sin(y[0])], (0, 2), [1, 0], method="DOP853", rtol=1e-13, atol=1e-13
    ).y[0, -1]
    errors = []
    for step in (0.1, 0.05, 0.025):
        options = Options(rtol=1e9, max_step_s=step, method=method)
        run = rollout(model, inputs=np.zeros((1, 0)), sample_s=2.0, options=options)
        errors.append(abs(run.final[model.state_names.index("p.angle_rad"), 0] - exact))
    slopes = np.log2(np.array(errors[:-1]) / errors[1:])
    assert slopes[-1] > order - 0.3


def test_a_world_that_explodes_leaves_the_others_bit_equal():
    model = compile_plant(Plant((Part("e", "explosion"),)), ["e.size_ratio"], types=TYPES)
    rates = np.array([[0.1, 0.2, 0.5, -1.0, 0.0]])
    with_it = rollout(model, inputs=np.zeros((30, 0)), sample_s=0.1, parameters=rates)
    without = rollout(model, inputs=np.zeros((30, 0)), sample_s=0.1, parameters=np.delete(rates, 2, axis=1))
    assert with_it.status[2] in (Status.DIVERGED, Status.STEP_TOO_SMALL)
    assert with_it.failed_at_s[2] == pytest.approx(2.0, abs=1e-3)
    assert with_it.failed_island[2] == 0
    assert np.isnan(with_it.outputs[21:, 0, 2]).all()
    assert np.isfinite(with_it.outputs[:20, 0, 2]).all()
    others = [0, 1, 3, 4]
    assert (with_it.status[others] == Status.OK).all()
    assert np.array_equal(with_it.outputs[:, :, others], without.outputs)


def test_equations_without_a_solution_have_no_start():
    model = compile_plant(Plant((Part("q", "equation"),)), ["q.root_ratio"], types=TYPES)
    inputs = np.array([[[4.0, -1.0]], [[9.0, 4.0]], [[-1.0, 4.0]]])
    run = rollout(model, inputs=inputs, sample_s=1.0)
    np.testing.assert_allclose(run.outputs[:2, 0, 0], [2.0, 3.0], rtol=1e-6)
    assert run.status.tolist() == [Status.NO_START, Status.NO_START]
    assert run.failed_at_s.tolist() == [2.0, 0.0]
    assert np.isnan(run.outputs[:, 0, 1]).all()


def test_a_node_that_must_jump_past_a_fold_is_eased_over_it():
    plant = Plant((Part("d", "tunnel_diode", {}, {"plus.voltage_v": -1.9}),))
    model = compile_plant(plant, ["d.plus.voltage_v"], types=TYPES)
    run = rollout(model, inputs=np.array([[0.0], [10.0], [0.0], [-10.0]]), sample_s=1.0)
    assert run.status[0] == Status.OK
    far = np.roots([1, 0, -3, -10])
    far = far[np.abs(far.imag) < 1e-9].real[0]
    np.testing.assert_allclose(run.outputs[:, 0, 0], [-np.sqrt(3), far, np.sqrt(3), -far], rtol=1e-4)


def test_all_unsound_numbers_are_told_at_once():
    model = compile_plant(rc_plant(), ["c.plus.voltage_v"], types=TYPES)
    inputs = np.array([[np.nan], [1.0]])
    parameters = np.full((len(model.parameter_names), 3), np.inf)
    with pytest.raises(RolloutRefused) as refused:
        rollout(model, inputs=inputs, sample_s=-1.0, parameters=parameters, start=np.zeros((7, 3)))
    text = str(refused.value)
    words = (
        "inputs[0] source.voltage_v: got nan, need a finite number",
        "sample_s",
        "r.resistance_ohm",
        "c.capacitance_f",
        "start: got shape (7, 3)",
    )
    for part in words:
        assert part in text


def test_different_numbers_of_worlds_are_refused():
    model = compile_plant(rc_plant(), ["c.plus.voltage_v"], types=TYPES)
    with pytest.raises(RolloutRefused, match="2, 3"):
        rollout(
            model,
            inputs=np.ones((2, 1, 2)),
            sample_s=1.0,
            parameters=np.repeat(model.parameters[:, None], 3, axis=1),
        )


def test_too_large_a_rollout_is_refused_with_the_number():
    model = compile_plant(rc_plant(), ["c.plus.voltage_v"], types=TYPES)
    with pytest.raises(TooLarge, match=f"{model.memory_bytes(1000, 1):,}"):
        rollout(model, inputs=held(model, 1000), sample_s=1.0, options=Options(memory_limit_bytes=1000))


def test_progress_ends_at_one():
    model = compile_plant(rc_plant(), ["c.plus.voltage_v"], types=TYPES)
    shares = []
    parameters = np.repeat(model.parameters[:, None], 100, axis=1)
    rollout(model, inputs=held(model, 3), sample_s=1.0, parameters=parameters, progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
