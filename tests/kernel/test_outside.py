# SPDX-License-Identifier: AGPL-3.0-or-later
"""A stranger's address leads outside, or nowhere; what answers badly is cut off."""

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from tests.pushserver import HOST, PushServer

from halles.kernel import outside
from halles.kernel.outside import Inside, Unreachable, fetch

MOST = 10_000
HEADERS = {"TTL": "1", "Content-Encoding": "none"}


class Answers(BaseHTTPRequestHandler):
    """What a host far away may say."""

    def do_GET(self) -> None:
        match self.path.partition("?")[0]:
            case "/picture":
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"picture " + self.headers["Host"].encode() + self.path.encode())
            case "/large":
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"x" * (MOST + 1))
            case "/short":
                self.send_response(200)
                self.send_header("Content-Length", "500")
                self.end_headers()
                self.wfile.write(b"x")
            case "/round":
                self.go("/round")
            case "/moved":
                self.go("picture?from=moved")
            case "/inside":
                self.go("http://169.254.169.254/latest/meta-data")
            case "/file":
                self.go("file:///etc/passwd")
            case _:
                self.send_error(404)

    def go(self, where: str) -> None:
        self.send_response(302)
        self.send_header("Location", where)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "PAUSE", 0)


@pytest.fixture
def far(port: int, monkeypatch: pytest.MonkeyPatch) -> str:
    """Our server as a host on the other side of the world."""
    monkeypatch.setattr(outside, "is_outside", lambda ip: ip == "127.0.0.1")
    return f"http://localhost:{port}"


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/",
        "http://169.254.169.254/latest/meta-data", "http://10.0.0.8/", "http://172.16.1.1/", "http://192.168.1.1/",
        "http://2130706433/", "http://0x7f000001/", "http://127.1/", "http://[fe80::1%25lo]/", "http://[fc00::1]/",
        "http://100.64.0.1/", "http://224.0.0.1/", "http://user:pass@127.0.0.1/", "http://127.0.0.1.:80/",
        "file:///etc/passwd", "ftp://example.org/a", "gopher://example.org/", "//example.org/a", "http:///a", "",
        "http://[::1/", "http://example.org:99999/", "http://exam ple.org/", "http://example.org/\r\nX: y",
    ],
)  # fmt: skip
def test_nothing_inside_is_called(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[object] = []
    monkeypatch.setattr(socket, "create_connection", lambda *given, **_: called.append(given))
    with pytest.raises((Inside, Unreachable)):
        fetch(address, most_bytes=MOST)
    assert not called


def test_what_is_public_is_told_from_what_is_not() -> None:
    assert outside.is_outside("93.184.216.34")
    assert outside.is_outside("2606:2800:220:1::1")
    assert not outside.is_outside("::ffff:10.0.0.1")
    assert not outside.is_outside("64:ff9b:1::1")


def test_a_picture_comes_under_the_name_that_was_asked_for(far: str) -> None:
    host = far.removeprefix("http://")
    assert fetch(f"{far}/picture?a=é&b=1", most_bytes=MOST).startswith(f"picture {host}/picture?a=".encode())
    assert fetch(f"{far}/moved", most_bytes=MOST).endswith(b"from=moved")


@pytest.mark.parametrize("path", ["/large", "/short", "/round", "/gone"])
def test_a_bad_answer_is_no_answer(far: str, path: str) -> None:
    with pytest.raises(Unreachable):
        fetch(far + path, most_bytes=MOST)


@pytest.mark.parametrize("path", ["/inside", "/file"])
def test_a_redirection_does_not_lead_inside(far: str, path: str) -> None:
    with pytest.raises(Inside):
        fetch(far + path, most_bytes=MOST)


def test_a_name_that_changes_its_answer_is_called_where_it_was_looked_at(
    far: str, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["127.0.0.1", "10.0.0.1"])

    def resolve(host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    connected: list[tuple[str, int]] = []
    connect = socket.create_connection
    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(
        socket, "create_connection", lambda to, **how: connected.append(to) or connect_to(connect, to, port)
    )
    assert fetch(f"http://two-faced.example:{port}/picture", most_bytes=MOST)
    assert connected == [("127.0.0.1", port)]


def connect_to(connect: Any, to: tuple[str, int], port: int) -> socket.socket:
    found = socket.socket()
    found.connect(("127.0.0.1", port))
    return found


def test_a_host_that_says_nothing_is_not_waited_for(far: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "PATIENCE", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        began = time.monotonic()
        with pytest.raises(Unreachable):
            fetch(f"http://localhost:{silent.getsockname()[1]}/", most_bytes=MOST)
    assert time.monotonic() - began < 5


def test_a_host_is_asked_once_a_moment(far: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "PAUSE", 0.3)
    began = time.monotonic()
    for _ in range(3):
        fetch(f"{far}/picture", most_bytes=MOST)
    assert time.monotonic() - began >= 0.6


@pytest.mark.parametrize(
    "address",
    [
        "http://push.example.org/a", "https://push.example.org:8443/a", "https://a:b@push.example.org/", "https://a@push.example.org/",
        "https://push.example.org/a#b", "https://localhost/", "https://intranet/", "https://127.0.0.1/", "https://10.0.0.8/",
        "https://[::1]/", "https://[fe80::1%25lo]/", "https://2130706433/", "https://0x7f.1/", "https://127.1/", "https://example.org./",
        "https://169.254.169.254/", "https://push.example.org\n/", "https://push .example.org/", "ftp://example.org/", "", "https://",
    ],
)  # fmt: skip
def test_a_post_goes_only_over_https_at_its_usual_port_and_outside(address: str) -> None:
    with pytest.raises(Inside):
        outside.check(address)
    with pytest.raises(Inside):
        outside.post(address, b"", {})


def test_a_post_does_not_follow_and_does_not_wait_its_turn(
    push: PushServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outside, "PAUSE", 60)
    browser = push.browser()
    browser.answer = 307
    assert [outside.post(browser.endpoint, b"", HEADERS) for _ in range(2)] == [403, 403]
    assert outside.post(f"{push.origin}/nobody", b"", HEADERS) == 404


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 201 Created\r\nA: b"])
def test_a_service_that_says_one_thing_after_the_other_is_cut_off(
    push: PushServer, monkeypatch: pytest.MonkeyPatch, said: bytes
) -> None:
    monkeypatch.setattr(outside, "POST_LONGEST", 0.5)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(push.certificate)
    began = time.monotonic()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        monkeypatch.setattr(outside, "POST_PORT", listening.getsockname()[1])
        threading.Thread(target=talk_for_ever, args=(listening, context, said), daemon=True).start()
        with contextlib.suppress(Unreachable):  # headers that are cut off may still have said something
            outside.post(f"https://{HOST}:{outside.POST_PORT}/", b"x", {})
    assert time.monotonic() - began < 3


def talk_for_ever(listening: socket.socket, context: ssl.SSLContext, said: bytes) -> None:
    with contextlib.suppress(OSError), context.wrap_socket(listening.accept()[0], server_side=True) as heard:
        while True:
            heard.sendall(said)
            time.sleep(0.1)
