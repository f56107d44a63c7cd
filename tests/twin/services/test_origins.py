from twin.services.origins import differences, digest_of, versions


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


def test_the_code_is_known_by_its_paths_and_its_text(tmp_path):
    digests = set()
    for number, (name, text) in enumerate((("a.py", "x = 1"), ("a.py", "x = 2"), ("b.py", "x = 2"))):
        package = tmp_path / str(number) / "package"
        package.mkdir(parents=True)
        (package / name).write_text(text)
        digests.add(digest_of([package]))
    assert len(digests) == 3
