"""Source: items enter the line here.

Behaviour  A batch arrives, waits until all of it has gone, and then the next interval begins (`when_full: wait`), or
           arrivals go on by themselves and those that find the last batch still there are lost (`lose`). Without
           `interval_s` and `schedule` there is always an item at hand. A `schedule` gives each arrival its time.
Valid      one clock for all products; the mix is drawn, or goes round in the order given
"""

from __future__ import annotations

from types import SimpleNamespace

from physics.flow import durations
from physics.flow.contract import FlowType, Outlet, choice, count, listing, part, times
from physics.flow.draft import Draft
from physics.flow.kernels import tables


class Source(FlowType):
    """Where items come from."""

    name = "source"
    outlet = Outlet("items")
    interval_s = times("Time between arrivals; 0: there is always an item at hand")
    batch_count = count("Items that arrive at once", default=1)
    when_full = choice("What happens while the last batch still stands here", "wait", "lose")
    mix = listing("Shares by product ({a: 0.7, b: 0.3}) or an order that repeats ([a, a, b]); all products in turn")
    campaign_count = count("Items of one product in a row, where the mix is an order", default=1)
    schedule = listing("Arrivals as [time_s, product, count], in order of time, in place of intervals")
    calendar = part("Shifts outside which nothing arrives", "shift_calendar")

    def build(self, v: SimpleNamespace, line: Draft) -> None:
        """One place."""
        timetable = list(v.schedule)
        largest = max([int(row[2]) for row in timetable] or [1])
        place = line.place(
            tables.SOURCE,
            v.name,
            capacity=largest if timetable else v.batch_count,
            out=f"{v.name}.out",
            batch=v.batch_count,
            loses=int(v.when_full == "lose"),
            between=line.times(f"{v.name}.interval_s", [v.interval_s]),
            schedule=-1,
        )
        line.places[place].calendar = v.calendar
        columns = line.places[place].columns
        if timetable:
            columns["schedule"] = line.numbers(float(row[0]) for row in timetable)
            columns["schedule_count"] = len(timetable)
            columns["mix"] = line.picks(
                pick for row in timetable for pick in (int(row[2]), _index(line, v.name, row[1]))
            )
            if [row[0] for row in timetable] != sorted(row[0] for row in timetable) or timetable[0][0] < 0:
                line.fault(f"{v.name}.schedule", "times out of order or negative", "times in order, from 0 s on")
        elif isinstance(v.mix, dict):
            shares = [float(v.mix.get(product, 0.0)) for product in line.products]
            _check_shares(line, v.name, v.mix, shares)
            total = sum(shares) or 1.0
            columns["mix"] = line.numbers(sum(shares[: n + 1]) / total for n in range(len(shares)))
            columns["mix_stream"] = line.stream(f"{v.name}.mix")
            if v.campaign_count > 1:
                line.fault(f"{v.name}.campaign_count", "campaigns of a mix that is drawn", "an order, such as [a, b]")
        else:
            once = [_index(line, v.name, product) for product in v.mix or line.products]
            order = [product for product in once for _ in range(v.campaign_count)]
            columns["mix"], columns["mix_count"] = line.picks(order), len(order)
        endless = isinstance(v.interval_s, durations.Times) and v.interval_s.mean_s == 0 and v.when_full == "lose"
        if endless and not timetable:
            line.fault(f"{v.name}.interval_s", "0 s and when_full: lose", "an interval, or when_full: wait")


def _index(line: Draft, name: str, product: str) -> int:
    if product not in line.products:
        line.fault(f"{name}", f"product {product!r}", f"one of {', '.join(line.products)}")
        return 0
    return line.products.index(product)


def _check_shares(line: Draft, name: str, mix: dict[str, float], shares: list[float]) -> None:
    for product in mix:
        _index(line, f"{name}.mix", product)
    if min(shares) < 0 or sum(shares) <= 0:
        line.fault(f"{name}.mix", f"shares {shares}", "shares of 0 or more, not all 0")
