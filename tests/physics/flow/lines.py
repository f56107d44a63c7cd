"""Lines that several tests use, short to write."""

from physics.flow.compile import compile_line
from physics.flow.layout import Layout, Part, Product
from physics.flow.simulate import Method, Options, simulate

ITEM = (Product("item"),)


def exponential(mean_s):
    return {"exponential": {"mean_s": mean_s}}


def uniform(low_s, high_s):
    return {"uniform": {"low_s": low_s, "high_s": high_s}}


def chain(*parts, beside=(), products=ITEM, links=()):
    """Parts in series, others beside them, further links."""
    series = tuple((f"{a.name}.out", f"{b.name}.in") for a, b in zip(parts[:-1], parts[1:], strict=True))
    return Layout((*parts, *beside), (*series, *links), products)


def machines(count, slots=0, beside=(), **settings):
    """An endless source, machines with buffers of `slots` between them, a sink."""
    parts = [Part("source", "source")]
    for turn in range(count):
        parts.append(Part(f"m{turn}", settings.get("type", "machine"), settings.get("settings", {"cycle_s": 1.0})))
        if slots and turn < count - 1:
            parts.append(Part(f"b{turn}", "buffer", {"capacity_count": slots}))
    return chain(*parts, Part("sink", "sink"), beside=beside)


def broken_line(count=10, slots=10, low_s=48.0, high_s=72.0):
    """Machines with uniform cycles that break down after exponential working time."""
    beside = tuple(
        Part(f"d{turn}", "breakdown",
             {"machine": f"m{turn}", "between_s": exponential(7200.0), "repair_s": exponential(600.0)})
        for turn in range(count)
    )  # fmt: skip
    return machines(count, slots, beside, settings={"cycle_s": uniform(low_s, high_s)})


def run(layout, *, horizon_s=1000.0, worlds=4, seed=1, warm_s=0.0, events=True, **options):
    """Simulate a layout, by events unless told otherwise."""
    method = Method.EVENTS if events else Method.FASTEST
    return simulate(
        compile_line(layout), horizon_s=horizon_s, worlds=worlds, seed=seed, warm_s=warm_s,
        options=Options(method=method, **options),
    )  # fmt: skip


def shares(found, asset):
    """Mean share of time in each state of a part's first place."""
    place = found.line.places_of(asset)[0]
    return dict(zip(STATES, found.state_s[:, place].mean(axis=0) / found.counted_s, strict=True))


STATES = ("busy", "setup", "blocked", "starved", "down", "waiting_crew", "maintained", "off", "no_operator")
