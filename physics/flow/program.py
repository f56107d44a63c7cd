"""The one kernel of material flow: a thread carries a world, by events or by the recursion."""

from functools import lru_cache
from typing import Any

import warp as wp

from physics.flow import native
from physics.flow.kernels import (
    ahead,
    belting,
    clocks,
    crews,
    draws,
    driving,
    engine,
    exchanging,
    moves,
    recursion,
    routing,
    sources,
    stations,
    stopping,
)
from physics.flow.kernels.present import WORLDS
from physics.flow.kernels.tables import LINE
from physics.simulate import device

# No `from __future__ import annotations` here: Warp reads the argument types at run time.

MODULES = (
    draws,
    clocks,
    routing,
    moves,
    crews,
    stopping,
    stations,
    sources,
    belting,
    driving,
    engine,
    exchanging,
)
RUN, FORGET, RECURSE, ADOPT = range(4)
"""Tasks of the kernel."""

TEXT = """
#define FN CUDA_CALLABLE inline
#define APART __attribute__((noinline))
#if defined(__CUDA_ARCH__)
#define draws_high_half(a, b) __umul64hi((a), (b))
#define draws_low_half(a, b) ((a) * (b))
#else
#define draws_low_half(a, b) ((unsigned long long)((unsigned __int128)(a) * (b)))
#define draws_high_half(a, b) ((unsigned long long)(((unsigned __int128)(a) * (b)) >> 64))
#endif
#define draws_bits bits_of
#define draws_real real_of
%(types)s
struct Flow {
int w;
%(members)s
%(curves)s
%(calendar)s
%(functions)s
%(fill)s
FN void find(decltype(t) t, decltype(s) s, int world) {
Flow &f = *this;
w = world;
%(found)s
}
};
%(recursion)s
if (task == 2) {
Group group;
for (int l = 0; l < LANES; ++l) group.f[l].find(t, s, w * LANES + l);
group.recurse(until_s, most_events);
return;
}
Flow f;
f.find(t, s, w);
if (task == 0) f.engine_run(until_s, most_events);
else if (task == 1) f.engine_forget();
else f.exchanging_adopt();
%(undefine)s
"""


def text() -> str:
    """C text of everything that happens in a world."""
    members, found = native.members()
    functions = [function for module in MODULES for function in native.Translator(module).functions()]
    return TEXT % {
        "members": members, "found": found, "functions": "\n".join(functions), "recursion": recursion.text(),
        "calendar": clocks.SIDE_BY_SIDE, "types": ahead.TYPES, "curves": ahead.curves(), "fill": ahead.fill(),
        "undefine": "\n".join(f"#undef {name}" for name in ahead.MACROS),
    }  # fmt: skip


@lru_cache(maxsize=1)
def kernel() -> Any:
    """The compiled kernel."""
    device.start()

    @wp.func_native(text())
    def carry_on(t: LINE, s: WORLDS, w: int, task: int, until_s: wp.float64, most_events: int): ...

    @wp.kernel(enable_backward=False, module="unique")
    def carry(t: LINE, s: WORLDS, task: int, until_s: wp.float64, most_events: int):
        carry_on(t, s, wp.tid(), task, until_s, most_events)

    carry.module.options["cpu_compiler_flags"] = "-march=native"
    carry.module.options["optimization_level"] = 2
    return carry
