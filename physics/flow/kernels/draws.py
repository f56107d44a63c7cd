"""Random numbers inside a kernel: the same numbers as `physics/simulate/streams.py`, and durations made of them.

A stream belongs to (seed, world, entity); its n-th number is word n mod 4 of Philox block n // 4 + 1. Durations are
drawn by inversion, one number each, so that the n-th duration of a machine is the same whatever happens elsewhere.

Source  Salmon et al. (2011), doi:10.1145/2063384.2063405 (Philox 4x64-10)
"""

import warp as wp

from physics.flow import quantiles
from physics.flow.kernels.present import WORLDS
from physics.flow.kernels.tables import LINE

# No `from __future__ import annotations` here: Warp reads the argument types at run time.

SEGMENT_BITS = quantiles.SEGMENTS.bit_length() - 1
MULTIPLIER_0 = wp.constant(wp.uint64(0xD2E7470EE14C6C93))
MULTIPLIER_1 = wp.constant(wp.uint64(0xCA5A826395121157))
WEYL_0 = wp.constant(wp.uint64(0x9E3779B97F4A7C15))
WEYL_1 = wp.constant(wp.uint64(0xBB67AE8584CAA73B))
WHOLE = wp.constant(wp.float64(2.0**52))
WHOLE_AND = wp.constant(wp.uint64(0x4330000000000000))
LOW_HALF = wp.constant(wp.uint64(0xFFFFFFFF))
LOW = wp.constant(wp.float64(2.0**32))
"""2^52, from which on float64 are whole numbers; its bits; the lower half of a word, and how many numbers it holds."""
STEP = wp.constant(wp.float64(2.0**-53))
ONE = wp.constant(wp.float64(1.0))
HALF = wp.constant(wp.float64(0.5))
ZERO = wp.constant(wp.float64(0.0))
TERMS = wp.constant(quantiles.TERMS)
ROW = wp.constant(wp.uint64(quantiles.TERMS))
LEAST = wp.constant(wp.float64(2.0**-quantiles.OCTAVES))
PLACE = wp.constant(wp.uint64(52 - SEGMENT_BITS))
LEAST_SEGMENT = wp.constant(wp.uint64((1023 - quantiles.OCTAVES) << SEGMENT_BITS))
INSIDE = wp.constant(wp.uint64((1 << (52 - SEGMENT_BITS)) - 1))
ONE_AND = wp.constant(wp.uint64(0x3FF0000000000000))
MIDDLE = wp.constant(wp.float64(1.0 + 0.5 / quantiles.SEGMENTS))
"""Of a float64 q: the smallest; which segment's it is; the bits inside the segment, and those of 1 before them."""

CONSTANT, UNIFORM, EXPONENTIAL, NORMAL, LOGNORMAL, WEIBULL, GAMMA, EMPIRICAL, TRIANGULAR = (
    wp.constant(kind) for kind in range(9)
)

HIGH_HALF = """
#if defined(__CUDA_ARCH__)
    return __umul64hi(a, b);
#else
    return (uint64_t)(((unsigned __int128)a * b) >> 64);
#endif
"""


@wp.func_native(HIGH_HALF)
def high_half(a: wp.uint64, b: wp.uint64) -> wp.uint64:
    """The upper 64 bits of a product."""
    ...


@wp.func_native("return a * b;")
def low_half(a: wp.uint64, b: wp.uint64) -> wp.uint64:
    """The lower 64 bits of a product."""
    ...


@wp.func_native("union { double real; uint64_t bits; } both; both.real = x; return both.bits;")
def bits(x: wp.float64) -> wp.uint64:
    """The bits of a number."""
    ...


@wp.func_native("union { double real; uint64_t bits; } both; both.bits = b; return both.real;")
def real(b: wp.uint64) -> wp.float64:
    """The number of these bits."""
    ...


