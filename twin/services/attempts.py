"""Wrong passwords slow the next try down, from each address on its own, so that guessing takes longer than a life."""

from __future__ import annotations

import ipaddress
import math
import threading
from collections import OrderedDict
from datetime import datetime, timedelta

from twin.errors import TooMany

FREE = 5
"""Wrong passwords in a row that cost nothing: fingers slip."""
FIRST_WAIT_S, LONGEST_WAIT_S = 1.0, 300.0
"""Doubled with each wrong password in between; at five minutes a try, ten random characters outlast everybody."""
FORGOTTEN_AFTER = timedelta(hours=24)
MOST_ADDRESSES = 10_000
"""Addresses that are remembered: whoever commands more than that pushes out their own oldest."""
IPV6_NETWORK_BITS = 64
"""One subscriber usually holds a whole network of this size (RFC 6177, section 2)."""


class Attempts:
    """Wrong passwords by the address they came from, in the memory of one process."""

    def __init__(self) -> None:
        self._wrong: OrderedDict[str, tuple[int, datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, address: str, now: datetime) -> None:
        """Count a try before its password is looked at, so that tries at the same time do not slip past each other.

        Raises: TooMany, while the address still has to wait; such a try does not count.
        """
        origin = origin_of(address)
        with self._lock:
            wrong, last = self._wrong.get(origin, (0, now))
            if now - last > FORGOTTEN_AFTER:
                wrong = 0
            left_s = wait_s(wrong) - (now - last).total_seconds()
            if left_s > 0.0:
                raise TooMany("Too many wrong passwords from this address", math.ceil(left_s))
            self._wrong[origin] = (wrong + 1, now)
            self._wrong.move_to_end(origin)
            while len(self._wrong) > MOST_ADDRESSES:
                self._wrong.popitem(last=False)

    def succeed(self, address: str) -> None:
        """Forget what an address got wrong: it knows the password."""
        with self._lock:
            self._wrong.pop(origin_of(address), None)


def wait_s(wrong: int) -> float:
    """How long to wait after so many wrong passwords in a row, s."""
    if wrong < FREE:
        return 0.0
    doublings = min(wrong - FREE, math.ceil(math.log2(LONGEST_WAIT_S / FIRST_WAIT_S)))
    return float(min(FIRST_WAIT_S * 2**doublings, LONGEST_WAIT_S))


def origin_of(address: str) -> str:
    """Who is counted as one: an IPv4 address, or the network of an IPv6 address."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, IPV6_NETWORK_BITS), strict=False))
