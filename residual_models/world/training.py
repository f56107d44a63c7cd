"""Trains a latent model on many worlds, and refuses one whose latents have collapsed.

Equations  loss = mean |z_k - E(window_k)|^2 + 4 mean |D(z_k, u_k) - y_k|
                  + 0.04 sum_(i != j) cov(z)_ij^2 / Z + mean max(0, 1 - sd(z))
Symbols    z_k rolled out, E(window_k) what is seen then (held fixed), cov and sd over the batch
Source     variance and covariance terms: Bardes, Ponce, LeCun (2022), VICReg, arXiv:2105.04906, section 4
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from residual_models.world.network import HISTORY, LatentWorld
from residual_models.world.signals import Signals

ROLLOUT = 24
"""Steps of a training rollout."""

COVARIANCE_WEIGHT, DECODER_WEIGHT = 0.04, 4.0
SMALL_ERROR = 0.03
"""Errors of a tag are squared up to so many of its sds and count by their size beyond: what a jump costs does not hide
whether the quiet rest is right."""
LEAST_SHARE, LEAST_SD = 0.4, 0.05
"""Fewer directions than this share of those of the tags, or less spread, is a collapse: the model then says the same
whatever it sees."""

HIDDEN_SHARE = 0.1
"""Share of readings hidden in training, so that gaps are nothing new."""


class Collapsed(ValueError):  # noqa: N818 (it names what happened)
    """The latent states hardly differ from each other; the message says by how much."""


@dataclass(frozen=True)
class Course:
    """How to train: steps of Adam, batch, its first and last rate, seed."""

    steps: int = 3000
    batch: int = 96
    rate: float = 2e-3
    last_rate: float = 3e-5
    seed: int = 0


def train(
    model: LatentWorld, signals: Signals, course: Course, progress: Callable[[float, str], None] | None = None
) -> None:
    """Fit the model's weights to worlds, repeatable by the course's seed.

    Args:
        model: Its weights are changed in place.
        signals: Standardised worlds, with their noise.
        course: How.
        progress: Told the finished share and the loss.
    Raises: Collapsed.
    """
    generator = torch.Generator().manual_seed(course.seed)
    optimiser = torch.optim.AdamW(model.parameters(), lr=course.rate, weight_decay=1e-4)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, course.steps, course.last_rate)
    for step in range(course.steps):
        loss = _loss(model, signals, course.batch, generator)
        optimiser.zero_grad()
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        if progress is not None and step % 50 == 0:
            progress(step / course.steps, f"loss {loss.item():.3g}")
    check(model, signals, generator)


def check(model: LatentWorld, signals: Signals, generator: torch.Generator) -> tuple[float, float, float]:
    """How many directions the latents use, beside how many the tags themselves use, and the latents' mean spread.

    Raises: Collapsed.
    """
    world, at = _places(signals, 1024, 0, generator)
    with torch.no_grad():
        latents = model.encode(*_windows(signals, world, at, generator))
    directions, shown, sd = _directions(latents), _directions(signals.truth[world, at]), float(latents.std(0).mean())
    if directions < LEAST_SHARE * shown or sd < LEAST_SD:
        got = f"latents: got {directions:.1f} directions with a spread of {sd:.2g}"
        need = f"{LEAST_SHARE * shown:.1f} (the tags have {shown:.1f}) and {LEAST_SD:g}"
        raise Collapsed(f"{got}, need {need}. Train longer or on more varied worlds.")
    return directions, shown, sd


def _directions(points: Tensor) -> float:
    """Participation ratio of the covariance's eigenvalues: one for points on a line, D for a round cloud."""
    powers = torch.linalg.eigvalsh(torch.cov(points.T).reshape(points.shape[1], -1))
    return float(powers.sum() ** 2 / (powers**2).sum().clamp(min=1e-30))


def _loss(model: LatentWorld, signals: Signals, batch: int, generator: torch.Generator) -> Tensor:
    steps = min(ROLLOUT, signals.values.shape[1] - HISTORY)
    world, at = _places(signals, batch, steps, generator)
    first = model.encode(*_windows(signals, world, at, generator))
    rows = at[:, None] + torch.arange(steps + 1)
    driven = signals.inputs[world[:, None], rows]
    rolled = model.unroll(first, driven)
    with torch.no_grad():
        spots = (world.repeat_interleave(steps + 1), rows.flatten())
        seen = model.encode(*_windows(signals, *spots, generator)).view_as(rolled)
    shown, truth = model.decode(rolled, driven), signals.truth[world[:, None], rows]
    off = torch.nn.functional.smooth_l1_loss(shown, truth, beta=SMALL_ERROR)
    return (rolled - seen).square().mean() + DECODER_WEIGHT * off + _spread_out(first)


def _spread_out(latents: Tensor) -> Tensor:
    sd = (latents.var(0) + 1e-4).sqrt()
    covariance = torch.cov(latents.T)
    beside = covariance - torch.diag(torch.diagonal(covariance))
    return torch.relu(1.0 - sd).mean() + COVARIANCE_WEIGHT * beside.square().sum() / latents.shape[1]


def _places(signals: Signals, count: int, steps: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Worlds and times with a whole window before and `steps` samples behind."""
    worlds, length = signals.values.shape[:2]
    world = torch.randint(worlds, (count,), generator=generator)
    at = torch.randint(HISTORY - 1, length - steps, (count,), generator=generator)
    return world, at


def _windows(signals: Signals, world: Tensor, at: Tensor, generator: torch.Generator) -> tuple[Tensor, Tensor, Tensor]:
    rows = at[:, None] + torch.arange(1 - HISTORY, 1)
    values = signals.values[world[:, None], rows]
    masks = torch.isfinite(values) & (torch.rand(values.shape, generator=generator) >= HIDDEN_SHARE)
    return torch.nan_to_num(values), masks, signals.inputs[world[:, None], rows]