@wp.func
def eight(t: LINE, s: WORLDS, w: int, entity: int, first: int):
    """Words `first` to `first + 7` of a stream, left in `words`; `first` is a multiple of eight.

    Blocks of the counters (n, 0, world, 0) and (n + 1, 0, world, 0): each turn of one waits for the turn before it, so
    two at a time keep a core busy.
    """
    a0, a1, a2, a3 = wp.uint64(first // 4 + 1), wp.uint64(0), wp.uint64(s[0].first_world + w), wp.uint64(0)
    b0, b1, b2, b3 = wp.uint64(first // 4 + 2), wp.uint64(0), wp.uint64(s[0].first_world + w), wp.uint64(0)
    k0 = t[0].keys[entity, 0]
    k1 = t[0].keys[entity, 1]
    for _turn in range(10):
        a0, a1, a2, a3 = (
            high_half(MULTIPLIER_1, a2) ^ a1 ^ k0,
            low_half(MULTIPLIER_1, a2),
            high_half(MULTIPLIER_0, a0) ^ a3 ^ k1,
            low_half(MULTIPLIER_0, a0),
        )
        b0, b1, b2, b3 = (
            high_half(MULTIPLIER_1, b2) ^ b1 ^ k0,
            low_half(MULTIPLIER_1, b2),
            high_half(MULTIPLIER_0, b0) ^ b3 ^ k1,
            low_half(MULTIPLIER_0, b0),
        )
        k0 = k0 + WEYL_0
        k1 = k1 + WEYL_1
    s[0].words[w, entity, 0] = a0
    s[0].words[w, entity, 1] = a1
    s[0].words[w, entity, 2] = a2
    s[0].words[w, entity, 3] = a3
    s[0].words[w, entity, 4] = b0
    s[0].words[w, entity, 5] = b1
    s[0].words[w, entity, 6] = b2
    s[0].words[w, entity, 7] = b3


@wp.func
def open_interval(word: wp.uint64) -> wp.float64:
    """A number inside (0, 1): its upper 53 bits as a whole number, in two parts that are bits of a float64 at once."""
    whole = word >> wp.uint64(11)
    high = real((whole >> wp.uint64(32)) | WHOLE_AND) - WHOLE
    low = real((whole & LOW_HALF) | WHOLE_AND) - WHOLE
    return (high * LOW + low + HALF) * STEP


@wp.func
def uniform(t: LINE, s: WORLDS, w: int, entity: int) -> wp.float64:
    """The next number of a stream."""
    used = s[0].used[w, entity]
    s[0].used[w, entity] = used + 1
    if used & 7 == 0:
        eight(t, s, w, entity, used)
    return open_interval(s[0].words[w, entity, used & 7])


@wp.func
def tabulated(t: LINE, first: int, u: wp.float64) -> wp.float64:
    """The quantile u by the table whose first value is `first`; `physics/flow/quantiles.py` says how it is laid out."""
    q = wp.min(u, ONE - u)
    q = wp.max(q, LEAST)
    word = bits(q)
    below = bits(u - HALF) >> wp.uint64(63)
    row = wp.uint64(2) * ((word >> PLACE) - LEAST_SEGMENT) + below
    x = real((word & INSIDE) | ONE_AND) - MIDDLE
    last = wp.uint64(first + TERMS - 1) + row * ROW
    found = t[0].values[last]
    for k in range(TERMS - 1):
        found = found * x + t[0].values[last - wp.uint64(k + 1)]
    return found


@wp.func
def quantile(t: LINE, which: int, u: wp.float64) -> wp.float64:
    """The quantile u of row `which`; meaning of a, b, c as `physics/flow/durations.py` packs them."""
    kind, first = t[0].durations[which].kind, t[0].durations[which].first
    a, b, c = t[0].durations[which].a, t[0].durations[which].b, t[0].durations[which].c
    if kind == UNIFORM:
        return a + (b - a) * u
    if kind == EXPONENTIAL:
        return -a * wp.log(u)
    if kind == WEIBULL:
        return a * wp.pow(-wp.log(u), b)
    if kind == TRIANGULAR:
        below = a + (b - a) * wp.sqrt(u * c)
        above = b - (b - a) * wp.sqrt((ONE - u) * (ONE - c))
        return wp.where(u < c, below, above)
    if kind == NORMAL:
        found = b * tabulated(t, first, c + (ONE - c) * u) + a
        return wp.max(found, ZERO)
    found = tabulated(t, first, u)
    if kind == LOGNORMAL:
        return wp.exp(b * found + a)
    if t[0].durations[which].b > ONE:
        return a * wp.pow(found, b)
    return a * found


@wp.func
def _seen(t: LINE, which: int, n: int, u: wp.float64) -> wp.float64:
    """One of the times that were seen; where they come in turn, as n-th draw one of its turn."""
    turns = wp.max(int(t[0].durations[which].a), 1)
    each = t[0].durations[which].count // turns
    first = t[0].durations[which].first + (n % turns) * each
    return t[0].values[first + wp.min(int(u * wp.float64(each)), each - 1)]


@wp.func
def duration(t: LINE, s: WORLDS, w: int, which: int) -> wp.float64:
    """The next duration of row `which`, in seconds."""
    kind = t[0].durations[which].kind
    if kind == CONSTANT:
        return t[0].durations[which].a
    entity = t[0].durations[which].stream
    u = uniform(t, s, w, entity)
    if kind == EMPIRICAL:
        return _seen(t, which, s[0].used[w, entity] - 1, u)
    return quantile(t, which, u)


RARE = ("eight", "_seen")
"""Functions that stay calls in C, so that a draw is short where they are not needed."""

SEVERAL = ("open_interval", "tabulated", "quantile")
"""Functions that C has for several numbers at once too."""
