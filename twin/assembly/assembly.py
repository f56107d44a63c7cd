"""What a scene becomes for the engine, and where each tag is found there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from physics.contract import Component
from physics.network.plant import Plant
from physics.simulate.model import Model, compile_plant
from twin.assembly.refusal import translated
from twin.scene.line import Coupling
from twin.scene.scene import Reduction
from twin.units import Conversion


@dataclass(frozen=True)
class Free:
    """A number to be fitted: the engine's name for it, its prior in SI and the range it must stay in.

    `name` is "<asset>.<parameter>" or, for an initial state, "<state>@start" with the engine's name of the state;
    `shared`, a start value that every stretch of log has in common.
    """

    name: str
    mean: float
    sd: float
    low: float
    high: float
    unit: str
    shared: bool = False


@dataclass(frozen=True)
class KpiPath:
    """A KPI of the scene: the quantity it is taken from and the conversion of its value to the shown unit."""

    name: str
    path: str
    reduction: Reduction
    conversion: Conversion
    better: str


@dataclass(frozen=True)
class Assembly:
    """A plant for the engine, with its tags.

    Attributes: sensor_tags and outputs [S], the modelled sensors and the quantity each measures; input_tags and
    drives [I], the inputs and the quantity each drives; units, conversion between each tag's own unit and SI (sensors
    that are only stored included); noise_sd, of the modelled sensors in SI, 0 where the scene does not say; free, what
    is to be fitted; critical, ids of assets that must not get worse; types, the component types used; couplings, by
    which a line drives the plant and is driven by it.
    """

    plant: Plant
    sensor_tags: tuple[str, ...]
    outputs: tuple[str, ...]
    input_tags: tuple[str, ...]
    drives: tuple[str, ...]
    units: Mapping[str, Conversion]
    noise_sd: Mapping[str, float]
    free: tuple[Free, ...]
    kpis: tuple[KpiPath, ...]
    critical: frozenset[str]
    types: Mapping[str, type[Component]]
    couplings: tuple[Coupling, ...] = ()

    def path_of(self, tag: str) -> str:
        """The quantity that a tag measures or drives; KeyError for a tag that the model does not know."""
        return {
            **dict(zip(self.sensor_tags, self.outputs, strict=True)),
            **dict(zip(self.input_tags, self.drives, strict=True)),
        }[tag]

    def compile(self, observe: Iterable[str] = ()) -> Model:
        """The engine's model with the sensors' quantities as its first outputs, then those of `observe`.

        Raises: InvalidInput, with every reason why the plant cannot be simulated.
        """
        with translated():
            return compile_plant(self.plant, dict.fromkeys((*self.outputs, *observe)), types=self.types)
