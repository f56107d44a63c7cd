"""Exact throughputs of production lines, for the day when material flow is simulated."""

from tests.verify.case import NotYet

REASON = "material flow (queues, buffers, breakdowns) is not built"
CASES = tuple(
    NotYet(name, reference, REASON)
    for name, reference in (
        ("exponential line, blocking after service, 2 to 4 stations", "0.666667, 0.564103, 0.514775 (Markov chain)"),
        ("same, 3 stations, buffers of 1 to 3", "0.670466, 0.734017, 0.776712 (Markov chain)"),
        ("Bernoulli line p = 0.9, two machines, N = 1, 3, 10", "0.818182, 0.870968, 0.891089 (closed form)"),
        ("Bernoulli line of five machines, and reversed", "0.651913, both ways (reversibility)"),
    )
)
