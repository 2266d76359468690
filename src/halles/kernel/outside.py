# SPDX-License-Identifier: AGPL-3.0-or-later
"""Asking an address that a stranger gave us, without being led inside.

A name is resolved once, every address it has must be a public one, and it is that address which is called: a name that
answers differently the second time leads nowhere. Redirections are walked the same way. Slow, endless and enormous
answers are cut off. Hosts are asked at most once a second, since nobody asked them whether they want to be.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from urllib.parse import quote, urljoin, urlsplit

AGENT = "Halles/0.1"
PATIENCE = 10.0  # seconds for each step: to connect, to hear something
LONGEST = 60.0  # seconds altogether
MOST_REDIRECTIONS = 3
PAUSE = 1.0  # seconds between two questions to one host
ALLOWED = "/?%:@!$&'()*+,;=~[]"  # stands in an address as it is; letters of other alphabets do not
# Networks that carry an IPv4 address within: where they lead is not theirs to say.
CARRIERS = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))
MOVED = frozenset({301, 302, 303, 307, 308})

_asked: dict[str, float] = {}
_asking = threading.Lock()


class Inside(Exception):
    """The address leads to a machine that is not public, or is none that we call."""


class Unreachable(Exception):
    """Nothing usable came; it may be tried again."""


def fetch(address: str, *, most_bytes: int) -> bytes:
    """What is at an address.

    :raises Inside: for addresses that are none of ours to call.
    :raises Unreachable: when it does not answer, answers with an error, or with more than `most_bytes`.
    """
    until = time.monotonic() + LONGEST
    for _ in range(MOST_REDIRECTIONS + 1):
        found = _ask(address, most_bytes, until)
        if isinstance(found, bytes):
            return found
        address = urljoin(address, found)
    raise Unreachable("too many redirections")


def is_outside(ip: str) -> bool:
    """Whether this is the address of a public machine."""
    known = ipaddress.ip_address(ip.partition("%")[0])
    if isinstance(known, ipaddress.IPv6Address) and known.ipv4_mapped:
        known = known.ipv4_mapped
    return known.is_global and not known.is_multicast and not any(known in carrier for carrier in CARRIERS)


def _ask(address: str, most_bytes: int, until: float) -> bytes | str:
    """What is there, or where it went."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise Inside(address) from None
    if parts.scheme not in {"http", "https"} or not host or not address.isprintable() or " " in address:
        raise Inside(address)
    secure = parts.scheme == "https"
    ip = _resolved(host, port or (443 if secure else 80))
    _wait_for_turn(host)
    connection = _Connection(host, ip, port or (443 if secure else 80), secure=secure)
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", quote(path, safe=ALLOWED), headers={"User-Agent": AGENT})
        answer = connection.getresponse()
        if answer.status in MOVED and (location := answer.headers.get("Location")):
            return location
        if answer.status != 200:
            raise Unreachable(f"answer {answer.status}")
        return _read(answer, most_bytes, until)
    except (OSError, http.client.HTTPException, UnicodeError, ValueError) as error:
        raise Unreachable(str(error)) from error
    finally:
        connection.close()


def _resolved(host: str, port: int) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable(str(error)) from error
    ips = [str(entry[4][0]) for entry in found]
    if not ips or not all(is_outside(ip) for ip in ips):
        raise Inside(host)
    return ips[0]


def _wait_for_turn(host: str) -> None:
    with _asking:
        now = time.monotonic()
        turn = max(now, _asked.get(host, 0) + PAUSE)
        _asked[host] = turn
        if len(_asked) > 1000:
            _asked.clear()
    time.sleep(turn - now)


def _read(answer: http.client.HTTPResponse, most_bytes: int, until: float) -> bytes:
    parts, size = [], 0
    while part := answer.read(64 * 1024):
        size += len(part)
        if size > most_bytes:
            raise Unreachable("too large")
        if time.monotonic() > until:
            raise Unreachable("too slow")
        parts.append(part)
    if answer.length:  # more was promised
        raise Unreachable("cut short")
    return b"".join(parts)


class _Connection(http.client.HTTPConnection):
    """Calls the address that was looked at, under the name that was asked for."""

    def __init__(self, host: str, ip: str, port: int, *, secure: bool) -> None:
        super().__init__(host, port, timeout=PATIENCE)
        self.ip, self.secure = ip, secure

    def connect(self) -> None:
        self.sock = socket.create_connection((self.ip, self.port), timeout=PATIENCE)
        if self.secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
