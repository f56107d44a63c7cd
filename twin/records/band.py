"""How far off a model version may be, by lead: what its readers show and what later data are held against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

LEAST_GROWTH, MOST_GROWTH = 0.25, 1.0
"""Power of time with which an error grows where it was seen last: a stationary one ends at 0, a random walk has 0.5, a
steady force against viscous friction 1. Below the first it is taken for one that has ended, chance aside."""


GROWTH_SPAN = 4.0
"""Over the last so many times of the longest lead."""


@dataclass(frozen=True)
class TagError:
    """What a tag reads beside the model, white noise plus parts that last: in the tag's SI unit, memories in seconds.

    Equations  error = v + Σ b,  v white of noise_sd,  b_{t+Δ} = φ b_t + sd √(1 − φ²) n,  φ = exp(−Δ / memory_s)
    """

    noise_sd: float
    sd: tuple[float, ...]
    memory_s: tuple[float, ...]


MOST_ASKED = 0.999
"""Misses in a row ask for ever wider bands; beyond this level a normal error's width says nothing."""


def widening(asked: float, level: float) -> float:
    """How much wider a normal error's band of one level is than that of another."""
    normal = NormalDist()
    return normal.inv_cdf((1.0 + float(np.clip(asked, 0.01, MOST_ASKED))) / 2.0) / normal.inv_cdf((1.0 + level) / 2.0)


@dataclass(frozen=True)
class Band:
    """Conformal half-widths per tag: the interval is prediction ± half_width at that lead.

    Attributes: level, e.g. 0.9; horizons_s, leads that were measured, rising, the last one infinite for a free run from
    a record's first samples; half_width per tag, shape [H], in the tag's SI unit, that of a free run whose error grows
    being told at the last measured lead; errors per tag, what the free run
    leaves unexplained, empty where a version was made before that was measured.
    """

    level: float
    horizons_s: tuple[float, ...]
    half_width: dict[str, tuple[float, ...]]
    errors: dict[str, TagError] = field(default_factory=dict)

    def at(self, tag: str, lead_s: NDArray[np.float64], *, followed: bool = True) -> NDArray[np.float64]:
        """Half-width of a tag at each lead [T]; NaN for a tag that the band does not know.

        Between measured leads it grows as a power of time. Beyond the last one it is at least the free run's, and an
        error that still grew there, as integrated ones do, grows on. Where nothing was followed before it is the free
        run's from the first moment on, or, where the error still grew, takes the forecasts' course scaled to the free
        run's size. The larger of two estimates of one stationary error is too wide: 94 to 96 % of a filling line's free
        run lay in it.

        Args:
            tag: Name of the tag.
            lead_s: Time since the last reading that entered.
            followed: Whether the log was followed up to there; False after a record's first samples alone.
        """
        lead = np.asarray(lead_s, np.float64)
        if tag not in self.half_width:
            return np.full(lead.shape, np.nan)
        *widths, free = self.half_width[tag]
        edges = np.array(self.horizons_s[:-1], np.float64)
        if not widths or not np.all(np.isfinite(widths)) or min(widths) <= 0.0:
            return np.full(lead.shape, free)
        log_width, log_edge = np.log(widths), np.log(edges)
        early = float(np.interp(log_edge[-1] - np.log(GROWTH_SPAN), log_edge, log_width))
        power = (log_width[-1] - early) / np.log(GROWTH_SPAN) if edges[-1] >= GROWTH_SPAN * edges[0] else 0.0
        power = min(power, MOST_GROWTH) if power >= LEAST_GROWTH else 0.0
        log_lead = np.log(np.maximum(lead, edges[0]))
        grown = np.interp(log_lead, log_edge, log_width) + power * np.maximum(log_lead - log_edge[-1], 0.0)
        alone = free * np.exp(grown - log_width[-1]) if power > 0.0 else np.full(lead.shape, free)
        if not followed:
            return np.asarray(alone, np.float64)
        width = np.exp(grown)
        return np.asarray(np.where(lead > edges[-1], np.maximum(width, alone), width), np.float64)

    def asked_for(self, levels: Mapping[str, Mapping[float, float]]) -> Band:
        """The same promise with the widths of other levels, as misses and hits in service ask for them.

        Args:
            levels: Tag to lead to level; a width goes as a normal error's would. Leads without one take the nearest.
        """
        width = {tag: self._asked(row, levels.get(tag, {})) for tag, row in self.half_width.items()}
        return replace(self, half_width=width)

    def _asked(self, row: tuple[float, ...], levels: Mapping[float, float]) -> tuple[float, ...]:
        if not levels:
            return row
        leads = np.array(sorted(levels))
        edges = np.minimum(self.horizons_s, leads[-1])
        asked = np.interp(edges, leads, [levels[lead] for lead in leads])
        return tuple(float(width * widening(level, self.level)) for width, level in zip(row, asked, strict=True))
