"""The rows for a GPU are written by the very code that a device would run, here with the CPU in its place."""

import pytest
import warp as wp

from physics.simulate import device
from tests.benchmarks import gpu


@pytest.fixture
def thread_by_thread(monkeypatch):
    """One world a thread, on the CPU."""
    device.start()
    monkeypatch.setattr(device, "known", lambda name: name)
    monkeypatch.setattr(device, "CPU", "host")


def test_the_page_compares_both_sides(thread_by_thread, monkeypatch):
    monkeypatch.setattr(gpu, "roof_per_s", lambda *_: 1e9)
    monkeypatch.setattr(gpu.device, "CPU", "host")
    runs = []

    def run(worlds, on):
        runs.append((worlds, on))
        return next(gpu.works()).run(worlds, "cpu")

    work = gpu.Work("island", 12, run, operations=1000)
    lines = "\n".join(gpu.compared(work, "cpu", sizes=(2, 3)))
    assert {on for _, on in runs} == {"cpu", "host"}
    assert "| 2 |" in lines
    assert "| 3 |" in lines
    assert "Smallest batch at which the device is faster" in lines
    assert "1,000 operations a step" in lines


def test_the_roof_is_a_speed_that_a_processor_has():
    device.start()
    assert 1e8 < gpu.roof_per_s("cpu", "float64", threads=64, turns=20_000) < 1e14


def test_without_a_device_it_says_so(capsys):
    if wp.get_cuda_devices():
        pytest.skip("a CUDA device is here")
    gpu.main()
    assert capsys.readouterr().out == f"{gpu.MISSING}\n"
