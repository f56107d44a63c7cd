"""What the shared syntax means in C: worlds side by side in vector registers, or one world in a scalar.

Numbers are of 64 or of 32 bits; a group of worlds fills 512 bits either way. The elementary functions are written out,
so that every lane and every build computes the same bits. Their errors are a few units in the last place. Sources: exp
and tanh by argument reduction and Taylor series, summed after Estrin (1960): a step of a plant is one long chain, and
terms that do not wait for each other shorten it; log after fdlibm's e_log.c and e_logf.c (Sun Microsystems, 1993), the
series of log((1 + s) / (1 - s)).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import factorial


@dataclass(frozen=True)
class Real:
    """A floating-point type.

    Attributes: c_type and whole, its name in C and that of the integers of its size; lanes, worlds in a group;
    mantissa_bits and bias of its exponent; exponent_limits, where exp stops to grow; terms of exp's series; ln2, in two
    parts of which the first has zeros enough for exact products; root_bits, those of sqrt(1/2), and the series of log;
    rooted, what a root is taken of: with 32 bits, rounding takes smoothed positive parts below zero; bound, a size that
    no quantity has; smallest, a step over a sample that is no step any more; fuzz, how exactly the moment of an event
    can be told within a step at best.
    """

    c_type: str
    whole: str
    lanes: int
    mantissa_bits: int
    bias: int
    exponent_limits: tuple[float, float]
    terms: int
    ln2: tuple[float, float]
    root_bits: int
    log_series: tuple[float, ...]
    rooted: str
    bound: float
    smallest: float
    fuzz: float


FLOAT64 = Real(
    c_type="double",
    whole="long",
    lanes=8,
    mantissa_bits=52,
    bias=1023,
    exponent_limits=(-708.0, 708.0),
    terms=13,
    ln2=(6.93147180369123816490e-01, 1.90821492927058770002e-10),
    root_bits=0x3FE6A09E00000000,
    log_series=(1.479819860511658591e-01, 1.531383769920937332e-01, 1.818357216161805012e-01, 2.222219843214978396e-01,
                2.857142874366239149e-01, 3.999999999940941908e-01, 6.666666666666735130e-01),
    rooted="x",
    bound=1e100,
    smallest=1e-14,
    fuzz=0.0,
)  # fmt: skip
FLOAT32 = Real(
    c_type="float",
    whole="int",
    lanes=16,
    mantissa_bits=23,
    bias=127,
    exponent_limits=(-87.0, 88.0),
    terms=7,
    ln2=(6.9313812256e-01, 9.0580006145e-06),
    root_bits=0x3F3504F3,
    log_series=(0.24279078841, 0.28498786688, 0.40000972152, 0.66666662693),
    rooted="select_(lt_(x, SPLAT(0.0)), SPLAT(0.0), x)",
    bound=1e30,
    smallest=1e-6,
    fuzz=1e-6,
)
PRECISIONS = {"float64": FLOAT64, "float32": FLOAT32}

LANE_COUNT = FLOAT64.lanes

LANES = r"""
typedef REAL V __attribute__((ext_vector_type(WIDTH)));
typedef WHOLE I __attribute__((ext_vector_type(WIDTH)));
#define LANES WIDTH
#define FN static __attribute__((noinline)) void
#define INLINE static inline __attribute__((always_inline))
#define TO_LONG(x) __builtin_convertvector((x), I)
#define TO_REAL(x) __builtin_convertvector((x), V)
#define ANY(m) (__builtin_reduce_or(m) != 0)
#define LEADER(x) ((V)((x)[0]))
#define LEADER_MASK(m) ((I)((m)[0]))
#define ALL_TRUE ((I)(-1))
#define SQRT __builtin_elementwise_sqrt
#define ABSOLUTE __builtin_elementwise_abs
#define ROUND __builtin_elementwise_roundeven
#define EACH(f, x) V r_; for (int i_ = 0; i_ < LANES; ++i_) r_[i_] = f((x)[i_]); return r_;
#define SPLAT(x) ((V)(x))
#define SPLAT_LONG(x) ((I)(x))
#define AT(v, l) ((v)[l])
#define NOT(m) (~(m))
#define COPY __builtin_memcpy
#define NOT_A_NUMBER __builtin_nan("")
"""

SCALAR = r"""
typedef REAL V;
typedef WHOLE I;
#define LANES 1
#ifdef __CUDACC__
#define FN static __device__ __noinline__ void
#define INLINE static __device__ __forceinline__
#define COPY memcpy
#define NOT_A_NUMBER ::nan("")
#else
#define COPY __builtin_memcpy
#define NOT_A_NUMBER __builtin_nan("")
#define FN static __attribute__((noinline)) void
#define INLINE static inline __attribute__((always_inline))
#endif
#define TO_LONG(x) ((I)(x))
#define TO_REAL(x) ((V)(x))
#define ANY(m) ((m) != 0)
#define LEADER(x) (x)
#define LEADER_MASK(m) (m)
#define ALL_TRUE ((I)(-1))
#define SQRT ::sqrt
#define ABSOLUTE ::fabs
#define ROUND ::rint
#define EACH(f, x) return f(x);
#define SPLAT(x) ((V)(x))
#define SPLAT_LONG(x) ((I)(x))
#define AT(v, l) (v)
#define NOT(m) (~(m))
"""

LANE_OPERATIONS = r"""
INLINE I lt_(V a, V b) { return a < b; }
INLINE I le_(V a, V b) { return a <= b; }
INLINE I gt_(V a, V b) { return a > b; }
INLINE I ge_(V a, V b) { return a >= b; }
INLINE I eq_(V a, V b) { return a == b; }
INLINE I ne_(V a, V b) { return a != b; }
INLINE I less_(I a, I b) { return a < b; }
INLINE V select_(I m, V a, V b) { return m ? a : b; }
"""

SCALAR_OPERATIONS = r"""
INLINE I lt_(V a, V b) { return a < b ? -1 : 0; }
INLINE I le_(V a, V b) { return a <= b ? -1 : 0; }
INLINE I gt_(V a, V b) { return a > b ? -1 : 0; }
INLINE I ge_(V a, V b) { return a >= b ? -1 : 0; }
INLINE I eq_(V a, V b) { return a == b ? -1 : 0; }
INLINE I ne_(V a, V b) { return a != b ? -1 : 0; }
INLINE I less_(I a, I b) { return a < b ? -1 : 0; }
INLINE V select_(I m, V a, V b) { return m ? a : b; }
"""

FUNCTIONS = r"""
INLINE I and_(I a, I b) { return a & b; }
INLINE I or_(I a, I b) { return a | b; }
INLINE I not_(I a) { return NOT(a); }
INLINE I pick_(I m, I a, I b) { return (a & m) | (b & NOT(m)); }
INLINE V least_(V a, V b) { return select_(lt_(a, b), a, b); }
INLINE V most_(V a, V b) { return select_(gt_(a, b), a, b); }
INLINE V abs_(V x) { return ABSOLUTE(x); }
INLINE V sqrt_(V x) { return SQRT(ROOTED); }
INLINE V sin_(V x) { EACH(::sin, x) }
INLINE V cos_(V x) { EACH(::cos, x) }
INLINE V atan_(V x) { EACH(::atan, x) }
INLINE V off_whole_(V x) { return x - ROUND(x); }
INLINE V grown_(V x) {
  V shifted = x * 1.4426950408889634 + WHOLE_BITS, power;
  V k = shifted - WHOLE_BITS;
  V r = x - k * LN2_HIGH;
  r = r - k * LN2_LOW;
  V s = EXP_SERIES;
  I bits;
  COPY(&bits, &shifted, sizeof(V));
  bits = (bits + BIAS) << MANTISSA;
  COPY(&power, &bits, sizeof(V));
  return s * power;
}
INLINE V exp_(V x) {
  return select_(eq_(x, x), grown_(least_(most_(x, SPLAT(EXP_LOW)), SPLAT(EXP_HIGH))), x);
}
INLINE V log_(V x) {
  I bits;
  V y = x;
  COPY(&bits, &y, sizeof(V));
  I shifted = bits + (ONE_BITS - ROOT_BITS);
  V k = TO_REAL((shifted >> MANTISSA) - BIAS);
  bits = (shifted & FRACTION) + ROOT_BITS;
  V m;
  COPY(&m, &bits, sizeof(V));
  V f = m - 1.0;
  V s = f / (f + 2.0);
  V z = s * s;
  V r = LOG_SERIES;
  r = r * z;
  V h = f * f * 0.5;
  V value = k * LN2_HIGH - ((h - (s * (h + r) + k * LN2_LOW)) - f);
  return select_(gt_(x, SPLAT(0.0)), value, SPLAT(NOT_A_NUMBER));
}
INLINE V tanh_(V x) {
  V e = grown_(least_(most_(x * 2.0, SPLAT(-80.0)), SPLAT(80.0)));
  return select_(eq_(x, x), 1.0 - SPLAT(2.0) / (e + 1.0), x);
}
"""


def prelude(lanes: bool, real: Real = FLOAT64) -> str:
    """Types and macros that must stand before the functions."""
    width = f"#define WIDTH {real.lanes}\n" if lanes else ""
    return f"#define REAL {real.c_type}\n#define WHOLE {real.whole}\n{width}" + (LANES if lanes else SCALAR)


def functions(lanes: bool, real: Real = FLOAT64) -> str:
    """The functions of the shared syntax."""
    one = real.bias << real.mantissa_bits
    constants = {
        "EXP_LOW": repr(real.exponent_limits[0]), "EXP_HIGH": repr(real.exponent_limits[1]),
        "EXP_SERIES": estrin([f"1.0 / {float(factorial(n))!r}" for n in range(real.terms, -1, -1)], "r"),
        "LOG_SERIES": horner([repr(value) for value in real.log_series], "z"),
        "LN2_HIGH": repr(real.ln2[0]), "LN2_LOW": repr(real.ln2[1]), "BIAS": str(real.bias),
        "WHOLE_BITS": repr(1.5 * 2**real.mantissa_bits),
        "MANTISSA": str(real.mantissa_bits), "FRACTION": f"{(1 << real.mantissa_bits) - 1:#x}L",
        "ONE_BITS": f"{one:#x}L", "ROOT_BITS": f"{real.root_bits:#x}L",
        "ROOTED": real.rooted,
    }  # fmt: skip
    text = FUNCTIONS
    for name, value in constants.items():
        text = text.replace(name, value)
    return (LANE_OPERATIONS if lanes else SCALAR_OPERATIONS) + text


def estrin(coefficients: list[str], x: str) -> str:
    """A polynomial, highest power first, by halves that do not wait for each other."""
    terms, power = [f"SPLAT({value})" for value in reversed(coefficients)], x
    while len(terms) > 1:
        pairs = [f"({low} + {high} * {power})" for low, high in zip(terms[::2], terms[1::2], strict=False)]
        terms, power = pairs + terms[len(pairs) * 2 :], f"({power} * {power})"
    return terms[0]


def horner(coefficients: list[str], x: str) -> str:
    """A polynomial, highest power first."""
    first, *rest = coefficients
    text = f"SPLAT({first})"
    for value in rest:
        text = f"({text} * {x} + {value})"
    return text


MACROS = ("REAL", "WHOLE", "WIDTH", "LANES", "FN", "INLINE", "TO_LONG", "TO_REAL", "ANY", "LEADER", "LEADER_MASK",
          "ALL_TRUE", "SQRT", "ABSOLUTE", "ROUND", "EACH", "SPLAT", "SPLAT_LONG", "AT", "NOT", "COPY",
          "NOT_A_NUMBER")  # fmt: skip

PREVENT_LEAKS = "".join(f"#undef {name}\n" for name in MACROS)
"""Removes the macros again, because Warp's own code follows in the same file."""
