"""The scene: what stands in the plant, how it is joined, what is measured and what drives it.

Numbers are SI except a sensor's noise, which is in the sensor's own unit, as the data sheet gives it. Mappings inside
these records are shared between readers: treat them as read-only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from twin.scene.line import Coupling, Prices, Product


class Interpolation(StrEnum):
    """What a tag is worth between two readings."""

    LINEAR = "linear"
    STEP = "step"


class Reduction(StrEnum):
    """How a KPI turns a quantity's course over time into one number."""

    MEAN = "mean"
    INTEGRAL = "integral"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    FINAL = "final"


NO_NIGHT = "off"


@dataclass(frozen=True)
class Site:
    """Where the plant stands; the IANA time zone gives local days and shifts.

    `night` is when the nightly job is due, "HH:MM" there, NO_NIGHT for never, empty for the installation's hour.
    """

    name: str = ""
    time_zone: str = "UTC"
    night: str = ""


@dataclass(frozen=True)
class Prior:
    """A number to be fitted: expected value and standard deviation, in the quantity's SI unit.

    `shared`, of a start value only: every stretch of log begins at the same (unknown) value, which is fitted once; else
    each stretch finds its own from its first samples.
    """

    prior: float
    sd: float
    shared: bool = False


EXCHANGE_S = 600.0
"""Time between exchanges of line and physics where the scene does not say."""

Curve = tuple[tuple[float, float], ...]
"""Points (x, y) of a curve, in the SI units that the type declares."""


@dataclass(frozen=True)
class Pose:
    """Where an asset stands in the site's frame: position in m, roll, pitch and yaw in rad."""

    position_m: tuple[float, float, float]
    rotation_rad: tuple[float, float, float] = (0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Asset:
    """One component of the plant.

    Attributes: id, path in the plant's tree, e.g. "utilities/loop/pump-1"; type, a component type of the catalogue;
    parameters, each a number, a prior or the points of a curve; start, initial states, each a number or a prior; learn,
    corrections of the type that a residual may learn; terms, corrections that are written down instead, numbers by name
    of a term of their features ("1", "f0", "f0 f1"); share, a name under which assets of one type learn one common set
    of weights (empty: its own); layers, units of each hidden layer of their networks (empty: one small layer);
    memory, how many hidden states of its own each of its corrections keeps (0: what it says depends on now alone);
    critical, whether the gate forbids that its prediction gets worse; geometry, a file or URL of its shape.
    """

    id: str
    type: str
    name: str = ""
    parameters: Mapping[str, float | Prior | Curve] = field(default_factory=dict)
    start: Mapping[str, float | Prior] = field(default_factory=dict)
    learn: tuple[str, ...] = ()
    terms: Mapping[str, Mapping[str, float | Prior]] = field(default_factory=dict)
    share: str = ""
    layers: tuple[int, ...] = ()
    memory: int = 0
    critical: bool = False
    pose: Pose | None = None
    geometry: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Sensor:
    """A tag that measures a quantity of an asset, or (measures "") is only stored and shown.

    Attributes: measures, quantity path "<asset>.<quantity>" or "<asset>.<port>.<effort or flow>"; unit, of the tag's
    raw values; noise_sd, standard deviation in that unit; source, where live values come from.
    """

    tag: str
    measures: str = ""
    unit: str = "1"
    noise_sd: float = 0.0
    interpolation: Interpolation = Interpolation.LINEAR
    source: str = ""
    name: str = ""


@dataclass(frozen=True)
class Input:
    """A tag that drives an input of an asset."""

    tag: str
    drives: str
    unit: str = "1"
    interpolation: Interpolation = Interpolation.STEP
    source: str = ""
    name: str = ""


@dataclass(frozen=True)
class Kpi:
    """A number that a what-if compares: a quantity, how time is taken out of it, the unit shown.

    With `reduction` INTEGRAL the unit is the quantity's times seconds (power in W gives J). `better` is "lower",
    "higher" or "" where neither is.
    """

    name: str
    quantity: str
    reduction: Reduction = Reduction.MEAN
    unit: str = "1"
    better: str = ""


@dataclass(frozen=True)
class Scene:
    """One plant at one revision.

    Attributes: plant, its name; connections, pairs of "<asset>.<port>"; events_source, a file with maintenance,
    failures and stops ("" for none); sampling_s, grid step of windows (None: the log's own spacing); synthetic,
    whether the logs are simulated and must be labelled so; products, couplings, exchange_s and prices of the line:
    what it makes, how it meets the physics and how often, what things cost.
    """

    plant: str
    site: Site = Site()
    assets: tuple[Asset, ...] = ()
    connections: tuple[tuple[str, str], ...] = ()
    sensors: tuple[Sensor, ...] = ()
    inputs: tuple[Input, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    events_source: str = ""
    sampling_s: float | None = None
    synthetic: bool = False
    description: str = ""
    products: tuple[Product, ...] = ()
    couplings: tuple[Coupling, ...] = ()
    exchange_s: float = EXCHANGE_S
    prices: Prices = Prices()

    def asset(self, asset_id: str) -> Asset:
        """The asset of that id; KeyError if there is none."""
        return {asset.id: asset for asset in self.assets}[asset_id]

    def sensor(self, tag: str) -> Sensor:
        """The sensor of that tag; KeyError if there is none."""
        return {sensor.tag: sensor for sensor in self.sensors}[tag]

    def input(self, tag: str) -> Input:
        """The input of that tag; KeyError if there is none."""
        return {item.tag: item for item in self.inputs}[tag]

    @property
    def tags(self) -> tuple[str, ...]:
        """Every tag, sensors first."""
        return (*(sensor.tag for sensor in self.sensors), *(item.tag for item in self.inputs))

    @property
    def modelled_sensors(self) -> tuple[Sensor, ...]:
        """The sensors that measure a quantity of the model."""
        return tuple(sensor for sensor in self.sensors if sensor.measures)


def split_path(path: str) -> tuple[str, str]:
    """The asset and the rest of "<asset>.<quantity>", "<asset>.<port>.<effort>" or "<asset>.<port>"."""
    asset, _, rest = path.partition(".")
    return asset, rest
