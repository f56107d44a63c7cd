"""What the shared syntax means in C: eight worlds side by side in vector registers, or one world in a scalar.

The elementary functions are written out, so that every lane and every build computes the same bits. Their errors are a
few units in the last place. Sources: exp and tanh by argument reduction and Taylor series; log after fdlibm's e_log.c
(Sun Microsystems, 1993), the series of log((1 + s) / (1 - s)).
"""

LANE_COUNT = 8

LANES = r"""
typedef double V __attribute__((ext_vector_type(8)));
typedef long I __attribute__((ext_vector_type(8)));
#define LANES 8
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
#define EACH(f, x) V r_; for (int i_ = 0; i_ < 8; ++i_) r_[i_] = f((x)[i_]); return r_;
#define SPLAT(x) ((V)(x))
#define SPLAT_LONG(x) ((I)(x))
#define AT(v, l) ((v)[l])
#define NOT(m) (~(m))
#define COPY __builtin_memcpy
#define NOT_A_NUMBER __builtin_nan("")
"""

SCALAR = r"""
typedef double V;
typedef long I;
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
INLINE V sqrt_(V x) { return SQRT(x); }
INLINE V sin_(V x) { EACH(::sin, x) }
INLINE V cos_(V x) { EACH(::cos, x) }
INLINE V atan_(V x) { EACH(::atan, x) }
INLINE V off_whole_(V x) { return x - ROUND(x); }
INLINE V exp_(V x) {
  V y = least_(most_(x, SPLAT(-708.0)), SPLAT(708.0));
  V k = ROUND(y * 1.4426950408889634);
  V r = y - k * 6.93147180369123816490e-01;
  r = r - k * 1.90821492927058770002e-10;
  V s = SPLAT(1.0 / 6227020800.0);
  s = s * r + 1.0 / 479001600.0;
  s = s * r + 1.0 / 39916800.0;
  s = s * r + 1.0 / 3628800.0;
  s = s * r + 1.0 / 362880.0;
  s = s * r + 1.0 / 40320.0;
  s = s * r + 1.0 / 5040.0;
  s = s * r + 1.0 / 720.0;
  s = s * r + 1.0 / 120.0;
  s = s * r + 1.0 / 24.0;
  s = s * r + 1.0 / 6.0;
  s = s * r + 0.5;
  s = s * r + 1.0;
  s = s * r + 1.0;
  I bits = (TO_LONG(k) + 1023) << 52;
  V power;
  COPY(&power, &bits, sizeof(V));
  return select_(eq_(x, x), s * power, x);
}
INLINE V log_(V x) {
  I bits;
  V y = x;
  COPY(&bits, &y, sizeof(V));
  I shifted = bits + (0x3ff0000000000000L - 0x3fe6a09e00000000L);
  V k = TO_REAL((shifted >> 52) - 1023);
  bits = (shifted & 0x000fffffffffffffL) + 0x3fe6a09e00000000L;
  V m;
  COPY(&m, &bits, sizeof(V));
  V f = m - 1.0;
  V s = f / (f + 2.0);
  V z = s * s;
  V r = SPLAT(1.479819860511658591e-01);
  r = r * z + 1.531383769920937332e-01;
  r = r * z + 1.818357216161805012e-01;
  r = r * z + 2.222219843214978396e-01;
  r = r * z + 2.857142874366239149e-01;
  r = r * z + 3.999999999940941908e-01;
  r = r * z + 6.666666666666735130e-01;
  r = r * z;
  V h = f * f * 0.5;
  V value = k * 6.93147180369123816490e-01 - ((h - (s * (h + r) + k * 1.90821492927058770002e-10)) - f);
  return select_(gt_(x, SPLAT(0.0)), value, SPLAT(NOT_A_NUMBER));
}
INLINE V tanh_(V x) {
  V e = exp_(least_(most_(x * 2.0, SPLAT(-80.0)), SPLAT(80.0)));
  return select_(eq_(x, x), 1.0 - SPLAT(2.0) / (e + 1.0), x);
}
"""


def prelude(lanes: bool) -> str:
    """Types and macros that must stand before the functions."""
    return LANES if lanes else SCALAR


def functions(lanes: bool) -> str:
    """The functions of the shared syntax."""
    return (LANE_OPERATIONS if lanes else SCALAR_OPERATIONS) + FUNCTIONS


MACROS = ("LANES", "FN", "INLINE", "TO_LONG", "TO_REAL", "ANY", "LEADER", "LEADER_MASK", "ALL_TRUE", "SQRT", "ABSOLUTE",
          "ROUND", "EACH", "SPLAT", "SPLAT_LONG", "AT", "NOT", "COPY", "NOT_A_NUMBER")  # fmt: skip

PREVENT_LEAKS = "".join(f"#undef {name}\n" for name in MACROS)
"""Removes the macros again, because Warp's own code follows in the same file."""
