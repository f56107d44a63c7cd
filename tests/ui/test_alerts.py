from tests.ui.board import words
from ui.alerts import fault_alert, problem_alert
from ui.client import Problem


def test_every_fault_is_told_with_its_next_step():
    faults = tuple(
        {"where": f"changes[{i}]", "got": "300 %", "need": "<= 100 %", "next_step": "Type less."} for i in range(2)
    )
    text = words(problem_alert(Problem(422, "Invalid input", "2 faults", faults)))
    for expected in ("Invalid input (422)", "changes[0]", "changes[1]", "got 300 %, need <= 100 %", "Type less."):
        assert expected in text


def test_a_problem_without_faults_tells_its_detail():
    assert "the pump ran dry" in words(problem_alert(Problem(409, "Not ready", "the pump ran dry")))


def test_missing_rights_say_whom_to_ask():
    assert "administrator" in words(problem_alert(Problem(403, "Forbidden")))


def test_a_fault_of_the_server_names_its_entry_in_the_log():
    assert "3f9a" in words(problem_alert(Problem(500, "A fault of ours", request="3f9a")))


def test_our_own_fault_is_named_as_ours():
    text = words(fault_alert(KeyError("level")))
    assert "The dashboard failed" in text
    assert "KeyError: 'level'" in text
