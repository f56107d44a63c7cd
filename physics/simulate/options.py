"""How a rollout is to be integrated."""

from __future__ import annotations

from dataclasses import dataclass, field

from physics.simulate import choice, device


@dataclass(frozen=True)
class Options:
    """How to integrate.

    Attributes: rtol, relative tolerance per step (absolute: rtol times the nominal size); method, "auto" for a choice
    by island, or "rodas4", "dopri5" or "rk4" for all; max_step_s, the step itself for "rk4" (a sample by default);
    threads; lead, let the first of each eight worlds alone choose the steps, so that results vary smoothly over the
    other seven; memory_limit_bytes, refuse above it; precision, "float64", or "float32" for sixteen worlds at a time
    and seven digits, with the explicit methods only; device, "cpu", or a CUDA device as Warp names it ("cuda"), one
    thread to a world: `TWIN_DEVICE` by default.
    """

    rtol: float = 1e-4
    method: str = choice.AUTOMATIC
    max_step_s: float = float("inf")
    threads: int = 2
    lead: bool = False
    memory_limit_bytes: int = 4 << 30
    precision: str = "float64"
    device: str = field(default_factory=device.usual)
