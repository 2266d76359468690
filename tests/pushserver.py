# SPDX-License-Identifier: AGPL-3.0-or-later
"""A push service of our own, as Google, Apple or Mozilla run one, and the browsers that wait behind it.

It checks who sends (RFC 8292), keeps what its browsers have not fetched (RFC 8030: TTL and Topic), and each browser
decrypts with its own keys (RFC 8291), by other code than that which encrypted.
"""

import base64
import datetime as dt
import json
import os
import socket
import ssl
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, hmac, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.x509.oid import NameOID

from halles.kernel import outside

HOST = "push.example.org"


def unpacked(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def packed(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


@dataclass(frozen=True)
class Held:
    """A message as the service keeps it: sealed."""

    at: float
    ttl: int
    topic: str
    urgency: str
    sealed: bytes


@dataclass
class Browser:
    """Somebody's browser: its keys, and what waits for it."""

    name: str
    origin: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = field(default_factory=lambda: os.urandom(16))
    waits: list[Held] = field(default_factory=list)
    answer: int = 201  # what its service says

    @property
    def endpoint(self) -> str:
        return f"{self.origin}/wpush/{self.name}"

    @property
    def point(self) -> bytes:
        return self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )

    @property
    def said(self) -> dict[str, str]:
        """What it says of itself when it lets itself be rung."""
        return {"endpoint": self.endpoint, "p256dh": packed(self.point), "auth": packed(self.secret)}

    def fetch(self, *, now: Callable[[], float] = time.time) -> list[dict[str, str]]:
        """It is on: everything that waited and is not too old, opened."""
        came, self.waits = [held for held in self.waits if held.at + held.ttl > now()], []
        return [json.loads(self.open(held.sealed)) for held in came]

    def open(self, sealed: bytes) -> bytes:
        """RFC 8188 and 8291 read backwards, with HKDF written out."""
        salt, size, length = sealed[:16], int.from_bytes(sealed[16:20]), sealed[20]
        sender, body = sealed[21 : 21 + length], sealed[21 + length :]
        assert (size, length) == (4096, 65) and len(body) <= size
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        material = _expand(
            _mac(self.secret, self.key.exchange(ec.ECDH(), theirs)),
            b"WebPush: info\0" + self.point + sender,
            32,
        )
        kept = _mac(salt, material)
        opened = AESGCM(_expand(kept, b"Content-Encoding: aes128gcm\0", 16)).decrypt(
            _expand(kept, b"Content-Encoding: nonce\0", 12), body, None
        )
        plain, mark, _padding = opened.rpartition(b"\x02")
        assert mark
        return plain


def _mac(key: bytes, text: bytes) -> bytes:
    made = hmac.HMAC(key, hashes.SHA256())
    made.update(text)
    return made.finalize()


def _expand(key: bytes, info: bytes, length: int) -> bytes:
    return _mac(key, info + b"\x01")[:length]


class PushServer:
    """The service. `certificate` is what a client must trust to call it."""

    def __init__(self, folder: Path) -> None:
        self.browsers: dict[str, Browser] = {}
        self.complaints: list[str] = []
        self.accepted: list[float] = []
        self.certificate = _certificate(folder)
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate)
        self.http.socket = context.wrap_socket(self.http.socket, server_side=True)
        self.port = self.http.server_port
        self.origin = f"https://{HOST}:{self.port}"

    def browser(self, name: str = "") -> Browser:
        """A new browser that waits behind this service."""
        browser = Browser(name or f"b{len(self.browsers)}", self.origin)
        self.browsers[browser.name] = browser
        return browser

    def take(self, name: str, headers: dict[str, str], body: bytes) -> tuple[int, str]:
        """One message: the status, and where to go for a redirection."""
        browser = self.browsers.get(name)
        if browser is None:
            return 404, ""
        if trouble := _trouble(headers, self.origin, time.time()):
            self.complaints.append(trouble)
            return 403, ""
        if browser.answer >= 300:
            return browser.answer, "https://127.0.0.1/elsewhere"
        held = Held(time.time(), int(headers["ttl"]), headers["topic"], headers["urgency"], body)
        browser.waits = [one for one in browser.waits if one.topic != held.topic] + [held]
        self.accepted.append(time.time())
        return browser.answer, ""

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                status, location = service.take(self.path.rpartition("/")[2], headers, body)
                self.send_response(status)
                if location:
                    self.send_header("Location", location)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        return Handler


def _trouble(headers: dict[str, str], origin: str, now: float) -> str:
    """What RFC 8030, 8188 and 8292 forbid; nothing when all is well."""
    if headers.get("content-encoding") != "aes128gcm" or not headers.get("ttl", "").isdecimal():
        return "neither encrypted nor dated"
    if len(headers.get("topic", "")) > 32 or headers.get("urgency") not in {
        "very-low",
        "low",
        "normal",
        "high",
    }:
        return "a wrong topic or urgency"
    scheme, _, given = headers.get("authorization", "").partition(" ")
    said = dict(part.strip().split("=", 1) for part in given.split(","))
    if scheme != "vapid" or set(said) != {"t", "k"}:
        return "no vapid"
    head, claims, signature = said["t"].split(".")
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unpacked(said["k"]))
    octets = unpacked(signature)
    der = encode_dss_signature(int.from_bytes(octets[:32]), int.from_bytes(octets[32:]))
    key.verify(der, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    told: dict[str, Any] = json.loads(unpacked(claims))
    if json.loads(unpacked(head)) != {"typ": "JWT", "alg": "ES256"}:
        return "another sort of token"
    if told["aud"] != origin:
        return f"meant for {told['aud']}"
    if not now < told["exp"] <= now + 24 * 3600:
        return "out of date"
    return "" if told["sub"].startswith(("mailto:", "https:", "http://localhost")) else "nobody to write to"


def _certificate(folder: Path) -> Path:
    """A certificate that signs itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "push.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return path


@contextmanager
def push_server() -> Iterator[PushServer]:
    """The service, as long as it is needed."""
    with tempfile.TemporaryDirectory() as folder:
        server = PushServer(Path(folder))
        threading.Thread(target=server.http.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            server.http.shutdown()
            server.http.server_close()


def come_near(port: int, certificate: str) -> None:
    """Make this process, which is a test's, see the service where the world would see it: outside, at the usual port."""
    look_up = socket.getaddrinfo

    def resolve(host: Any, *given: Any, **how: Any) -> Any:
        return look_up("127.0.0.1" if host == HOST else host, *given, **how)

    os.environ["SSL_CERT_FILE"] = certificate
    socket.getaddrinfo = resolve
    outside.is_outside = lambda ip: ip == "127.0.0.1" or _is_outside(ip)
    outside.POST_PORT = port


_is_outside = outside.is_outside
