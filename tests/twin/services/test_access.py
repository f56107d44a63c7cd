"""Who comes in: nobody from outside without a login, nobody with a wrong or old secret."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from pydantic import SecretStr

from twin.errors import InvalidInput, NotFound, NotKnown
from twin.records.access import Caller, Scope
from twin.services import access
from twin.services.attempts import Attempts
from twin.services.context import Context
from twin.settings import Settings
from twin.store import keys

PASSWORD, SECRET = "correct horse battery", "0123456789abcdef0123456789abcdef"
LOGIN: dict[str, Any] = {"admin_password": SecretStr(PASSWORD), "secret_key": SecretStr(SECRET)}


def behind_login(context: Context, **changes: Any) -> Context:
    """The same installation with a login configured."""
    return replace(context, settings=context.settings.model_copy(update={**LOGIN, **changes}))


def enter(context: Context, user: str, password: str) -> str:
    """A first try at the login."""
    return access.login(context, user, password, attempts=Attempts(), address="192.0.2.7")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.53", "::1", "[::1]", "localhost"])
def test_loopback_is_open_without_a_login(host: str) -> None:
    access.check_exposure(Settings(host=host, admin_password=None, secret_key=None))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "plant.example", "localhost.evil.example"])
def test_other_addresses_need_a_login(host: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        access.check_exposure(Settings(host=host, admin_password=None, secret_key=None))
    assert [fault.where for fault in refusal.value.faults] == ["TWIN_ADMIN_PASSWORD", "TWIN_SECRET_KEY"]
    assert all(fault.next_step for fault in refusal.value.faults)
    access.check_exposure(Settings(host=host, **LOGIN))


@pytest.mark.parametrize(("name", "short"), [("admin_password", "short"), ("secret_key", "x" * 31)])
def test_short_secrets_do_not_count(name: str, short: str) -> None:
    with pytest.raises(InvalidInput):
        access.check_exposure(Settings(host="0.0.0.0", **{**LOGIN, name: SecretStr(short)}))


def test_a_password_on_loopback_closes_it(context: Context) -> None:
    assert access.caller(context, bearer=None, session=None) == access.EVERYBODY
    with pytest.raises(NotKnown):
        access.caller(behind_login(context), bearer=None, session=None)


def test_the_right_password_opens_a_session(context: Context) -> None:
    closed = behind_login(context)
    token = enter(closed, "admin", PASSWORD)
    assert access.caller(closed, bearer=None, session=token).user == "admin"


@pytest.mark.parametrize(("user", "password"), [("admin", "wrong"), ("root", PASSWORD), ("admin", ""), ("", "")])
def test_a_wrong_login_is_refused(context: Context, user: str, password: str) -> None:
    with pytest.raises(NotKnown):
        enter(behind_login(context), user, password)


def test_a_session_ends_by_time_by_another_password_and_by_another_secret(context: Context) -> None:
    closed = behind_login(context)
    token = enter(closed, "admin", PASSWORD)
    long_ago = replace(closed, clock=lambda: datetime.now(UTC) - access.SESSION - timedelta(seconds=5))
    for other, sent in (
        (closed, enter(long_ago, "admin", PASSWORD)),
        (behind_login(context, admin_password=SecretStr("another password")), token),
        (behind_login(context, secret_key=SecretStr("f" * 32)), token),
        (closed, token[:-2]),
        (closed, jwt.encode({"sub": "admin", "aud": "plantwin"}, "", algorithm="none")),
    ):
        with pytest.raises(NotKnown):
            access.caller(other, bearer=None, session=sent)


def test_a_key_opens_what_its_scopes_say_until_it_is_taken_back(context: Context) -> None:
    key, text = access.create_key(context, "gateway", (Scope.WRITE, Scope.READ))
    assert key.scopes == (Scope.READ, Scope.WRITE)
    caller = access.caller(context, bearer=text, session=None)
    assert (caller.user, caller.scopes) == ("key:gateway", frozenset({Scope.READ, Scope.WRITE}))
    assert access.list_keys(context)[0].last_used_us is not None
    access.remove_key(context, key.id)
    with pytest.raises(NotKnown):
        access.caller(context, bearer=text, session=None)
    with pytest.raises(NotFound):
        access.remove_key(context, key.id)


def test_only_the_hash_of_a_key_is_kept(context: Context) -> None:
    _key, text = access.create_key(context, "gateway", (Scope.READ,))
    with context.sessions() as session:
        kept = keys.all_keys(session)[0]
    assert text.rpartition("_")[2] not in repr(kept)


@pytest.mark.parametrize("text", ["", "ptw", "ptw__", "ptw_x_y", "other_a_b"])
def test_made_up_keys_are_refused(context: Context, text: str) -> None:
    access.create_key(context, "gateway", (Scope.READ,))
    with pytest.raises(NotKnown):
        access.caller(context, bearer=text, session=None)


def test_admin_holds_every_scope() -> None:
    assert all(Caller("a", frozenset({Scope.ADMIN})).may(scope) for scope in Scope)
    assert not Caller("r", frozenset({Scope.READ})).may(Scope.WRITE)
