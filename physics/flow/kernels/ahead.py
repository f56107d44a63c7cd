"""Durations drawn ahead, several of a stream at a time in vector registers, and the functions that they are made of.

Equations  log x = e log 2 + 2 artanh s, s = (m - 1) / (m + 1), x = m 2^e, 1/2 < m^2 < 2, by the series in s^2
           exp x = 2^k exp r, r = x - k log 2, |r| < log 2 / 2, by the series in r
Source     the series of artanh and exp, cut off below the last digit of a float64

A CPU has LANES numbers in a register pair, a CUDA thread one. The text of each function stands here once and is given
for single numbers too, so that whoever draws a number one by one gets the same digits.
"""

from math import factorial

from physics.flow.kernels import draws

LANES = 8
"""Numbers that are worked on at once on a CPU, two registers of four: one need not wait for the other."""

AHEAD = 16
"""Durations drawn at a time: two pairs of blocks of a stream."""

TYPES = f"""
#define AHEAD {AHEAD}
#if defined(__CUDA_ARCH__)
#define LANES 1
#define LANE(v, l) (v)
#define ANY(m) (m)
#define ON(m, l) (m)
#define EACH(l) for (int l = 0; l < 1; ++l)
#define STEPS(m) ((int)(m))
typedef double V;
typedef bool M;
typedef int I;
typedef unsigned long long U;
#else
#define LANES {LANES}
#define LANE(v, l) ((v)[l])
#define ANY(m) (__builtin_reduce_or(m) != 0)
#define ON(m, l) (((const long *)&(m))[l])  /* in memory: where a lane's number is not known when it is compiled */
#define EACH(l) _Pragma("clang loop unroll(full)") for (int l = 0; l < LANES; ++l)
#define STEPS(m) (-__builtin_convertvector((m), I))
typedef double V __attribute__((ext_vector_type(LANES), aligned(8)));
typedef long M __attribute__((ext_vector_type(LANES)));
typedef int I __attribute__((ext_vector_type(LANES), aligned(4)));
typedef unsigned long U __attribute__((ext_vector_type(LANES), aligned(8)));
#endif
#if defined(__AVX__) && !defined(__CUDA_ARCH__)
#define HIDE(m) \\
  {{ auto low_ = (m).lo, high_ = (m).hi; __asm__("" : "+x"(low_), "+x"(high_)); (m).lo = low_; (m).hi = high_; }}
#define SCALARS __builtin_ia32_vzeroupper()  /* else scalar code of the C library waits at every step */
#else
#define HIDE(m)
#define SCALARS
#endif
"""

MACROS = ("AHEAD", "LANES", "LANE", "ANY", "ON", "EACH", "STEPS", "HIDE", "SCALARS")
"""What the text defines for itself; Warp's own code follows in the same file."""

SINGLE = """
#if defined(__CUDA_ARCH__)
FN unsigned long long bits_of(double x) { return (unsigned long long)__double_as_longlong(x); }
FN double real_of(unsigned long long b) { return __longlong_as_double((long long)b); }
FN double fused(double x, double y, double z) { return fma(x, y, z); }
#else
FN unsigned long long bits_of(double x) { unsigned long long b; __builtin_memcpy(&b, &x, 8); return b; }
FN double real_of(unsigned long long b) { double x; __builtin_memcpy(&x, &b, 8); return x; }
FN double fused(double x, double y, double z) { return __builtin_fma(x, y, z); }
#endif
FN double picked(const double *from, unsigned long long at) { return from[at]; }
FN double root_of(double x) { return wp::sqrt(x); }
"""

SEVERAL = """
FN U bits_of(V x) { return (U)x; }
FN V real_of(U b) { return (V)b; }
FN V root_of(V x) { return __builtin_elementwise_sqrt(x); }
FN V fused(V x, V y, V z) { return __builtin_elementwise_fma(x, y, z); }
FN V picked(const double *from, U at) {
  V found;
  EACH(l) LANE(found, l) = from[LANE(at, l)];
  return found;
}
"""

