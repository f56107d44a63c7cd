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
"""Durations drawn at a time: four blocks of a stream, which a core works on side by side."""

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
FN double root_of(double x) { return wp::sqrt(x); }
FN double size_of(double x) { return x < 0.0 ? -x : x; }
"""

SEVERAL = """
FN U bits_of(V x) { return (U)x; }
FN V real_of(U b) { return (V)b; }
FN V root_of(V x) { return __builtin_elementwise_sqrt(x); }
FN V fused(V x, V y, V z) { return __builtin_elementwise_fma(x, y, z); }
FN V size_of(V x) { return __builtin_elementwise_abs(x); }
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
FN V normal_of(V u) {
  V q = u - 0.5;
  V found = draws_near(q);
  M outer = size_of(q) > 0.425;
  if (ANY(outer)) {
    V r = root_of(-log_of(q < 0.0 ? u : 1.0 - u)), z = draws_far(r);
    if (ANY(r > 5.0))
      for (int l = 0; l < LANES; ++l)
        if (LANE(r, l) > 5.0) LANE(z, l) = draws_farthest(LANE(r, l));
    found = outer ? (q < 0.0 ? -z : z) : found;
  }
  return found;
}

/* A number inside (0, 1), as draws_open_interval gives it; the whole number in halves, which are doubles at once. */
FN V open_of(U words) {
  U whole = words >> 11;
  V high = real_of((whole >> 32) | 0x4330000000000000ull) - 4503599627370496.0;
  V low = real_of((whole & 0xFFFFFFFFull) | 0x4330000000000000ull) - 4503599627370496.0;
  return (high * 4294967296.0 + low + 0.5) * %(step)r;
}

/* Both halves of a product. */
FN unsigned long long product(unsigned long long a, unsigned long long b, unsigned long long &high) {
#if defined(__CUDA_ARCH__)
  high = __umul64hi(a, b);
  return a * b;
#else
  unsigned __int128 whole = (unsigned __int128)a * b;
  high = (unsigned long long)(whole >> 64);
  return (unsigned long long)whole;
#endif
}

/* Two blocks of a stream, of counters (first, second) and (first + 1, second): word i of block j in word[i][j]. Each
   step of one waits for the step before; two keep a core busy. */
FN void two_blocks(int entity, int first, int second, unsigned long long (*word)[2]) {
  unsigned long long k0 = t_keys[2 * entity], k1 = t_keys[2 * entity + 1];
  unsigned long long a = first, b = second, c = s_first_world + w, d = 0, p = first + 1, q = second, r = c, s = 0;
  for (int turn = 0; turn < 10; ++turn) {
    unsigned long long high_0, high_2, low_0 = product(a, %(m0)dull, high_0), low_2 = product(c, %(m1)dull, high_2);
    a = high_2 ^ b ^ k0;
    c = high_0 ^ d ^ k1;
    b = low_2;
    d = low_0;
    low_0 = product(p, %(m0)dull, high_0);
    low_2 = product(r, %(m1)dull, high_2);
    p = high_2 ^ q ^ k0;
    r = high_0 ^ s ^ k1;
    q = low_2;
    s = low_0;
    k0 += %(w0)dull;
    k1 += %(w1)dull;
  }
  word[0][0] = a; word[1][0] = b; word[2][0] = c; word[3][0] = d;
  word[0][1] = p; word[1][1] = q; word[2][1] = r; word[3][1] = s;
}

/* The next AHEAD numbers of a stream. */
FN void uniforms_of(int entity, V *out) {
  unsigned long long word[4][2], line[AHEAD];
  for (int n = 0; n < AHEAD; n += 8) {
    two_blocks(entity, (s_used[entity] + n) / 4 + 1, 0, word);
    for (int i = 0; i < 8; ++i) line[n + i] = word[i %% 4][i / 4];
  }
  s_used[entity] += AHEAD;
  for (int k = 0; k < AHEAD / LANES; ++k) out[k] = open_of(((U *)line)[k]);
}

/* The next LANES gamma numbers of unit scale; those that are rejected once are drawn one by one. Nearly all are taken
   before their logarithms are needed (Marsaglia and Tsang's squeeze). */
FN V gammas_of(int entity, double shape) {
  int first = s_used[entity] + 1;
  unsigned long long line[3][LANES], word[4][2];
  for (int l = 0; l < LANES; l += 2) {
    two_blocks(entity, first + l, 1, word);
    for (int j = 0; j < 2 && l + j < LANES; ++j)
      for (int i = 0; i < 3; ++i) line[i][l + j] = word[i][j];
  }
  s_used[entity] += LANES;
  double larger = shape < 1.0 ? shape + 1.0 : shape;
  double d = larger - %(third)r, size = %(third)r / root_of(d);
  V z = normal_of(open_of(*(U *)line[0])), u = open_of(*(U *)line[1]);
  V root = 1.0 + size * z;
  V v = root * root * root;
  V found = d * v;
  if (shape < 1.0) found = found * pow_of(open_of(*(U *)line[2]), (V)(1.0 / shape));
  M bad = (v <= 0.0) | (u >= 1.0 - %(squeeze)r * (z * z) * (z * z));
  if (ANY(bad)) {
    bad = (v <= 0.0) | (log_of(u) >= 0.5 * z * z + d - d * v + d * log_of(v));
    for (int l = 0; l < LANES; ++l)
      if (ON(bad, l)) LANE(found, l) = draws_gamma(entity, first + l, shape);
  }
  return found;
}

/* The next AHEAD durations of row `which`. */
APART FN void fill(int which, double *own) {
  SCALARS;
  auto &d = t_durations[which];
  V *out = (V *)own;
  int kind = d.kind;
  if (kind == %(gamma)d) {
    for (int k = 0; k < AHEAD / LANES; ++k) out[k] = d.b * gammas_of(d.stream, d.a);
    return;
  }
  if (kind > %(weibull)d || kind == %(constant)d) {
    for (int k = 0; k < AHEAD; ++k) own[k] = draws_duration(which);
    return;
  }
  uniforms_of(d.stream, out);
  for (int k = 0; k < AHEAD / LANES; ++k) {
    V u = out[k], x;
    if (kind == %(uniform)d) x = d.a + (d.b - d.a) * u;
    else if (kind == %(exponential)d) x = -d.a * log_of(u);
    else if (kind == %(weibull)d) x = d.a * pow_of(-log_of(u), (V)(d.b));
    else if (kind == %(lognormal)d) x = exp_of(d.a + d.b * normal_of(u));
    else {
      x = d.a + d.b * normal_of(d.c + (1.0 - d.c) * u);
      x = x < 0.0 ? (V)(0.0) : x;
    }
    out[k] = x;
  }
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
    kinds = {name.lower(): getattr(draws, name) for name in
             ("GAMMA", "WEIBULL", "CONSTANT", "UNIFORM", "EXPONENTIAL", "LOGNORMAL")}  # fmt: skip
    words = {"m0": draws.MULTIPLIER_0, "m1": draws.MULTIPLIER_1, "w0": draws.WEYL_0, "w1": draws.WEYL_1}
    numbers = {"step": float(draws.STEP), "third": float(draws.THIRD), "squeeze": float(draws.SQUEEZE)}
    return FILL % (kinds | numbers | {name: int(word) for name, word in words.items()})
