"""The usual device comes from a setting."""

from physics.simulate import device
from physics.simulate.options import Options


def test_a_setting_names_the_usual_device(monkeypatch):
    monkeypatch.delenv(device.VARIABLE, raising=False)
    assert Options().device == "cpu"
    monkeypatch.setenv(device.VARIABLE, "cuda:1")
    assert Options().device == "cuda:1"
