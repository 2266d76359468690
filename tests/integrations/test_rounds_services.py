# SPDX-License-Identifier: AGPL-3.0-or-later
"""The operator's own servers for roads and addresses, spoken to as their documentation says, and doing all they should not."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from halles.domain.rounds.ports import Address, Unknown
from halles.integrations.addresses.client import locate
from halles.integrations.osrm.client import seconds
from halles.kernel import named
from halles.kernel.named import Silent, ask

Answer = Callable[[str], tuple[int, bytes]]
PLACES = [(4658000, 34000), (4660123, 35000)]
DOOR = Address("12 rue Neuve & Cie", "86180", "Buxerolles")


@contextmanager
def a_server(answer: Answer) -> Iterator[tuple[str, list[str]]]:
    """Where it is, and what it was asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            status, body = answer(self.path)
            self.send_response(status)
            if status in (301, 302):
                self.send_header("Location", body.decode())
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        server.server_close()


def says(value: object, status: int = 200) -> Answer:
    """Always the same."""
    return lambda _path: (status, json.dumps(value).encode())


def feature(**facts: object) -> dict[str, Any]:
    """One find of the address base."""
    properties = {"type": "housenumber", "score": 0.92} | facts
    return {
        "features": [
            {"geometry": {"type": "Point", "coordinates": [0.350015, 46.600012]}, "properties": properties}
        ]
    }


def test_roads_are_asked_for_as_osrm_documents_it(settings: Any) -> None:
    table = {"code": "Ok", "durations": [[0, 310.4], [305.6, 0]], "sources": [], "destinations": []}
    with a_server(says(table)) as (settings.OSRM, asked):
        assert seconds(PLACES) == [[0, 310], [306, 0]]
    assert asked == ["/table/v1/driving/0.34000,46.58000;0.35000,46.60123?annotations=duration"]


@pytest.mark.parametrize(
    "answer",
    [
        says({"code": "NoTable"}, 400),
        says({"code": "NoTable"}),
        says({"code": "Ok", "durations": [[0, None], [1, 0]]}),
        says({"code": "Ok", "durations": [[0, 1]]}),
        says({"code": "Ok", "durations": [[0, -1], [1, 0]]}),
        says([]),
        lambda _path: (200, b"<html>"),
        lambda _path: (302, b"http://127.0.0.1:1/"),
        lambda _path: (200, b"[" * 100_000),
    ],
)
def test_roads_that_are_none_are_unknown(settings: Any, answer: Answer) -> None:
    with a_server(answer) as (settings.OSRM, _asked), pytest.raises(Unknown):
        seconds(PLACES)


def test_a_door_is_asked_for_as_the_address_base_documents_it(settings: Any) -> None:
    with a_server(says(feature())) as (settings.GEOCODER, asked):
        assert locate(DOOR) == (4660001, 35002)
    parts = urlsplit(asked[0])
    said = {"q": ["12 rue Neuve & Cie Buxerolles"], "postcode": ["86180"], "limit": ["1"]}
    assert (parts.path, parse_qs(parts.query)) == ("/search/", said)


def test_what_is_another_street_or_only_the_commune_is_not_the_door(settings: Any) -> None:
    for found in ({"features": []}, feature(score=0.3), feature(type="municipality")):
        with a_server(says(found)) as (settings.GEOCODER, _asked):
            assert locate(DOOR) is None


def test_nobody_there_is_unknown_and_a_slow_or_endless_answer_is_cut_off(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.OSRM = settings.GEOCODER = "http://127.0.0.1:9"
    with pytest.raises(Unknown):
        locate(DOOR)
    with pytest.raises(Unknown):
        seconds(PLACES)
    monkeypatch.setattr(named, "MOST_BYTES", 1000)
    with a_server(lambda _path: (200, b" " * 5000)) as (origin, _asked), pytest.raises(Silent):
        ask(origin)
    with pytest.raises(Silent):
        ask("file:///etc/passwd")
