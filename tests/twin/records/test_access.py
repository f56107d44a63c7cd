"""Scopes: each opens itself, admin opens all."""

from __future__ import annotations

import pytest

from twin.records.access import Caller, Scope


@pytest.mark.parametrize("held", list(Scope))
def test_a_scope_opens_itself_and_admin_all(held: Scope) -> None:
    caller = Caller("someone", frozenset({held}))
    assert [scope for scope in Scope if caller.may(scope)] == (list(Scope) if held is Scope.ADMIN else [held])
