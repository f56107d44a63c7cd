"""Tags and inputs of many worlds, each standardised by what training saw of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Scale:
    """Middle and size of each tag [S] and input [I]; span [S], from the 1st to the 99th percentile of a tag."""

    tag_mean: Floats
    tag_sd: Floats
    input_mean: Floats
    input_sd: Floats
    span: Floats

    def tags(self, values: Floats) -> Floats:
        """Standardised tags, last axis S."""
        return (values - self.tag_mean) / self.tag_sd

    def inputs(self, values: Floats) -> Floats:
        """Standardised inputs, last axis I."""
        return (values - self.input_mean) / self.input_sd

    def back(self, standard: Floats) -> Floats:
        """Tags in their own units."""
        return standard * self.tag_sd + self.tag_mean


@dataclass(frozen=True)
class Signals:
    """Worlds to train on: values [W, T, S] as read, NaN where missing; truth [W, T, S]; inputs [W, T, I]."""

    values: Tensor
    truth: Tensor
    inputs: Tensor


def scale_of(truth: Floats, inputs: Floats) -> Scale:
    """Of worlds: truth [W, T, S] and inputs [W, T, I]."""
    low, high = np.nanpercentile(truth, [1, 99], axis=(0, 1))
    return Scale(
        np.nanmean(truth, axis=(0, 1)),
        _size(np.nanstd(truth, axis=(0, 1))),
        inputs.mean(axis=(0, 1)),
        _size(inputs.std(axis=(0, 1))),
        _size(high - low),
    )


def standardised(scale: Scale, values: Floats, truth: Floats, inputs: Floats) -> Signals:
    """The same worlds as tensors of 32 bits."""
    return Signals(*(torch.as_tensor(a, dtype=torch.float32) for a in (
        scale.tags(values), scale.tags(truth), scale.inputs(inputs))))  # fmt: skip


def _size(spread: Floats) -> Floats:
    return np.where(spread > 1e-9, spread, 1.0)
