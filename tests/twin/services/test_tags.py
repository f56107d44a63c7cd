from twin.scene.scene import Asset, Input, Scene, Sensor
from twin.services.tags import own_units, si_units

SCENE = Scene(
    "p",
    assets=(Asset("tank", "tank"),),
    sensors=(Sensor("PT", "tank.bottom.pressure_pa", "bar"), Sensor("VT", "", "mm/s"), Sensor("XT", "gone.x", "degC")),
    inputs=(Input("ET", "gone.voltage_v", "kV"),),
)


def test_si_unit_is_that_of_the_quantity_else_of_the_tags_own_unit(context):
    found = si_units(context, SCENE)
    assert found["PT"] == "Pa"
    assert found["VT"] == "m/s"
    assert found["XT"] == "K"


def test_own_units():
    assert own_units(SCENE) == {"PT": "bar", "VT": "mm/s", "XT": "degC", "ET": "kV"}
