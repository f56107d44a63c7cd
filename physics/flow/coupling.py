"""A line and its plant go on together: goods load drives, drives carry goods, wear stops machines, repairs renew.

At each exchange the plant goes first, over the whole interval, with the loads that it finds; its mean speeds then hold
for the line over the same interval. A part whose drive the line itself has switched off keeps the speed that it had.
Whether something fails is decided at the exchange; the failure begins there and its repair ends when the line's crew
says so, to the second. Both ways are explicit: the error falls with the interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from physics.flow.exchange import Exchange
from physics.flow.kernels import tables
from physics.flow.links import Derate, Drive, Link, Load, Speed, Trip, Wear, Work
from physics.simulate.model import Model
from physics.simulate.rollout import Options, Rollout, Status, rollout

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Step:
    """One interval: mean outputs of the plant [S, W], items finished in it [W], where the plant went well [W].

    Attributes: inputs [T, I, W], what the plant was handed; plant, its whole run.
    """

    until_s: float
    outputs: Floats
    finished: NDArray[np.int64]
    good: NDArray[np.bool_]
    inputs: Floats
    plant: Rollout


class Coupling:
    """A plant and a line with the same worlds, and what crosses between them."""

    def __init__(
        self,
        model: Model,
        line: Exchange,
        links: Sequence[Link],
        *,
        interval_s: float,
        samples: int = 10,
        parameters: Floats | None = None,
        start: Floats | None = None,
        options: Options | None = None,
    ) -> None:
        """Check the links and begin where both stand.

        Args:
            model: Compiled plant; outputs of `Speed`, `Derate` and `Trip` links must be among its outputs.
            line: Worlds of the line, at any time.
            links: What crosses.
            interval_s: Time between exchanges.
            samples: Rows of the plant's outputs that its means are taken from.
            parameters: Of the plant, shape [P, W]; its own by default.
            start: Unknowns of the plant, shape [Z, W]; its own by default.
            options: Of the plant's integrator.
        Raises: KeyError, naming an input, output, state or part that is not there.
        """
        self.model, self.line, self.links = model, line, tuple(links)
        self.interval_s, self.samples, self.options = interval_s, samples, options
        worlds = line.worlds
        self.parameters = np.repeat(model.parameters[:, None], worlds, axis=1) if parameters is None else parameters
        self.state = np.repeat(model.start[:, None], worlds, axis=1) if start is None else start.copy()
        self._repairs = {link.failure: np.zeros(worlds, dtype=np.int64) for link in links if isinstance(link, Wear)}
        self._tripped = {link.failure: np.zeros(worlds, dtype=np.bool_) for link in links if isinstance(link, Trip)}
        self._finished = line.finished().sum(axis=1)
        self._speed: dict[str, Floats] = {}
        self._handed: Floats | None = None
        for link in links:
            self._find(link)

    def advance(self, inputs: Floats | None = None, *, sample_s: float | None = None) -> Step:
        """One interval of both.

        Args:
            inputs: Of the plant over the interval, shape [T, I] or [T, I, W]; its own, held, with the `running` of
                `Drive` links by default.
            sample_s: Time between rows of `inputs`; the interval over `samples` by default.
        """
        step_s = self.interval_s / self.samples if sample_s is None else sample_s
        given = self._own_inputs() if inputs is None else inputs
        self._renew_and_fail()
        standing, off = self._standing(), self._switched_off()
        driven, run = self._plant(given, step_s)
        good = run.status == Status.OK
        self.state = np.where(good, run.final, self.state)
        outputs = run.outputs.mean(axis=0)
        for part, ratio in self._speeds(outputs).items():
            speed = np.where(good, np.maximum(np.nan_to_num(ratio), 0.0), 0.0)
            self._speed[part] = np.where(off.get(part, False), self._speed.get(part, 1.0), speed)
            self.line.set_speed(part, self._speed[part])
        self.line.run(self.line.now_s + step_s * len(given))
        for link in self.links:
            if isinstance(link, Trip):
                value = self._output(outputs, link.output)
                beyond = value > link.bound if link.above else value < link.bound
                ran = ~(standing[link.failure] | self.line.standing(self._machine(link.failure)))
                self._tripped[link.failure] = beyond & good & ran
        finished = self.line.finished().sum(axis=1)
        made, self._finished = finished - self._finished, finished
        return Step(self.line.now_s, outputs, made, good, driven, run)

    def look(self, inputs: Floats, *, sample_s: float) -> Step:
        """What the plant does from here on, without carrying anything on: for the outputs at the very end."""
        driven, run = self._plant(inputs, sample_s)
        nothing = np.zeros(self.line.worlds, dtype=np.int64)
        return Step(self.line.now_s, run.outputs.mean(axis=0), nothing, run.status == Status.OK, driven, run)

    def _plant(self, given: Floats, step_s: float) -> tuple[Floats, Rollout]:
        driven = self._driven(given)
        run = rollout(
            self.model, inputs=driven, sample_s=step_s, start=self.state, parameters=self.parameters,
            options=self.options, order=self._alike(driven[0]),
        )  # fmt: skip
        self._handed = driven[-1]
        return driven, run

    def _alike(self, inputs: Floats) -> NDArray[np.intp]:
        """Worlds by how much the line has just changed their inputs [I, W]: the steps that they take follow from that.

        A drive that starts takes 35 steps, a load 10 to 15, nothing new 6; eight worlds take the time of the slowest.
        """
        before = inputs if self._handed is None else self._handed
        jumps = []
        for kind in (Work, Load, Drive):  # the last one sorts first
            rows = [self.model.input_names.index(link.input) for link in self.links if isinstance(link, kind)]
            now, then = inputs[rows], before[rows]
            span = np.maximum(np.abs(now), np.abs(then)).max(axis=1, keepdims=True)
            jumps.append((np.abs(now - then) / np.where(span > 0, span, 1.0)).sum(axis=0))
        return np.lexsort(jumps)

    def _renew_and_fail(self) -> None:
        for link in self.links:
            if isinstance(link, Wear):
                row = self.model.state_names.index(link.state)
                repairs = self.line.repairs(link.failure)
                self.state[row] = np.where(repairs > self._repairs[link.failure], link.new, self.state[row])
                self._repairs[link.failure] = repairs
                self.line.fail(link.failure, self.state[row] >= link.limit)
            if isinstance(link, Trip):
                self.line.fail(link.failure, self._tripped[link.failure])

    def _speeds(self, outputs: Floats) -> dict[str, Floats]:
        """Relative speed of each part that links slow down; several links of one part multiply."""
        found: dict[str, Floats] = {}
        for link in self.links:
            if isinstance(link, Speed):
                ratio = self._output(outputs, link.output) / link.nominal
            elif isinstance(link, Derate):
                beyond = (self._output(outputs, link.output) - link.begins) / (link.ends - link.begins)
                ratio = 1.0 - (1.0 - link.least) * np.clip(beyond, 0.0, 1.0)
            else:
                continue
            found[link.part] = found.get(link.part, 1.0) * ratio
        return found

    def _own_inputs(self) -> Floats:
        values = self.model.inputs.copy()
        for link in self.links:
            if isinstance(link, Drive):
                values[self.model.input_names.index(link.input)] = link.running
        return np.repeat(values[None], self.samples, axis=0)

    def _driven(self, given: Floats) -> Floats:
        """What the plant is handed over the interval, shape [T, I, W]."""
        series = given[:, :, None] if given.ndim == 2 else given
        values = np.repeat(series, self.line.worlds, axis=2) if series.shape[2] == 1 else series.copy()
        for link in self.links:
            if isinstance(link, Load | Drive | Work):
                row = values[:, self.model.input_names.index(link.input)]
                if isinstance(link, Load):
                    row[:] = link.empty + link.per_item * self.line.held(link.part)
                elif isinstance(link, Drive):
                    row[:, self.line.standing(link.part)] = link.standing
                else:
                    spent_s = self.line.spent_s(link.part)
                    row[:] = link.idle + (link.working - link.idle) * _share(spent_s, tables.BUSY)
        return values

    def _standing(self) -> dict[str, NDArray[np.bool_]]:
        return {failure: self.line.standing(self._machine(failure)) for failure in self._tripped}

    def _switched_off(self) -> dict[str, NDArray[np.bool_]]:
        """Where the line itself has switched a part's drive off: that says nothing of how fast it will run again."""
        return {link.part: self.line.standing(link.part) for link in self.links if isinstance(link, Drive)}

    def _machine(self, failure: str) -> str:
        settings = next(part.settings for part in self.line.line.layout.parts if part.name == failure)
        return str(settings["machine"])

    def _output(self, outputs: Floats, name: str) -> Floats:
        return np.asarray(outputs[self.model.output_names.index(name)])

    def _find(self, link: Link) -> None:
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


def _share(spent_s: Floats, state: int) -> Floats:
    """Share of the last interval in one state, 0 before the first."""
    total = spent_s.sum(axis=1)
    return np.divide(spent_s[:, state], total, out=np.zeros_like(total), where=total > 0)
