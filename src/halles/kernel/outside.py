# SPDX-License-Identifier: AGPL-3.0-or-later
"""Asking an address that a stranger gave us, without being led inside.

A name is resolved once, every address it has must be a public one, and it is that address which is called: a name that
answers differently the second time leads nowhere. Redirections are walked the same way. Slow, endless and enormous
answers are cut off. Hosts are asked at most once a second, since nobody asked them whether they want to be.

`post` hands something to a service that waits for it: only over https, at its usual port, without a pause, and it goes
where it was sent or nowhere.
"""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from urllib.parse import SplitResult, quote, urljoin, urlsplit

AGENT = "Halles/0.1"
PATIENCE = 10.0  # seconds for each step: to connect, to hear something
LONGEST = 60.0  # seconds altogether
MOST_REDIRECTIONS = 3
PAUSE = 1.0  # seconds between two questions to one host
POST_PATIENCE = 5.0  # seconds for each step of a post: a worker stands still meanwhile
POST_LONGEST = 10.0  # seconds for a post altogether
HTTPS_PORT = POST_PORT = 443
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


def check(address: str) -> SplitResult:
    """An address that may be posted to, as far as it can be told without asking for its name: taken apart.

    :raises Inside: when it is not https at the usual port, names somebody, or is a number or a name of the inside.
    """
    parts, port = _apart(address)
    host = parts.hostname or ""
    usual = parts.scheme == "https" and (port or HTTPS_PORT) == POST_PORT
    if not usual or parts.username is not None or parts.password is not None or parts.fragment:
        raise Inside(address)
    try:
        public = is_outside(host)
    except ValueError:  # a name; the last part of a public one begins with a letter
        public = "." in host and host.rpartition(".")[2][:1].isalpha()
    if not public:
        raise Inside(address)
    return parts


def post(address: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Hand something to a service; the status it answered with. A redirection is an answer like any other.

    :raises Inside: for addresses that are none of ours to call.
    :raises Unreachable: when it does not answer in time.
    """
    parts = check(address)
    host, port = parts.hostname or "", parts.port or HTTPS_PORT
    connection = _Connection(host, _resolved(host, port), port, secure=True, patience=POST_PATIENCE)
    watch = threading.Timer(POST_LONGEST, connection.cut)
    watch.start()
    try:
        connection.request("POST", _path(parts), body, {"User-Agent": AGENT, **headers})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException, UnicodeError, ValueError) as error:
        raise Unreachable(str(error)) from error
    finally:
        watch.cancel()
        connection.close()


def is_outside(ip: str) -> bool:
    """Whether this is the address of a public machine."""
    known = ipaddress.ip_address(ip.partition("%")[0])
    if isinstance(known, ipaddress.IPv6Address) and known.ipv4_mapped:
        known = known.ipv4_mapped
    return known.is_global and not known.is_multicast and not any(known in carrier for carrier in CARRIERS)


def _ask(address: str, most_bytes: int, until: float) -> bytes | str:
    """What is there, or where it went."""
    parts, port = _apart(address)
    host = parts.hostname or ""
    secure = parts.scheme == "https"
    ip = _resolved(host, port or (443 if secure else 80))
    _wait_for_turn(host)
    connection = _Connection(host, ip, port or (443 if secure else 80), secure=secure)
    try:
        connection.request("GET", _path(parts), headers={"User-Agent": AGENT})
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


def _apart(address: str) -> tuple[SplitResult, int | None]:
    """An address and its port, when it is one that can be called."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise Inside(address) from None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise Inside(address)
    if not address.isprintable() or " " in address:
        raise Inside(address)
    return parts, port


def _path(parts: SplitResult) -> str:
    return quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe=ALLOWED)


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

    def __init__(self, host: str, ip: str, port: int, *, secure: bool, patience: float | None = None) -> None:
        super().__init__(host, port, timeout=PATIENCE if patience is None else patience)
        self.ip, self.secure = ip, secure

    def connect(self) -> None:
        self.sock = socket.create_connection((self.ip, self.port), timeout=self.timeout)
        if self.secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)

    def cut(self) -> None:
        """End it from another thread: whoever reads from it is told so at once."""
        if open_socket := self.sock:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(open_socket, socket.SHUT_RDWR)
