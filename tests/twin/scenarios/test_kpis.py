import numpy as np
import pytest

from tests.twin.spindle import TEXT, opened
from twin.assembly.assemble import assemble
from twin.scenarios.kpis import Kpi, electrical_power_paths, evaluate, kpis_of, paths_of, reduce
from twin.scene.load import load
from twin.scene.scene import Reduction

INVERTER = "- {id: hall/inverter, type: inverter_drive}\n  - {id: hall/knob, type: constant}\n  "
BY_INVERTER = """[hall/supply.plus, hall/inverter.supply]
  - [hall/inverter.motor, hall/spindle/motor-1.plus]
  - [hall/knob.out, hall/inverter.command]"""


@pytest.fixture(scope="module")
def spindle():
    return opened()


@pytest.mark.parametrize(
    ("reduction", "expected"),
    [
        (Reduction.MEAN, 2.0),
        (Reduction.MAXIMUM, 4.0),
        (Reduction.MINIMUM, 0.0),
        (Reduction.FINAL, 4.0),
        (Reduction.INTEGRAL, 80.0),
    ],
)
def test_a_ramp_reduces_to_its_known_figures(reduction, expected):
    ramp = np.linspace(0.0, 4.0, 5)[:, None]
    assert reduce(ramp, reduction, 10.0) == pytest.approx([expected])


def test_a_plant_has_its_own_figures_its_energy_and_its_tags(spindle):
    names = [kpi.name for kpi in kpis_of(spindle[0])]
    assert names == ["friction energy", "electrical energy", "TT-1 mean", "TT-1 maximum"]
    assert [kpi.unit for kpi in kpis_of(spindle[0])] == ["J", "J", "K", "K"]


def test_energy_is_counted_where_it_leaves_the_supply_and_once(spindle):
    # The motor reports its power too: adding it would count every joule twice.
    assert electrical_power_paths(spindle[0]) == ("hall/spindle/motor-1.plus.power_w",)


def test_what_an_inverter_hands_on_is_not_counted_again():
    text = TEXT.replace("- {id: hall/supply,", INVERTER + "- {id: hall/supply,")
    text = text.replace("[hall/supply.plus, hall/spindle/motor-1.plus]", BY_INVERTER)
    assert electrical_power_paths(assemble(load(text))) == ("hall/inverter.supply.power_w",)


def test_a_figure_may_add_quantities_and_keeps_a_lost_world_apart():
    power = np.array([[1.0, 1.0], [1.0, np.nan], [1.0, np.nan]])
    twice = Kpi("twice", ("a.power_w", "a.power_w"), Reduction.INTEGRAL, "J")
    found = evaluate(twice, {"a.power_w": power}.__getitem__, 5.0)
    assert found[0] == pytest.approx(20.0)
    assert np.isnan(found[1])
    assert paths_of([twice, twice]) == ("a.power_w",)
