"""Random numbers inside a kernel: the same numbers as `physics/simulate/streams.py`, and durations made of them.

A stream belongs to (seed, world, entity); its n-th number is word n mod 4 of Philox block n // 4 + 1. Durations are
drawn by inversion, one number each, so that the n-th duration of a machine is the same whatever happens elsewhere.
Gamma durations are drawn by rejection; the n-th one has Philox blocks of its own (second counter word), so that a
rejection moves no later number.

Source  Salmon et al. (2011), doi:10.1145/2063384.2063405 (Philox 4x64-10); Wichura (1988), AS 241, PPND16, the normal
        inverse; Marsaglia and Tsang (2000), doi:10.1145/358407.358414 (gamma)
"""

import warp as wp

from physics.flow.kernels.present import WORLDS
from physics.flow.kernels.tables import LINE

# No `from __future__ import annotations` here: Warp reads the argument types at run time.

MULTIPLIER_0 = wp.constant(wp.uint64(0xD2E7470EE14C6C93))
MULTIPLIER_1 = wp.constant(wp.uint64(0xCA5A826395121157))
WEYL_0 = wp.constant(wp.uint64(0x9E3779B97F4A7C15))
WEYL_1 = wp.constant(wp.uint64(0xBB67AE8584CAA73B))
STEP = wp.constant(wp.float64(2.0**-53))
ONE = wp.constant(wp.float64(1.0))
HALF = wp.constant(wp.float64(0.5))
ZERO = wp.constant(wp.float64(0.0))
THIRD = wp.constant(wp.float64(1.0 / 3.0))
SQUEEZE = wp.constant(wp.float64(0.0331))
"""Marsaglia and Tsang's: numbers below it are taken before their logarithms are needed."""
REJECTIONS = wp.constant(64)
"""Tries of the gamma generator; each fails with probability below 0.05, so all of them never do."""

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


@wp.func
def block(t: LINE, s: WORLDS, w: int, entity: int, first: int, second: int):
    """Four random words of counter (first, second, world, 0), left in the world's `word_0` to `word_3`."""
    c0 = wp.uint64(first)
    c1 = wp.uint64(second)
    c2 = wp.uint64(s[0].first_world + w)
    c3 = wp.uint64(0)
    k0 = t[0].keys[entity, 0]
    k1 = t[0].keys[entity, 1]
    for _turn in range(10):
        high_0 = high_half(MULTIPLIER_0, c0)
        high_2 = high_half(MULTIPLIER_1, c2)
        low_0 = low_half(MULTIPLIER_0, c0)
        low_2 = low_half(MULTIPLIER_1, c2)
        c0 = high_2 ^ c1 ^ k0
        c1 = low_2
        c2 = high_0 ^ c3 ^ k1
        c3 = low_0
        k0 = k0 + WEYL_0
        k1 = k1 + WEYL_1
    s[0].world[w].word_0 = c0
    s[0].world[w].word_1 = c1
    s[0].world[w].word_2 = c2
    s[0].world[w].word_3 = c3


@wp.func
def open_interval(word: wp.uint64) -> wp.float64:
    """A number inside (0, 1)."""
    return (wp.float64(wp.int64(word >> wp.uint64(11))) + HALF) * STEP


