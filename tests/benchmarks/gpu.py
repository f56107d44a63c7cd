"""`make bench-gpu`: the rows for a CUDA device. Without one it says so and ends well."""

from __future__ import annotations

import sys

import warp as wp

from physics.simulate import device

MISSING = "bench-gpu: no CUDA device here; nothing measured."
UNBUILT = (
    "bench-gpu: {name} is here, but rollouts run on the CPU only: the scalar form of the kernels is printed for CUDA, "
    "and nothing launches it yet. Nothing measured."
)


def message() -> str:
    """What this machine allows."""
    device.start()
    found = wp.get_cuda_devices()
    return UNBUILT.format(name=found[0].name) if found else MISSING


if __name__ == "__main__":
    sys.stdout.write(message() + "\n")
