from concurrent.futures import ThreadPoolExecutor
from threading import Event
from types import SimpleNamespace

import numpy as np
import pytest

from twin.prediction.remembered import Remembered, array_bytes, digest


def test_a_result_is_computed_once_and_the_oldest_is_forgotten():
    computed = []

    def ask(key):
        return kept.get(key, lambda: computed.append(key) or key.upper())

    kept = Remembered(2)
    assert [ask(key) for key in "abaaca"] == ["A", "B", "A", "A", "C", "A"]
    assert computed == ["a", "b", "c"]
    ask("b")
    assert computed == ["a", "b", "c", "b"]


def test_what_fails_is_not_kept():
    kept = Remembered(2)
    with pytest.raises(ZeroDivisionError):
        kept.get("a", lambda: 1 / 0)
    assert kept.get("a", lambda: 7) == 7


def test_results_are_kept_as_far_as_their_bytes_have_room():
    kept = Remembered(9, most_bytes=10, size=len)
    for key, text in (("a", "x" * 4), ("b", "x" * 4), ("c", "x" * 4), ("d", "x" * 11)):
        assert kept.get(key, lambda text=text: text) == text
    kept = Remembered(9, most_bytes=10, size=len)
    kept.get("a", lambda: "x" * 6)
    kept.get("b", lambda: "x" * 4)
    assert kept.get("a", lambda: 1 / 0) == "x" * 6
    kept.get("c", lambda: "x")  # pushes out b, which was asked for before a
    with pytest.raises(ZeroDivisionError):
        kept.get("b", lambda: 1 / 0)


def test_only_arrays_of_the_records_themselves_are_counted():
    one, other = SimpleNamespace(a=np.zeros(3), name="x", b=np.zeros((2, 2), np.int32)), SimpleNamespace(c=np.zeros(1))
    assert array_bytes(one, other) == 24 + 16 + 8


def test_who_asks_for_what_another_computes_waits_and_may_give_up_while_other_keys_go_on():
    kept, begun, go_on = Remembered(3), Event(), Event()

    def slow():
        begun.set()
        assert go_on.wait(20.0)
        return 7

    def give_up():
        raise KeyboardInterrupt

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(kept.get, "a", slow)
        assert begun.wait(20.0)
        assert kept.get("b", lambda: 8) == 8
        with pytest.raises(KeyboardInterrupt):
            kept.get("a", lambda: 1 / 0, waiting=give_up)
        second = pool.submit(kept.get, "a", lambda: 1 / 0)
        go_on.set()
        assert (first.result(20.0), second.result(20.0)) == (7, 7)


def test_a_digest_tells_values_shapes_types_and_order_apart():
    a = np.arange(6.0)
    different = [
        (a,),
        (a.reshape(2, 3),),
        (a.reshape(3, 2),),
        (a[::-1],),
        (a.astype(np.float32),),
        (a[:3], a[3:]),
        (a, "x"),
        ("x", a),
        ("x", "y"),
        ("xy",),
    ]
    assert len({digest(*parts) for parts in different}) == len(different)
    assert digest(a, "x") == digest(a.copy(), "x")