@wp.func
def four(t: LINE, s: WORLDS, w: int, entity: int, first: int):
    """Numbers `first` to `first + 3` of a stream, left in `numbers`; `first` is a multiple of four."""
    block(t, s, w, entity, first // 4 + 1, 0)
    s[0].numbers[w, entity, 0] = open_interval(s[0].world[w].word_0)
    s[0].numbers[w, entity, 1] = open_interval(s[0].world[w].word_1)
    s[0].numbers[w, entity, 2] = open_interval(s[0].world[w].word_2)
    s[0].numbers[w, entity, 3] = open_interval(s[0].world[w].word_3)


@wp.func
def uniform(t: LINE, s: WORLDS, w: int, entity: int) -> wp.float64:
    """The next number of a stream."""
    used = s[0].used[w, entity]
    s[0].used[w, entity] = used + 1
    if used & 3 == 0:
        four(t, s, w, entity, used)
    return s[0].numbers[w, entity, used & 3]


@wp.func
def near(q: wp.float64) -> wp.float64:
    """AS 241 up to 0.425 from the centre, at u = q + 1/2."""
    x = wp.float64(0.180625) - q * q
    top = wp.float64(2.5090809287301226727e3)
    top = top * x + wp.float64(3.3430575583588128105e4)
    top = top * x + wp.float64(6.7265770927008700853e4)
    top = top * x + wp.float64(4.5921953931549871457e4)
    top = top * x + wp.float64(1.3731693765509461125e4)
    top = top * x + wp.float64(1.9715909503065514427e3)
    top = top * x + wp.float64(1.3314166789178437745e2)
    top = top * x + wp.float64(3.3871328727963666080e0)
    low = wp.float64(5.2264952788528545610e3)
    low = low * x + wp.float64(2.8729085735721942674e4)
    low = low * x + wp.float64(3.9307895800092710610e4)
    low = low * x + wp.float64(2.1213794301586595867e4)
    low = low * x + wp.float64(5.3941960214247511077e3)
    low = low * x + wp.float64(6.8718700749205790830e2)
    low = low * x + wp.float64(4.2313330701600911252e1)
    return q * top / (low * x + ONE)


@wp.func
def far(r: wp.float64) -> wp.float64:
    """AS 241 beyond 0.425 of the centre, r = sqrt(-log(distance to the nearer end)) up to 5."""
    x = r - wp.float64(1.6)
    top = wp.float64(7.7454501427834140764e-4)
    top = top * x + wp.float64(2.27238449892691845833e-2)
    top = top * x + wp.float64(2.41780725177450611770e-1)
    top = top * x + wp.float64(1.27045825245236838258e0)
    top = top * x + wp.float64(3.64784832476320460504e0)
    top = top * x + wp.float64(5.76949722146069140550e0)
    top = top * x + wp.float64(4.63033784615654529590e0)
    top = top * x + wp.float64(1.42343711074968357734e0)
    low = wp.float64(1.05075007164441684324e-9)
    low = low * x + wp.float64(5.47593808499534494600e-4)
    low = low * x + wp.float64(1.51986665636164571966e-2)
    low = low * x + wp.float64(1.48103976427480074590e-1)
    low = low * x + wp.float64(6.89767334985100004550e-1)
    low = low * x + wp.float64(1.67638483018380384940e0)
    low = low * x + wp.float64(2.05319162663775882187e0)
    return top / (low * x + ONE)


@wp.func
def farthest(r: wp.float64) -> wp.float64:
    """AS 241 for r above 5."""
    x = r - wp.float64(5.0)
    top = wp.float64(2.01033439929228813265e-7)
    top = top * x + wp.float64(2.71155556874348757815e-5)
    top = top * x + wp.float64(1.24266094738807843860e-3)
    top = top * x + wp.float64(2.65321895265761230930e-2)
    top = top * x + wp.float64(2.96560571828504891230e-1)
    top = top * x + wp.float64(1.78482653991729133580e0)
    top = top * x + wp.float64(5.46378491116411436990e0)
    top = top * x + wp.float64(6.65790464350110377720e0)
    low = wp.float64(2.04426310338993978564e-15)
    low = low * x + wp.float64(1.42151175831644588870e-7)
    low = low * x + wp.float64(1.84631831751005468180e-5)
    low = low * x + wp.float64(7.86869131145613259100e-4)
    low = low * x + wp.float64(1.48753612908506148525e-2)
    low = low * x + wp.float64(1.36929880922735805310e-1)
    low = low * x + wp.float64(5.99832206555887937690e-1)
    return top / (low * x + ONE)


@wp.func
def normal_inverse(u: wp.float64) -> wp.float64:
    """The standard normal quantile of u."""
    q = u - HALF
    if wp.abs(q) <= wp.float64(0.425):
        return near(q)
    r = wp.sqrt(-wp.log(wp.where(q < ZERO, u, ONE - u)))
    z = ZERO
    if r > wp.float64(5.0):
        z = farthest(r)
    else:
        z = far(r)
    return wp.where(q < ZERO, -z, z)


@wp.func
def _gamma(t: LINE, s: WORLDS, w: int, entity: int, n: int, shape: wp.float64) -> wp.float64:
    """The n-th gamma number of unit scale; below shape 1 by Marsaglia and Tsang's power of one more number."""
    larger = wp.where(shape < ONE, shape + ONE, shape)
    d = larger - THIRD
    c = THIRD / wp.sqrt(d)
    for turn in range(REJECTIONS):
        block(t, s, w, entity, n, turn + 1)
        z = normal_inverse(open_interval(s[0].world[w].word_0))
        root = ONE + c * z
        v = root * root * root
        if v > ZERO:
            u = open_interval(s[0].world[w].word_1)
            sure = u < ONE - SQUEEZE * (z * z) * (z * z)
            if sure or wp.log(u) < HALF * z * z + d - d * v + d * wp.log(v):
                if shape < ONE:
                    return d * v * wp.pow(open_interval(s[0].world[w].word_2), ONE / shape)
                return d * v
    return d


@wp.func
def _bent(t: LINE, which: int, u: wp.float64) -> wp.float64:
    """The quantile u of row `which`, of the kinds that take longer; the last is the triangular one."""
    kind = t[0].durations[which].kind
    a, b, c = t[0].durations[which].a, t[0].durations[which].b, t[0].durations[which].c
    if kind == NORMAL:
        return wp.max(ZERO, a + b * normal_inverse(c + (ONE - c) * u))
    if kind == LOGNORMAL:
        return wp.exp(a + b * normal_inverse(u))
    if kind == WEIBULL:
        return a * wp.pow(-wp.log(u), b)
    if u < c:
        return a + (b - a) * wp.sqrt(u * c)
    return b - (b - a) * wp.sqrt((ONE - u) * (ONE - c))


@wp.func
def _seen(t: LINE, which: int, n: int, u: wp.float64) -> wp.float64:
    """One of the times that were seen; where they come in turn, as n-th draw one of its turn."""
    turns = wp.max(int(t[0].durations[which].a), 1)
    each = t[0].durations[which].count // turns
    first = t[0].durations[which].first + (n % turns) * each
    return t[0].values[first + wp.min(int(u * wp.float64(each)), each - 1)]


@wp.func
def duration(t: LINE, s: WORLDS, w: int, which: int) -> wp.float64:
    """The next duration of row `which`, in seconds; meaning of a, b, c as `physics/flow/durations.py` packs them."""
    kind = t[0].durations[which].kind
    a, b = t[0].durations[which].a, t[0].durations[which].b
    if kind == CONSTANT:
        return a
    entity = t[0].durations[which].stream
    if kind == GAMMA:
        s[0].used[w, entity] = s[0].used[w, entity] + 1
        return b * _gamma(t, s, w, entity, s[0].used[w, entity], a)
    u = uniform(t, s, w, entity)
    if kind == UNIFORM:
        return a + (b - a) * u
    if kind == EXPONENTIAL:
        return -a * wp.log(u)
    if kind == EMPIRICAL:
        return _seen(t, which, s[0].used[w, entity] - 1, u)
    return _bent(t, which, u)


RARE = ("block", "four", "_gamma", "_bent", "_seen")
"""Functions that stay calls in C, so that a draw is short where they are not needed."""

SEVERAL = ("near", "far")
"""Functions without a branch, which C has for several numbers at once too."""
