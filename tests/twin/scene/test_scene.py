import pytest

from twin.scene.scene import Asset, Input, Scene, Sensor, split_path


def test_entries_are_found_by_their_names():
    scene = Scene("p", assets=(Asset("a", "tank"),), sensors=(Sensor("s"),), inputs=(Input("i", "a.x"),))
    assert scene.asset("a").type == "tank"
    assert scene.sensor("s").tag == "s"
    assert scene.input("i").drives == "a.x"
    assert scene.tags == ("s", "i")
    with pytest.raises(KeyError):
        scene.asset("b")


def test_path_splits_at_the_first_dot():
    assert split_path("hall/pump-1.inlet.pressure_pa") == ("hall/pump-1", "inlet.pressure_pa")
    assert split_path("hall") == ("hall", "")
