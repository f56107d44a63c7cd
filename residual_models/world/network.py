"""The latent model's three small networks: what windows say, what happens next, what sensors would show.

Equations  z_0 = E(window)      z_{k+1} = z_k + P(z_k, u_k)      y_k = D(z_k, u_k)
Symbols    window the last H samples of every tag (value, mask, age) and input; z the latent state; u_k inputs from
           sample k to k + 1, which what has no inertia shows at once; y standardised tags
Source     joint embedding with a predictor conditioned on actions: Assran et al. (2025), V-JEPA 2, arXiv:2506.09985,
           section 3; the grounding decoder keeps tags readable from z
Valid      signals standardised by the training worlds, each tag by its own span, so that units drop out
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

HISTORY = 6
"""Samples in a window: six tell values, slopes and what the noise hides."""

LATENT, HIDDEN = 32, 128


class LatentWorld(nn.Module):
    """Encoder, predictor and decoder for S tags and I inputs."""

    def __init__(self, tags: int, inputs: int, latent: int = LATENT, hidden: int = HIDDEN) -> None:
        super().__init__()
        self.sizes = (tags, inputs, latent, hidden)
        self.encoder = _perceptron(HISTORY * (3 * tags + inputs), hidden, latent, layers=2)
        self.predictor = _perceptron(latent + inputs, hidden, latent, layers=2)
        self.decoder = _perceptron(latent + inputs, hidden, tags, layers=1)

    def encode(self, values: Tensor, masks: Tensor, inputs: Tensor) -> Tensor:
        """Latent states [B, Z] of windows: values and masks [B, H, S], inputs [B, H, I]."""
        seen = torch.where(masks, values, torch.zeros_like(values))
        parts = (seen, masks.to(seen.dtype), ages(masks).to(seen.dtype), inputs)
        found: Tensor = self.encoder(torch.cat([part.flatten(1) for part in parts], 1))
        return found

    def advance(self, z: Tensor, inputs: Tensor) -> Tensor:
        """The latent states one step on, under inputs [B, I]."""
        found: Tensor = z + self.predictor(torch.cat([z, inputs], -1))
        return found

    def unroll(self, z: Tensor, inputs: Tensor) -> Tensor:
        """Latent states [B, K + 1, Z] from `z` on under inputs [B, K + 1, I]; the last row acts behind them."""
        found = [z]
        for k in range(inputs.shape[1] - 1):
            found.append(self.advance(found[-1], inputs[:, k]))
        return torch.stack(found, 1)

    def decode(self, z: Tensor, inputs: Tensor) -> Tensor:
        """Standardised tags [..., S] of latent states [..., Z] under inputs [..., I]."""
        found: Tensor = self.decoder(torch.cat([z, inputs], -1))
        return found


def ages(masks: Tensor) -> Tensor:
    """Samples since a tag was last seen, over H, shape like `masks` [B, H, S]; one where it never was."""
    length = masks.shape[1]
    since = torch.full_like(masks[:, 0], length, dtype=torch.float32)
    found = []
    for k in range(length):
        since = torch.where(masks[:, k], torch.zeros_like(since), torch.clamp(since + 1, max=length))
        found.append(since / length)
    return torch.stack(found, 1)


def _perceptron(inputs: int, hidden: int, outputs: int, layers: int) -> nn.Sequential:
    sizes = [inputs, *[hidden] * layers]
    parts: list[nn.Module] = []
    for a, b in zip(sizes[:-1], sizes[1:], strict=True):
        parts += [nn.Linear(a, b), nn.SiLU()]
    return nn.Sequential(*parts, nn.Linear(hidden, outputs))
