"""Runs side by side: results in order, one progress, and whatever ends one ends the other."""

import threading
import time

import pytest

from twin.scenarios.beside import beside


def endless(started):
    def run(tell):
        started.set()
        while True:
            tell(0.5)
            time.sleep(0.001)

    return run


def test_results_come_in_order_and_both_runs_meet():
    met = threading.Barrier(2, timeout=20.0)

    def run(name):
        return lambda _tell: (met.wait(), name)[1]

    assert beside([run("a"), run("b")], None) == ["a", "b"]


def test_progress_is_the_mean_share_on_the_callers_thread():
    seen = []
    go = threading.Event()

    def tell(share):
        seen.append((share, threading.current_thread()))
        go.set()

    def run(share):
        def carry(told):
            told(share)
            go.wait(20.0)

        return carry

    beside([run(0.2), run(0.6)], tell)
    assert seen[0] == (pytest.approx(0.4), threading.current_thread())


def test_a_run_that_has_ended_counts_as_done_though_it_told_nothing():
    seen, enough = [], threading.Event()

    def tell(share):
        seen.append(share)
        if share >= 0.5:
            enough.set()

    beside([lambda _tell: None, lambda _tell: enough.wait(20.0)], tell)
    assert enough.is_set()
    assert sorted(seen) == seen


def test_a_fault_of_one_ends_the_other_and_is_told():
    started = threading.Event()

    def fails(_tell):
        started.wait(20.0)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        beside([endless(started), fails], None)
    with pytest.raises(ZeroDivisionError):
        beside([fails, endless(started)], None)


def test_whoever_stops_watching_ends_both():
    class Enough(Exception):
        pass

    def tell(_share):
        raise Enough

    with pytest.raises(Enough):
        beside([endless(threading.Event()), endless(threading.Event())], tell)
