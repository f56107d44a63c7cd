from twin.services.origins import differences, versions


def test_code_and_libraries_are_named():
    found = versions()
    assert len(found["code"]) == 64
    assert set(found["versions"]) >= {"plantwin", "numpy", "warp-lang"}
    assert found == versions()


def test_differences_name_what_changed_and_nothing_else():
    before = {"code": "a", "machine": {"processor": "x"}, "digest": "1"}
    assert differences(before, before) == []
    assert differences(before, {**before, "code": "b", "digest": "2"}) == [
        {"what": "code", "before": "a", "after": "b"}
    ]
