"""What every forecast stands on: a plant at a revision, compiled, and the model version in service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from physics.simulate.model import Model
from twin.assembly.assemble import assemble
from twin.assembly.assembly import Assembly
from twin.errors import NotFound
from twin.prediction.support import feature_paths
from twin.prediction.worlds import Worlds, draw, from_priors
from twin.records.model import Band, Calibration, ModelVersion, Residual
from twin.scenarios.run import observed
from twin.scene.scene import Scene
from twin.scene.types import Types
from twin.services import models, plants
from twin.services.context import Context
from twin.store import coverage


@dataclass(frozen=True)
class Basis:
    """A compiled plant and its model.

    Attributes: scene at `revision`; assembly and model, observed for sensors, KPIs, failures and corrections; version,
    the model version in service, None while priors alone are known; asked, levels that misses of its bands ask for.
    """

    scene: Scene
    revision: int
    assembly: Assembly
    model: Model
    version: ModelVersion | None
    asked: Mapping[str, Mapping[float, float]] = field(default_factory=dict)

    @property
    def calibration(self) -> Calibration:
        """The posterior, or the scene's priors while nothing was calibrated."""
        if self.version is None:
            return from_priors(self.assembly, scene_revision=self.revision)
        return self.version.calibration

    @property
    def residual(self) -> Residual | None:
        """The trained corrections, if any."""
        return None if self.version is None else self.version.residual

    @property
    def band(self) -> Band | None:
        """The conformal band as its hits and misses ask for, if any."""
        return None if self.version is None else self.version.band.asked_for(self.asked)

    @property
    def version_number(self) -> int:
        """Number of the model version, 0 for priors."""
        return 0 if self.version is None else self.version.version

    def worlds(self, count: int, seed: int) -> Worlds:
        """Worlds drawn from the model, at its start states."""
        return draw(self.model, self.calibration, self.residual, free=self.assembly.free, worlds=count, seed=seed)


def stand_on(
    context: Context,
    plant: str,
    *,
    revision: int | None = None,
    version: int | None = None,
    priors: bool = False,
    until_us: int | None = None,
) -> Basis:
    """Open a plant with the model version in service, or with pinned ones for a replay.

    Args:
        context: Access to the database.
        plant: Name of the plant.
        revision: Of the scene, the newest by default.
        version: Of the model, the champion by default.
        priors: Whether to leave every model version aside.
        until_us: What bands delivered later than this is not known yet, in a replay.
    Raises: NotFound; InvalidInput, when the plant cannot be simulated.
    """
    scene, found = plants.get(context, plant, revision)
    text, _revision = plants.text(context, plant, found.revision)
    assembly, model = _compiled(_Key(text, scene, plants.types(context)))
    chosen = None
    if version is not None:
        chosen = models.get(context, plant, version)
    elif not priors:
        chosen = models.champion_or_none(context, plant)
    return Basis(scene, found.revision, assembly, model, chosen, _asked(context, plant, chosen, until_us))


def _asked(
    context: Context, plant: str, version: ModelVersion | None, until_us: int | None
) -> Mapping[str, Mapping[float, float]]:
    if version is None:
        return {}
    with context.sessions() as session:
        known = coverage.latest(session, plant, version.version, until_us=until_us)
    return {} if known is None else known.asked


def known_tags(basis: Basis, tags: list[str] | None) -> tuple[str, ...]:
    """The modelled tags that were asked for, all by default.

    Raises: NotFound, for a tag that no sensor of the model has.
    """
    for tag in tags or ():
        if tag not in basis.assembly.sensor_tags:
            raise NotFound("modelled tag", tag, list(basis.assembly.sensor_tags))
    return tuple(tags) if tags else basis.assembly.sensor_tags


@dataclass(frozen=True)
class _Key:
    """A plant's text decides what is compiled; scene and types ride along."""

    text: str
    scene: Scene
    types: Types

    def __hash__(self) -> int:
        return hash(self.text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.text == other.text and self.types == other.types


@lru_cache(maxsize=8)
def _compiled(key: _Key) -> tuple[Assembly, Model]:
    assembly = assemble(key.scene, types=key.types)
    return assembly, assembly.compile((*observed(assembly), *feature_paths(assembly)))
