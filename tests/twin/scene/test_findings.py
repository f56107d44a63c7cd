from twin.scene.findings import Findings
from twin.scene.lines import read


def test_finding_names_line_and_the_first_of_two():
    findings = Findings(read("a: 1\nb: 2\n"))
    findings.add(("b",), "b", "2", "1", findings.first(("a",)))
    assert str(findings.found[0][1]) == "plant.yaml:2 b: got 2, need 1. First on line 1."


def test_finding_without_a_document_names_no_line():
    findings = Findings()
    findings.add(("b",), "b", "2", "1")
    assert str(findings.found[0][1]) == "scene b: got 2, need 1."
    assert findings.first(("b",)) == ""
