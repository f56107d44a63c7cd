"""`make bench-gpu`: the rows for a CUDA device. Without one it says so and ends well."""

from __future__ import annotations

import sys

import warp as wp

from physics.simulate import device

WOULD = (
    "With rollouts on a device it would measure component-steps/s and world-steps/s of the stiff island, the hall and "
    "the demo plant, their share of the memory or arithmetic roof, and the smallest batch at which it beats the CPU."
)
MISSING = f"bench-gpu: no CUDA device here; nothing measured. {WOULD}"
UNBUILT = (
    "bench-gpu: {name} is here, but rollouts run on the CPU only: the scalar form of the kernels is printed for CUDA, "
    f"and nothing launches it yet. Nothing measured. {WOULD}"
)


def message() -> str:
    """What this machine allows."""
    device.start()
    found = wp.get_cuda_devices()
    return UNBUILT.format(name=found[0].name) if found else MISSING


if __name__ == "__main__":
    sys.stdout.write(message() + "\n")
