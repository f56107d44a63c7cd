"""Who may come in: the rule for binding, login, sessions, API keys."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
from datetime import timedelta

import jwt

from twin.errors import Fault, InvalidInput, NotFound, NotKnown
from twin.records.access import ApiKey, Caller, Scope
from twin.services.attempts import Attempts
from twin.services.clock import now_us
from twin.services.context import Context
from twin.settings import Settings
from twin.store import keys as store

ADMIN = "admin"
EVERYBODY = Caller("local", frozenset(Scope))
SESSION = timedelta(hours=12)
KEY_MARK = "ptw"
USE_NOTED_EVERY = timedelta(minutes=1)
SHORTEST_SECRET = 32
"""Bytes; RFC 7518, section 3.2, asks a key of at least the hash's size for HS256."""
SHORTEST_PASSWORD = 10


def is_loopback(host: str) -> bool:
    """Whether an address can be reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def is_open(settings: Settings) -> bool:
    """Whether everybody who can connect may do everything: on loopback, while no password is set."""
    return is_loopback(settings.host) and settings.admin_password is None


def check_exposure(settings: Settings) -> None:
    """Refuse to serve to others without login.

    Raises: InvalidInput, saying how to configure the login.
    """
    if is_open(settings):
        return
    faults = []
    secret = settings.secret_key.get_secret_value() if settings.secret_key else ""
    password = settings.admin_password.get_secret_value() if settings.admin_password else ""
    if len(password) < SHORTEST_PASSWORD:
        step = "Set TWIN_ADMIN_PASSWORD to the password of user 'admin', or bind to 127.0.0.1."
        faults.append(_too_short("TWIN_ADMIN_PASSWORD", password, SHORTEST_PASSWORD, settings.host, step))
    if len(secret.encode()) < SHORTEST_SECRET:
        step = (
            'Set TWIN_SECRET_KEY, e.g. to the output of: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
        faults.append(_too_short("TWIN_SECRET_KEY", secret, SHORTEST_SECRET, settings.host, step))
    if faults:
        raise InvalidInput(faults)


def _too_short(name: str, value: str, least: int, host: str, step: str) -> Fault:
    got = f"{len(value)} characters" if value else "nothing"
    return Fault(name, got, f"at least {least} characters to serve on {host} with a login", step)


def login(context: Context, user: str, password: str, *, attempts: Attempts, address: str) -> str:
    """Check user and password and give a session token.

    Args:
        context: Access to settings and clock.
        user: Who they say they are.
        password: What they say they know.
        attempts: What was got wrong before.
        address: Where the try comes from.
    Raises: NotKnown; TooMany, when that address has to wait.
    """
    settings = context.settings
    if settings.admin_password is None or settings.secret_key is None:
        raise NotKnown("No login is configured here. Set TWIN_ADMIN_PASSWORD and TWIN_SECRET_KEY.")
    attempts.begin(address, context.clock())
    right = hmac.compare_digest(password.encode(), settings.admin_password.get_secret_value().encode())
    if not (hmac.compare_digest(user.encode(), ADMIN.encode()) and right):
        raise NotKnown("User or password is wrong.")
    attempts.succeed(address)
    claims = {"sub": ADMIN, "iat": context.clock(), "exp": context.clock() + SESSION, "aud": "plantwin"}
    return jwt.encode(claims, _signing_key(settings), algorithm="HS256")


def _signing_key(settings: Settings) -> bytes:
    """Bound to the password too, so that changing the password ends every session."""
    secret = settings.secret_key.get_secret_value() if settings.secret_key else ""
    password = settings.admin_password.get_secret_value() if settings.admin_password else ""
    return hmac.new(secret.encode(), b"session|" + password.encode(), hashlib.sha256).digest()


def caller(context: Context, *, bearer: str | None, session: str | None) -> Caller:
    """Who is asking, by API key, else by session cookie, else (open servers only) anybody.

    Raises: NotKnown.
    """
    if bearer is not None:
        return _by_key(context, bearer)
    if is_open(context.settings):
        return EVERYBODY
    if session is not None:
        return _by_session(context, session)
    raise NotKnown("Log in at /login, or send an API key as 'Authorization: Bearer KEY'.")


def _by_session(context: Context, token: str) -> Caller:
    if context.settings.secret_key is None:
        raise NotKnown("No login is configured here.")
    try:
        claims = jwt.decode(token, _signing_key(context.settings), algorithms=["HS256"], audience="plantwin")
    except jwt.InvalidTokenError as error:
        raise NotKnown("The session has ended. Log in again.") from error
    return Caller(str(claims["sub"]), frozenset(Scope))


def _by_key(context: Context, text: str) -> Caller:
    mark, _, rest = text.partition("_")
    key_id, _, secret = rest.partition("_")
    with context.sessions() as session:
        key = store.get_key(session, key_id) if mark == KEY_MARK else None
        if key is None or not hmac.compare_digest(key.digest, _digest(secret)):
            raise NotKnown("The API key is not known.")
        now = now_us(context)
        if key.last_used_us is None or now - key.last_used_us > USE_NOTED_EVERY.total_seconds() * 1e6:
            store.note_use(session, key.id, now)
            session.commit()
    return Caller(f"key:{key.name}", frozenset(key.scopes))


def _digest(secret: str) -> str:
    """SHA-256: enough for 256 random bits, which cannot be guessed as a password can."""
    return hashlib.sha256(secret.encode()).hexdigest()


def create_key(context: Context, name: str, scopes: tuple[Scope, ...]) -> tuple[ApiKey, str]:
    """A new API key; its text is returned this once and never stored."""
    secret = secrets.token_hex(32)
    ordered = tuple(scope for scope in Scope if scope in scopes)
    key = ApiKey(secrets.token_hex(6), name, ordered, _digest(secret), now_us(context))
    with context.sessions() as session:
        store.add_key(session, key)
        session.commit()
    return key, f"{KEY_MARK}_{key.id}_{secret}"


def list_keys(context: Context) -> list[ApiKey]:
    """Every key, oldest first."""
    with context.sessions() as session:
        return store.all_keys(session)


def remove_key(context: Context, key: str) -> None:
    """Take a key back; it stops working at once.

    Raises: NotFound.
    """
    with context.sessions() as session:
        if not store.remove_key(session, key):
            raise NotFound("API key", key)
        session.commit()
