"""What a model's bands promised and what later data delivered."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Delivered:
    """Forecasts of one tag at one lead, all from assimilated states, scored on data that came after the model.

    Attributes: tag; unit; lead_s; forecasts, how many; rmse and persistence, of the forecast and of the last reading
    held, in SI; coverage with its 95 % block-bootstrap interval low to high; width of the band, mean over
    the forecasts; crps, of a normal forecast with the band's spread; interval_score, and persistence's own with the
    width that its errors on this very stretch ask for; right, whether the promised level lies in the interval and the
    score beats persistence's; asked, the level that the band is asked for from now on, so that the promise is kept.
    """

    tag: str
    unit: str
    lead_s: float
    forecasts: int
    rmse: float
    persistence: float
    coverage: float
    low: float
    high: float
    width: float
    crps: float
    interval_score: float
    persistence_interval_score: float
    right: bool
    asked: float


@dataclass(frozen=True)
class Coverage:
    """Promised against delivered: of one model version on one stretch of the log, tag by tag and lead by lead."""

    plant: str
    version: int
    start_us: int
    end_us: int
    level: float
    rows: tuple[Delivered, ...]

    @property
    def asked(self) -> dict[str, dict[float, float]]:
        """Level that the bands are asked for from now on: tag to lead to level."""
        found: dict[str, dict[float, float]] = {}
        for row in self.rows:
            found.setdefault(row.tag, {})[row.lead_s] = row.asked
        return found
