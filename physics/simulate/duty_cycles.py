"""How fast slow states grow under the ways in which a plant is run: stretches of operation, and how often each occurs.

Equations  R(d) = f Σ_b s_b max(Δ_b, 0) / Σ_b s_b c_b
Symbols    d slow states (wear), b block, s_b its share, c_b its length, Δ_b what d grows by in it while the middle of
           the block sees d, f factor of each slow state (1 unless given)
Source     averaging principle: Sanders, Verhulst, Murdock (2007), chapter 2; fast states settle before they count:
           E, Engquist (2003), doi:10.4310/CMS.2003.v1.n1.a8 (heterogeneous multiscale method)
Assumes    fast states forget within one block which wear they come from; what does not is named by `unsettled`
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from physics.compiler.lanes import LANE_COUNT
from physics.simulate.model import Floats, Model
from physics.simulate.rollout import Options, RolloutRefused, rollout


@dataclass(frozen=True)
class Duty:
    """How a plant is run.

    Attributes: blocks, stretches of operation in the order in which one follows the other, inputs [T, I] or [T, I, W],
    T of its own for each; shares, how often each occurs, [D] or by world [D, W]; sample_s, time between rows; factor,
    how much faster each slow state grows than in these blocks [S, W], where they stand for more than themselves.
    """

    blocks: tuple[Floats, ...]
    shares: Floats
    sample_s: float
    factor: Floats | None = None

    @property
    def lengths_s(self) -> Floats:
        """Length of each block, shape [D]."""
        return np.array([len(block) * self.sample_s for block in self.blocks])


@dataclass(frozen=True)
class Growth:
    """What a round through all blocks did, for the worlds that were asked about.

    Attributes: rate [S, W], mean growth of the slow states per second, never below zero; grown [D, S, W], by block;
    state [Z, W] at the end; peaks [M, W], highest value of each watched output; alive [W]; unsettled [Z, W], how far
    the fast states are from where the last block ended one round before, over their size (zero without a lead).
    """

    rate: Floats
    grown: Floats
    state: Floats
    peaks: Floats
    alive: NDArray[np.bool_]
    unsettled: Floats


class DutyCycles:
    """Runs the blocks of a duty one after the other, fast states carried from each to the next."""

    def __init__(
        self,
        model: Model,
        duty: Duty,
        parameters: Floats,
        *,
        watched: Sequence[int] = (),
        options: Options | None = None,
    ) -> None:
        """Prepare.

        Args:
            model: A compiled plant.
            duty: Its blocks.
            parameters: Shape [P, W].
            watched: Outputs whose highest value is wanted.
            options: Of the integrator; worlds are run in slices that stay below its memory limit.
        Raises: RolloutRefused.
        """
        self.model, self.duty, self.parameters = model, duty, parameters
        self.watched, self.options = list(watched), options or Options()
        self.slow = np.flatnonzero(model.slow)
        worlds = parameters.shape[1]
        shares = np.asarray(duty.shares, np.float64)
        self._check(shares, worlds)
        self.shares = np.repeat(shares[:, None], worlds, axis=1) if shares.ndim == 1 else shares
        self.factor = np.ones((len(self.slow), worlds)) if duty.factor is None else duty.factor
        weight = sum(share * length for share, length in zip(self.shares, duty.lengths_s, strict=True))
        self.round_s: Floats = np.asarray(weight / _added(self.shares))
        """Mean length of a block as often as each occurs, shape [W]."""

    def run(
        self, worlds: NDArray[np.intp], wear: Floats, state: Floats, *, before: Floats | None = None,
        floor: Floats | None = None, lead: bool = True,
    ) -> Growth:  # fmt: skip
        """One round at a given wear.

        Args:
            worlds: Which ones, indices [n].
            wear: Slow states that the middle of each block is to see, shape [S, n].
            state: Fast states to begin with (the slow ones in it do not count), shape [Z, n].
            before: Growth in each block in the round before, shape [D, S, n]; a block begins half of it below `wear`.
                Without it each block begins at `wear`.
            floor: No block begins below it, shape [S, n].
            lead: First run the last block without counting it, so that fast states forget the wear they come from.
        """
        each = self._slice(len(worlds))
        pieces = []
        for first in range(0, len(worlds), each):
            part = slice(first, first + each)
            begins = self._begins(wear[:, part], before, floor, part)
            pieces.append(self._round(worlds[part], begins, state[:, part], lead=lead))
        return Growth(*(np.concatenate([getattr(p, name) for p in pieces], axis=-1) for name in Growth.__annotations__))

    def _begins(self, wear: Floats, before: Floats | None, floor: Floats | None, part: slice) -> list[Floats]:
        if before is None:
            return [wear] * len(self.duty.blocks)
        lowest = -np.inf if floor is None else floor[:, part]
        return [np.maximum(wear - grown[:, part] / 2, lowest) for grown in before]

    def _round(self, worlds: NDArray[np.intp], begins: list[Floats], state: Floats, *, lead: bool) -> Growth:
        alive = np.ones(len(worlds), np.bool_)
        settled, peaks = state, np.full((len(self.watched), len(worlds)), -np.inf)
        grown = np.zeros((len(begins), len(self.slow), len(worlds)))
        if lead:
            state, _, alive = self._block(len(begins) - 1, worlds, begins[-1], state, alive)
            settled = state
        for index, begin in enumerate(begins):
            state, seen, alive = self._block(index, worlds, begin, state, alive)
            grown[index] = np.maximum(state[self.slow] - begin, 0.0)
            peaks = np.maximum(peaks, seen)
        shares = self.shares[:, worlds]
        rate = self.factor[:, worlds] * _added(shares[:, None] * grown) / (_added(shares) * self.round_s[worlds])
        size = np.abs(settled) + self.model.nominal[:, None]
        unsettled = np.abs(state - settled) / size if lead else np.zeros_like(state)
        unsettled[self.slow] = 0.0
        return Growth(rate, grown, state, peaks, alive, unsettled)

    def _block(
        self, index: int, worlds: NDArray[np.intp], begin: Floats, state: Floats, alive: NDArray[np.bool_]
    ) -> tuple[Floats, Floats, NDArray[np.bool_]]:
        """State after a block [Z, n], highest watched values [M, n], and who lives; the lost stay where they were."""
        start = state.copy()
        start[self.slow] = begin
        inputs = self.duty.blocks[index]
        found = rollout(
            self.model, inputs=inputs if inputs.ndim == 2 else inputs[:, :, worlds], sample_s=self.duty.sample_s,
            parameters=self.parameters[:, worlds], start=start, options=self.options,
        )  # fmt: skip
        fine = alive & (found.status == 0) & np.isfinite(found.final).all(axis=0)
        return np.where(fine, found.final, start), found.outputs[:, self.watched].max(axis=0), fine

    def _slice(self, worlds: int) -> int:
        """As many worlds at once as the memory limit allows, eight at least."""
        longest = max(len(block) for block in self.duty.blocks)
        group = self.model.memory_bytes(longest, LANE_COUNT)
        return min(worlds, max(1, self.options.memory_limit_bytes // group) * LANE_COUNT)

    def _check(self, shares: Floats, worlds: int) -> None:
        count, faults = len(self.duty.blocks), []
        if not count:
            faults.append("duty: got no block, need one.")
        if shares.shape not in ((count,), (count, worlds)):
            faults.append(f"shares: got shape {shares.shape}, need [{count}] or [{count}, {worlds}].")
        elif not (np.isfinite(shares).all() and (shares >= 0).all() and (shares.sum(axis=0) > 0).all()):
            faults.append(
                "shares: got one below zero or not finite, or none above zero, need how often a block occurs."
            )
        shape, factor = (len(self.slow), worlds), self.duty.factor
        if factor is not None and not (factor.shape == shape and np.isfinite(factor).all() and (factor >= 0).all()):
            faults.append(f"factor: got shape {factor.shape}, need {list(shape)} finite numbers from 0 on.")
        if faults:
            raise RolloutRefused("\n".join(faults))


def _added(rows: Floats) -> Floats:
    """Sum over the first axis, row by row, so that a world's sum does not depend on its neighbours."""
    total = np.zeros(rows.shape[1:])
    for row in rows:
        total = total + row
    return total


def one_block(inputs: Floats, sample_s: float) -> Duty:
    """The duty of a plant that is always run alike, inputs [T, I] or [T, I, W]."""
    return Duty((inputs,), np.ones(1), sample_s)
