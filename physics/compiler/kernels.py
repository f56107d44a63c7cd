"""Warp kernels made from an island's C text; Warp compiles and caches them by content."""

import warp as wp

# No `from __future__ import annotations` here: Warp reads the argument types at run time.


def make(snippet: str, real=wp.float64):
    """A kernel whose thread carries `groups` world groups from `first_group + tid * groups` on through a rollout.

    Its arrays hold `real` numbers.
    """

    @wp.func_native(snippet)
    def island(
        Z: wp.array2d(dtype=real),
        P: wp.array2d(dtype=real),
        U: wp.array3d(dtype=real),
        OUT: wp.array3d(dtype=real),
        INFO: wp.array2d(dtype=real),
        NETS: wp.array(dtype=real),
        count: int,
        worlds: int,
        input_worlds: int,
        sample_s: wp.float64,
        rtol: wp.float64,
        max_step_s: wp.float64,
        most_tries: wp.float64,
        lead: int,
        group: int,
        groups: int,
    ): ...

    @wp.kernel(enable_backward=False, module="unique")
    def rollout(
        Z: wp.array2d(dtype=real),
        P: wp.array2d(dtype=real),
        U: wp.array3d(dtype=real),
        OUT: wp.array3d(dtype=real),
        INFO: wp.array2d(dtype=real),
        NETS: wp.array(dtype=real),
        count: int,
        worlds: int,
        input_worlds: int,
        sample_s: wp.float64,
        rtol: wp.float64,
        max_step_s: wp.float64,
        most_tries: wp.float64,
        lead: int,
        first_group: int,
        groups: int,
    ):
        island(
            Z, P, U, OUT, INFO, NETS, count, worlds, input_worlds, sample_s, rtol, max_step_s, most_tries, lead,
            first_group + wp.tid() * groups, groups,
        )  # fmt: skip

    return rollout


def make_sweep(snippet: str, real=wp.float64):
    """A kernel that carries world group `first_group + tid` forth and back; its arrays hold `real` numbers."""

    @wp.func_native(snippet)
    def island(
        Z: wp.array2d(dtype=real),
        P: wp.array2d(dtype=real),
        U: wp.array3d(dtype=real),
        G: wp.array3d(dtype=real),
        OWED: wp.array2d(dtype=real),
        WEIGHTS: wp.array2d(dtype=real),
        NETS: wp.array(dtype=real),
        count: int,
        worlds: int,
        input_worlds: int,
        each: int,
        weights: int,
        step_s: wp.float64,
        group: int,
    ): ...

    @wp.kernel(enable_backward=False, module="unique")
    def sweep(
        Z: wp.array2d(dtype=real),
        P: wp.array2d(dtype=real),
        U: wp.array3d(dtype=real),
        G: wp.array3d(dtype=real),
        OWED: wp.array2d(dtype=real),
        WEIGHTS: wp.array2d(dtype=real),
        NETS: wp.array(dtype=real),
        count: int,
        worlds: int,
        input_worlds: int,
        each: int,
        weights: int,
        step_s: wp.float64,
        first_group: int,
    ):
        island(
            Z, P, U, G, OWED, WEIGHTS, NETS, count, worlds, input_worlds, each, weights, step_s,
            first_group + wp.tid(),
        )  # fmt: skip

    return sweep
