from twin.records.scenario import Change, ChangeKind, Outcome, Scenario
from twin.store import outcomes


def outcome(name, created_us, plant="p"):
    scenario = Scenario(plant, name, (Change(ChangeKind.INPUT, "pump.speed", factor=0.8),), 3600.0, 8, 1, "now", 60.0)
    return Outcome(
        scenario=scenario, kpis=({"name": "energy", "difference": {"mean": float("nan")}},),
        series={"T": {"times_s": [0.0]}}, failures=(), verdict="falls", validity={"inside": True, "reasons": []},
        provenance={"digest": "d"}, id=f"o-{name}", created_us=created_us,
    )  # fmt: skip


def test_an_answer_comes_back_whole_with_nan_as_null(context):
    with context.sessions.begin() as session:
        outcomes.save(session, outcome("a", 1))
    with context.sessions() as session:
        found = outcomes.get(session, "p", "o-a")
    assert found.scenario == outcome("a", 1).scenario
    assert found.kpis[0]["difference"]["mean"] is None
    assert found.series == {"T": {"times_s": [0.0]}}
    assert (found.plant, found.name, found.created_us) == ("p", "a", 1)


def test_another_plants_answer_is_none(context):
    with context.sessions.begin() as session:
        outcomes.save(session, outcome("a", 1))
    with context.sessions() as session:
        assert outcomes.get(session, "q", "o-a") is None


def test_the_same_answer_twice_is_one_row(context):
    for _ in range(2):
        with context.sessions.begin() as session:
            outcomes.save(session, outcome("a", 1))
    with context.sessions() as session:
        assert len(outcomes.listed(session, "p", limit=9)) == 1


def test_the_list_pages_newest_first_without_series(context):
    with context.sessions.begin() as session:
        for name, created_us in (("a", 1), ("b", 2), ("c", 2), ("d", 3)):
            outcomes.save(session, outcome(name, created_us))
    with context.sessions() as session:
        first = outcomes.listed(session, "p", limit=2)
        rest = outcomes.listed(session, "p", limit=9, after=(first[-1].created_us, first[-1].id))
    assert [item.name for item in (*first, *rest)] == ["d", "c", "b", "a"]
    assert all(item.series == {} for item in first)
