"""Kept threads do every task once, stop at the first fault and never outlast the call."""

import threading
import time
from functools import partial

import pytest

from physics.simulate import threads


def test_every_task_is_done_and_told():
    seen, told = set(), []
    threads.carry([partial(seen.add, n) for n in range(20)], threads=2, done=told.append)
    assert seen == set(range(20))
    assert told == [n / 20 for n in range(1, 21)]


def test_threads_are_the_same_from_run_to_run_and_as_many_as_asked_for():
    names: set[str] = set()
    for _ in range(50):
        threads.carry([lambda: names.add(threading.current_thread().name)] * 6, threads=3)
    assert len(names) <= 3


def test_threads_have_room_for_the_arrays_of_large_islands(monkeypatch):
    set_to, found = [0], []
    size, start = threading.stack_size, threading.Thread.start
    monkeypatch.setattr(threading, "stack_size", lambda new=0: (set_to.append(new), size(new))[1])
    monkeypatch.setattr(threading.Thread, "start", lambda self: (found.append(set_to[-1]), start(self))[1])
    threads.carry([lambda: None], threads=7)
    assert found == [threads.STACK_BYTES] * 7
    assert set_to[-1] == 0


def test_runs_that_begin_at_once_share_one_pool_and_leave_the_size_of_stacks_alone(monkeypatch):
    made, go = [], threading.Barrier(4)
    own = threads.ThreadPoolExecutor

    def slow(**facts):
        made.append(facts["max_workers"])
        time.sleep(0.05)
        return own(**facts)

    monkeypatch.setattr(threads, "ThreadPoolExecutor", slow)
    runs = [threading.Thread(target=lambda: (go.wait(), threads.carry([lambda: None], threads=5))) for _ in range(4)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert made == [5]
    assert threading.stack_size() == 0


def test_a_fault_leaves_out_what_has_not_begun_and_waits_for_what_has():
    begun, ended = [], []

    def work(number):
        begun.append(number)
        time.sleep(0.02)
        ended.append(number)

    def stop(_share):
        raise InterruptedError("asked to stop")

    with pytest.raises(InterruptedError):
        threads.carry([partial(work, n) for n in range(100)], threads=2, done=stop)
    assert sorted(begun) == sorted(ended)
    assert len(begun) < 100


def test_a_fault_of_a_task_is_the_callers():
    with pytest.raises(ZeroDivisionError):
        threads.carry([lambda: None, lambda: 1 / 0], threads=2)


def test_a_task_that_carries_tasks_does_them_itself():
    seen, told = [], []

    def outer(number):
        own = threading.current_thread().name
        inner = [lambda: seen.append((number, own == threading.current_thread().name))] * 3
        threads.carry(inner, threads=2, done=told.append)

    threads.carry([partial(outer, n) for n in range(4)], threads=2)
    assert sorted(seen) == [(number, True) for number in range(4) for _ in range(3)]
    assert sorted(told) == sorted([1 / 3, 2 / 3, 1.0] * 4)
