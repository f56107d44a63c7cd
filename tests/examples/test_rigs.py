from examples import rigs


class Plain:
    def section(self, found):
        return [f"scored {found['score']}"]

    def verdict(self, found):
        return "a mark", f"{found['score']}: reached", "all"


def test_the_page_keeps_the_sections_of_rigs_that_were_not_run(monkeypatch, tmp_path):
    monkeypatch.setattr(rigs, "PAGE", tmp_path / "rigs.md")
    monkeypatch.setattr(rigs, "rig", lambda _name: Plain())
    rigs.keep("emps", "models", {"score": 1})
    rigs.keep("skab", "models", {"score": 2})
    rigs.keep("emps", "models", {"score": 3})
    text = (tmp_path / "rigs.md").read_text()
    assert text.index("## emps") < text.index("scored 3") < text.index("## skab") < text.index("scored 2")
    assert "scored 1" not in text
    assert "| emps | a mark | 3: reached | all |" in text
    assert "## cascaded-tanks" not in text


def test_every_rig_can_be_run_and_written():
    for name in rigs.NAMES:
        found = rigs.rig(name)
        assert callable(found.run)
        assert callable(found.section)
        assert callable(found.verdict)
