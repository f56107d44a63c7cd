import numpy as np
import pytest

from twin.services.remembered import Remembered, digest


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