ARTANH = [2.0 / (2 * n + 1) for n in range(11)]
EXP = [1.0 / factorial(n) for n in range(14)]


def _series(terms: list[float], powers: tuple[str, ...]) -> str:
    """A polynomial by halves (Estrin), so that no sum waits for all others; `powers` are z, z^2, z^4 ..."""
    if len(terms) == 1:
        return f"(NUMBER)({terms[0]!r})"
    half = 1 << ((len(terms) - 1).bit_length() - 1)
    low, high = _series(terms[:half], powers), _series(terms[half:], powers)
    return f"fused({high}, {powers[half.bit_length() - 1]}, {low})"


POWERS = ("z", "z2", "z4", "z8")


CURVES = f"""
FN NUMBER log_of(NUMBER x) {{
  WORD b = bits_of(x) + 0x{0x3FF0000000000000 - 0x3FE6A09E667F3BCD:x}ull;
  NUMBER e = real_of((b >> 52) | 0x4330000000000000ull) - {2.0**52 + 1023.0!r};
  NUMBER m = real_of((b & 0x000FFFFFFFFFFFFFull) + 0x3FE6A09E667F3BCDull);
  NUMBER s = (m - 1.0) / (m + 1.0), z = s * s, z2 = z * z, z4 = z2 * z2, z8 = z4 * z4;
  NUMBER p = {_series(ARTANH[1:], POWERS)};
  return fused(e, (NUMBER)(0.6931471805599453), fused(s, z * p, 2.0 * s));
}}
FN NUMBER exp_of(NUMBER x) {{
  x = x < -700.0 ? (NUMBER)(-700.0) : x;
  x = x > 700.0 ? (NUMBER)(700.0) : x;
  NUMBER k = fused(x, (NUMBER)({1.4426950408889634!r}), (NUMBER)({1.5 * 2.0**52!r}));
  WORD power = bits_of(k) << 52;
  k = k - {1.5 * 2.0**52!r};
  NUMBER z = fused(k, (NUMBER)(-0.6931471805582987), x);
  z = fused(k, (NUMBER)(-1.6465949582897082e-12), z);
  NUMBER z2 = z * z, z4 = z2 * z2, z8 = z4 * z4;
  NUMBER p = {_series(EXP, POWERS)};
  return real_of(bits_of(p) + power);
}}
FN NUMBER pow_of(NUMBER x, NUMBER y) {{ return exp_of(y * log_of(x)); }}
"""

FILL = """
/* The next AHEAD numbers of a stream. */
FN void uniforms_of(int entity, V *out) {
  for (int n = 0; n < AHEAD; n += 8) {
    draws_eight(entity, s_used[entity]);
    for (int k = 0; k < 8 / LANES; ++k) *out++ = draws_open_interval(((U *)(s_words + 8 * entity))[k]);
    s_used[entity] += 8;
  }
}

/* The next AHEAD durations of row `which`. */
APART FN void fill(int which, double *own) {
  SCALARS;
  auto &d = t_durations[which];
  V *out = (V *)own;
  if (d.kind == %(constant)d || d.kind == %(empirical)d) {
    for (int k = 0; k < AHEAD; ++k) own[k] = draws_duration(which);
    return;
  }
  uniforms_of(d.stream, out);
  for (int k = 0; k < AHEAD / LANES; ++k) out[k] = draws_quantile(which, out[k]);
}

/* The next AHEAD numbers of a stream. */
APART FN void fill_uniforms(int entity, double *own) {
  SCALARS;
  uniforms_of(entity, (V *)own);
}
"""


def curves() -> str:
    """C text of the functions, for single numbers and for several at once."""
    single = SINGLE + CURVES.replace("NUMBER", "double").replace("WORD", "unsigned long long")
    several = SEVERAL + CURVES.replace("NUMBER", "V").replace("WORD", "U")
    return f"{single}\n#if !defined(__CUDA_ARCH__)\n{several}\n#endif"


def fill() -> str:
    """C text of drawing ahead, for one world; needs the functions of `draws`."""
    return FILL % {"constant": draws.CONSTANT, "empirical": draws.EMPIRICAL}
