from twin.records.forecast import FailureForecast
from twin.store import forecasts


def forecast(issued_us, asset="pump", mode="seal"):
    return FailureForecast(
        asset=asset, mode=mode, issued_us=issued_us, probability={7: {"value": 0.1, "low": 0.0, "high": 0.2}},
        remaining_days={"p05": 3.0, "p50": None, "p95": None}, wear_now={"median": 0.5, "low": 0.4, "high": 0.6},
        contributors=({"name": "k", "share": 0.9},), action="replace", model_version=1,
    )  # fmt: skip


def test_the_newest_issue_comes_back_in_its_order(context):
    with context.sessions.begin() as session:
        forecasts.save(session, "p", [forecast(1)])
        forecasts.save(session, "p", [forecast(2, "z"), forecast(2, "a")])
        forecasts.save(session, "q", [forecast(3)])
    with context.sessions() as session:
        assert forecasts.latest(session, "p") == (forecast(2, "z"), forecast(2, "a"))


def test_an_issue_written_twice_stays_one(context):
    for _ in range(2):
        with context.sessions.begin() as session:
            forecasts.save(session, "p", [forecast(1), forecast(1, mode="ring")])
    with context.sessions() as session:
        assert len(forecasts.latest(session, "p")) == 2


def test_the_ledger_keeps_every_issue_of_a_span(context):
    with context.sessions.begin() as session:
        for issued_us in (1, 2, 3):
            forecasts.save(session, "p", [forecast(issued_us)])
    with context.sessions() as session:
        assert [item.issued_us for item in forecasts.issued(session, "p", 1, 3)] == [1, 2]
        assert forecasts.latest(session, "nobody") == ()
