from twin.store import arrivals

DAY_US = 86_400_000_000


def noted(context, *rows):
    for received_us, first_us, last_us in rows:
        with context.sessions.begin() as session:
            arrivals.note(session, "p", received_us, first_us, last_us)


def since(context, known_us, until_us=2**62):
    with context.sessions() as session:
        return arrivals.since(session, "p", known_us, until_us)


def test_spans_that_touch_are_one_and_those_apart_stay_apart(context):
    noted(context, (10, 0, 99), (20, 100, 100), (30, 101, 150), (40, 7, 7), (50, 300, 310), (60, 120, 140))
    assert since(context, 10) == [(7, 8), (100, 151), (300, 311)]
    assert since(context, 30) == [(7, 8), (120, 141), (300, 311)]
    assert since(context, 30, 40) == [(7, 8)]
    assert since(context, 60) == []


def test_nobody_tells_what_arrived_before_the_oldest_row(context):
    assert since(context, 0) is None
    noted(context, (10, 0, 99), (20, 100, 100))
    assert since(context, 9) is None
    assert since(context, 11) == [(100, 101)]
    noted(context, (21 + DAY_US, 5, 5))
    assert since(context, 15) is None


def test_plants_are_apart(context):
    noted(context, (10, 0, 99))
    with context.sessions() as session:
        assert arrivals.since(session, "other", 10, 20) is None
