from twin.cli.replay import _text


def test_an_equal_answer_is_said_in_one_line():
    assert _text({"identical": True, "outcome": "o-1", "digest": "ab" * 32}) == f"o-1: identical, {'ab' * 8}…"


def test_a_different_answer_names_what_changed():
    found = {"identical": False, "outcome": "o-1", "differences": [{"what": "code", "before": "a", "after": "b"}]}
    assert _text(found) == "o-1: differs.\n  code: a → b"
    assert "Nothing that is recorded differs" in _text({**found, "differences": []})
