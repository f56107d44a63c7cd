"""A line and its plant go on together: goods load drives, drives carry goods, wear stops machines, repairs renew.

At each exchange the plant goes first, over the whole interval, with the loads that it finds; its mean speeds then hold
for the line over the same interval. Whether something fails is decided at the exchange; the failure begins there and
its repair ends when the line's crew says so, to the second. Both ways are explicit: the error falls with the interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from physics.flow.exchange import Exchange
from physics.simulate.model import Model
from physics.simulate.rollout import Options, Status, rollout

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Speed:
    """A part of the line goes as fast as an output of the plant says: `nominal` of it is the part's declared speed."""

    part: str
    output: str
    nominal: float


@dataclass(frozen=True)
class Load:
    """An input of the plant is `per_item` times the items that a part of the line holds, plus `empty`."""

    input: str
    part: str
    per_item: float
    empty: float = 0.0


@dataclass(frozen=True)
class Drive:
    """An input of the plant is `running`, or `standing` while its part of the line is down, serviced or off shift."""

    input: str
    part: str
    running: float
    standing: float = 0.0


@dataclass(frozen=True)
class Wear:
    """A `physical_failure` of the line comes when a state of the plant reaches `limit`; its repair sets it to `new`."""

    failure: str
    state: str
    limit: float
    new: float = 0.0


@dataclass(frozen=True)
class Step:
    """One interval: mean outputs of the plant [S, W], items finished in it [W], where the plant went well [W]."""

    until_s: float
    outputs: Floats
    finished: NDArray[np.int64]
    good: NDArray[np.bool_]


class Coupling:
    """A plant and a line with the same worlds, and what crosses between them."""

    def __init__(
        self,
        model: Model,
        line: Exchange,
        links: Sequence[Speed | Load | Drive | Wear],
        *,
        interval_s: float,
        samples: int = 10,
        parameters: Floats | None = None,
        options: Options | None = None,
    ) -> None:
        """Check the links and begin where both stand.

        Args:
            model: Compiled plant; outputs of `Speed` links must be among its outputs.
            line: Worlds of the line, at any time.
            links: What crosses.
            interval_s: Time between exchanges.
            samples: Rows of the plant's outputs that its means are taken from.
            parameters: Of the plant, shape [P, W]; its own by default.
            options: Of the plant's integrator.
        Raises: KeyError, naming an input, output, state or part that is not there.
        """
        self.model, self.line, self.links = model, line, tuple(links)
        self.interval_s, self.samples, self.options = interval_s, samples, options
        worlds = line.worlds
        self.parameters = np.repeat(model.parameters[:, None], worlds, axis=1) if parameters is None else parameters
        self.state = np.repeat(model.start[:, None], worlds, axis=1)
        self._repairs = {link.failure: np.zeros(worlds, dtype=np.int64) for link in links if isinstance(link, Wear)}
        self._finished = line.finished().sum(axis=1)
        for link in links:
            self._find(link)

    def advance(self) -> Step:
        """One interval of both."""
        line, until_s = self.line, self.line.now_s + self.interval_s
        self._renew_and_fail()
        run = rollout(
            self.model,
            inputs=self._inputs(),
            sample_s=self.interval_s / self.samples,
            start=self.state,
            parameters=self.parameters,
            options=self.options,
        )
        good = run.status == Status.OK
        self.state = np.where(good, run.final, self.state)
        outputs = run.outputs.mean(axis=0)
        for link in self.links:
            if isinstance(link, Speed):
                ratio = outputs[self.model.output_names.index(link.output)] / link.nominal
                line.set_speed(link.part, np.where(good, np.maximum(np.nan_to_num(ratio), 0.0), 0.0))
        line.run(until_s)
        finished = line.finished().sum(axis=1)
        made, self._finished = finished - self._finished, finished
        return Step(until_s, outputs, made, good)

    def _renew_and_fail(self) -> None:
        for link in self.links:
            if isinstance(link, Wear):
                row = self.model.state_names.index(link.state)
                repairs = self.line.repairs(link.failure)
                self.state[row] = np.where(repairs > self._repairs[link.failure], link.new, self.state[row])
                self._repairs[link.failure] = repairs
                self.line.fail(link.failure, self.state[row] >= link.limit)

    def _inputs(self) -> Floats:
        values = np.repeat(self.model.inputs[:, None], self.line.worlds, axis=1)
        for link in self.links:
            if isinstance(link, Load):
                held = self.line.held(link.part)
                values[self.model.input_names.index(link.input)] = link.empty + link.per_item * held
            if isinstance(link, Drive):
                standing = self.line.standing(link.part)
                values[self.model.input_names.index(link.input)] = np.where(standing, link.standing, link.running)
        return np.repeat(values[None], self.samples, axis=0)

    def _find(self, link: Speed | Load | Drive | Wear) -> None:
        """Everything that a link names must be there."""
        names = {
            "input": self.model.input_names,
            "output": self.model.output_names,
            "state": self.model.state_names,
            "part": self.line.line.place_names,
            "failure": self.line.line.stop_names,
        }
        for field, known in names.items():
            value = getattr(link, field, None)
            if value is not None and value not in known:
                raise KeyError(f"{type(link).__name__.lower()} {field}: got {value!r}, need one of {', '.join(known)}")
