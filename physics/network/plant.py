"""A plant as the engine sees it: parts with numbers, links between ports, and learned corrections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Part:
    """One component of the plant.

    Attributes: id, without "."; type, a component type's name; parameters, by name, in SI, defaults where absent;
    start, initial states and stored efforts by name ("level_m", "shaft.speed_rad_per_s").
    """

    id: str
    type: str
    parameters: Mapping[str, float] = field(default_factory=dict)
    start: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Network:
    """A learned correction on one part; networks with the same key share their weights.

    Attributes: hidden, units of one hidden layer whose weights are parameters of the model; layers, units of several
    hidden layers instead; codes, how many numbers of the part's own, "<part>.<correction>.code_0" and so on, such a
    network reads beside the features, so that parts that share weights may differ; memory, how many states
    "<part>.<correction>.memory_0" and so on it keeps of its own and reads beside the features.
    """

    part: str
    correction: str
    key: str
    hidden: int = 6
    layers: tuple[int, ...] = ()
    codes: int = 0
    memory: int = 0

    @property
    def memory_names(self) -> tuple[str, ...]:
        """Names of the states that remember."""
        return tuple(f"{self.part}.{self.correction}.memory_{k}" for k in range(self.memory))

    @property
    def code_names(self) -> tuple[str, ...]:
        """Names of the part's own numbers."""
        return tuple(f"{self.part}.{self.correction}.code_{k}" for k in range(self.codes))


@dataclass(frozen=True)
class Plant:
    """Parts, links ("part.port", "part.port") and learned corrections."""

    parts: tuple[Part, ...]
    links: tuple[tuple[str, str], ...] = ()
    corrections: tuple[Network, ...] = ()


def split(path: str) -> tuple[str, str]:
    """Part id and the rest of a quantity path or port path."""
    part, _, rest = path.partition(".")
    return part, rest
