import pytest

from twin.errors import Conflict, Fault, InvalidInput, NotAllowed, NotFound, Outdated, TwinError


def test_fault_reads_as_where_got_need_and_next_step():
    assert (
        str(Fault("f.yaml:4 a", "-2 m", "≥ 0 m", "Check the sign."))
        == "f.yaml:4 a: got -2 m, need ≥ 0 m. Check the sign."
    )
    assert str(Fault("a", "x", "y")) == "a: got x, need y."


def test_invalid_input_carries_every_fault():
    faults = [Fault("a", "x", "y"), Fault("b", "x", "y")]
    error = InvalidInput(faults)
    assert error.faults == tuple(faults)
    assert str(error) == "a: got x, need y.\nb: got x, need y."


def test_not_found_names_what_exists_but_not_all_of_it():
    error = NotFound("plant", "x", [f"p{n}" for n in range(30)])
    assert (error.kind, error.name, len(error.known)) == ("plant", "x", 30)
    assert "p9" in str(error)
    assert "p10" not in str(error)


def test_missing_right_names_scope_and_what_is_held():
    error = NotAllowed("admin", ("read", "write"))
    assert error.scope == "admin"
    assert "read, write" in str(error)


@pytest.mark.parametrize("kind", [InvalidInput, NotFound, Conflict, Outdated, NotAllowed])
def test_every_error_of_ours_has_one_root(kind):
    assert issubclass(kind, TwinError)
    assert issubclass(Outdated, Conflict)
