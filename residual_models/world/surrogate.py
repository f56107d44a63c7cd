"""A trained latent model in the plant's own units: free runs of many worlds at once, kept as an artefact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from residual_models import artefact
from residual_models.world.network import HISTORY, LatentWorld
from residual_models.world.signals import Scale

Floats = NDArray[np.float64]
SCALES = ("tag_mean", "tag_sd", "input_mean", "input_sd", "span")


@dataclass(frozen=True)
class Surrogate:
    """A latent model with its scale; tags and inputs by name, in order; step_s between samples."""

    model: LatentWorld
    scale: Scale
    tags: tuple[str, ...]
    inputs: tuple[str, ...]
    step_s: float

    @property
    def history(self) -> int:
        """Samples that a free run must be given of its past."""
        return HISTORY

    def free_run(self, past: Floats, past_inputs: Floats, inputs: Floats) -> Floats:
        """Tags under given inputs, from what sensors read before.

        Args:
            past: The last `history` samples, shape [W, H, S], NaN where missing; the last is the present.
            past_inputs: Shape [W, H, I].
            inputs: From the present on, shape [W, K + 1, I]; row k holds from sample k to k + 1.
        Returns: Shape [W, K, S], samples 1 to K.
        """
        standard = torch.as_tensor(self.scale.tags(past), dtype=torch.float32)
        before, ahead = (torch.as_tensor(self.scale.inputs(a), dtype=torch.float32) for a in (past_inputs, inputs))
        with torch.inference_mode():
            z = self.model.encode(torch.nan_to_num(standard), torch.isfinite(standard), before)
            shown = self.model.decode(self.model.unroll(z, ahead)[:, 1:], ahead[:, 1:])
        return self.scale.back(shown.numpy().astype(np.float64))

    def save(self, folder: Path, facts: Mapping[str, Any]) -> str:
        """Write the artefact; returns its SHA-256."""
        arrays = {f"weights.{name}": value.numpy().copy() for name, value in self.model.state_dict().items()}
        arrays |= {f"scale.{name}": getattr(self.scale, name) for name in SCALES}
        own = {"tags": list(self.tags), "inputs": list(self.inputs), "step_s": self.step_s, "sizes": self.model.sizes}
        return artefact.save(folder, arrays, {**facts, **own})


def load(folder: Path, digest: str) -> tuple[Surrogate, dict[str, Any]]:
    """The surrogate of an artefact, and its facts.

    Raises: ArtefactDamaged.
    """
    arrays, facts = artefact.load(folder, digest)
    tags, inputs, latent, hidden = facts["sizes"]
    model = LatentWorld(tags, inputs, latent, hidden)
    weights = {n.removeprefix("weights."): torch.as_tensor(a) for n, a in arrays.items() if n.startswith("weights.")}
    model.load_state_dict(weights)
    scale = Scale(**{name: arrays[f"scale.{name}"] for name in SCALES})
    return Surrogate(model, scale, tuple(facts["tags"]), tuple(facts["inputs"]), float(facts["step_s"])), facts
