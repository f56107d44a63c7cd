"""Guessing a password slows down; a slip of the finger does not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from twin.errors import TooMany
from twin.services import attempts
from twin.services.attempts import Attempts, origin_of, wait_s

NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)


def guess(found: Attempts, count: int, now: datetime, address: str = "192.0.2.7") -> datetime:
    """So many wrong passwords, each as soon as it is heard."""
    for _ in range(count):
        try:
            found.begin(address, now)
        except TooMany as refusal:
            now += timedelta(seconds=refusal.wait_s)
            found.begin(address, now)
    return now


def test_five_slips_cost_nothing_and_the_next_ones_twice_as_much_each() -> None:
    found = Attempts()
    assert guess(found, 5, NOW) == NOW
    # one second, then two, then four
    assert (guess(found, 3, NOW) - NOW).total_seconds() == 7.0


def test_a_day_of_guessing_is_some_three_hundred_passwords() -> None:
    # After five free ones and nine that cost 511 s together, each costs five minutes: 86,400 / 300 = 288 a day.
    found, now = Attempts(), NOW
    assert (guess(found, 5 + 9 + 288, now) - NOW).total_seconds() > 86_000


def test_the_password_is_not_even_looked_at_while_waiting() -> None:
    found = Attempts()
    guess(found, 5, NOW)
    for _ in range(20):  # impatience costs nothing more
        with pytest.raises(TooMany) as refusal:
            found.begin("192.0.2.7", NOW)
    assert refusal.value.wait_s == 1


def test_the_right_password_or_a_day_wipes_the_slate() -> None:
    found = Attempts()
    guess(found, 9, NOW)
    found.succeed("192.0.2.7")
    assert guess(found, 5, NOW) == NOW
    later = NOW + timedelta(hours=24, seconds=1)
    assert guess(found, 5, later) == later


def test_others_do_not_wait_for_one_guesser() -> None:
    found = Attempts()
    guess(found, 20, NOW)
    found.begin("192.0.2.8", NOW)


def test_a_network_of_addresses_counts_as_one() -> None:
    assert origin_of("2001:db8::1") == origin_of("2001:db8::ffff:2") == "2001:db8::/64"
    assert origin_of("::ffff:192.0.2.7") == origin_of("192.0.2.7") == "192.0.2.7"
    assert origin_of("fe80::1%eth0") == "fe80::/64"
    assert origin_of("unix") == "unix"


def test_memory_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "MOST_ADDRESSES", 3)
    found = Attempts()
    for last in range(9):
        guess(found, 5, NOW, f"192.0.2.{last}")
    assert guess(found, 1, NOW, "192.0.2.0") == NOW
    assert guess(found, 1, NOW, "192.0.2.8") > NOW


def test_waits_grow_up_to_five_minutes() -> None:
    assert [wait_s(wrong) for wrong in (0, 4, 5, 6, 7, 13, 14, 10_000)] == [0, 0, 1, 2, 4, 256, 300, 300]
