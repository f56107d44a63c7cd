import numpy as np
import pytest

from physics.flow.layout import Layout, Part
from physics.flow.simulate import simulate
from twin.assembly.line import compile_layout, layout_of
from twin.scenarios.line_kpis import Figure, figures, people, rows
from twin.scene.load import load

LINE = """
plant: hall
assets:
  - {id: source, type: source, settings: {interval_s: 10.0}}
  - {id: a, type: machine, settings: {cycle_s: 6.0}}
  - {id: b, type: machine, settings: {cycle_s: 3.0}}
  - {id: sink, type: sink}
  - {id: a-losses, name: Losses, type: heater}
  - {id: b-losses, name: Losses, type: heater}
  - {id: hall, type: ambient}
connections:
  - [source.out, a.in]
  - [a.out, b.in]
  - [b.out, sink.in]
  - [a-losses.heat, hall.heat]
  - [b-losses.heat, hall.heat]
couplings:
  - {kind: work, part: a, quantity: a-losses.power_w, working: 1000.0}
  - {kind: work, part: b, quantity: b-losses.power_w, working: 500.0, idle: 100.0}
"""


def test_people_on_shift_follow_their_calendars():
    calendar = Part("week", "shift_calendar", {"period_s": 100.0, "shifts": [[0, 2], [50, 1], [75, 0]]})
    pool = Part("pool", "operator_pool", {"operator_count": 3, "calendar": "week"})
    layout = Layout((calendar, pool, Part("crew", "repair_crew", {"crew_count": 2}), Part("m", "machine")))
    # three people at levels 2, 1, 0 for half, a quarter, a quarter of the time, and two all the time
    assert people(layout) == pytest.approx(3 * (2 * 0.5 + 1 * 0.25) + 2)


def test_a_row_has_both_levels_with_intervals_and_the_paired_difference():
    before, after = np.array([1.0, 2.0, 3.0]), np.array([2.0, 3.1, 3.9])
    found = rows(([Figure("x", before, "1/s", "1/h", "higher")], [Figure("x", after, "1/s")]))[0]
    assert found["baseline"]["mean"] == pytest.approx(2.0)
    # Student, 2 degrees of freedom, 95 %: 4.3027 standard errors
    assert found["baseline"]["mean_high"] - 2.0 == pytest.approx(4.3027 / np.sqrt(3), rel=1e-4)
    assert found["difference"]["mean"] == pytest.approx(1.0)
    assert (found["shown"], found["better"]) == ("1/h", "higher")


def test_a_figure_without_any_number_is_left_out():
    nothing = Figure("x", np.full(3, np.nan), "1")
    assert rows(([nothing], [nothing])) == []


def test_each_consumer_is_told_though_two_have_one_name():
    scene = load(LINE)
    run = simulate(compile_layout(layout_of(scene), scene), horizon_s=7200.0, warm_s=3600.0, worlds=2, seed=1)
    found = {figure.name: figure.values for figure in figures(run, scene, {}, focus="")}
    # an item each 10 s, worked on for 6 s and then for 3 s
    np.testing.assert_allclose(found["Losses per item"], 6.0 * 1000.0, rtol=1e-3)
    np.testing.assert_allclose(found["b-losses.power_w per item"], 3.0 * 500.0 + 7.0 * 100.0, rtol=1e-3)
