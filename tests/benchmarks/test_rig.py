# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rig reads its client rightly and says its figures as promised. How fast we are is not tested here."""

import json

import pytest
from benchmarks.__main__ import FIGURES
from benchmarks.backoffice import screens_among
from benchmarks.client import alternate, read
from benchmarks.figures import Figure, Measured
from benchmarks.ground import BenchError
from django.http import HttpResponse
from django.urls import path
from tests import factories as make

from benchmarks import screens

PREAMBLE = "Running 3s test @ http://127.0.0.1:8000\n  2 threads and 32 connections\n"
SEEN = {
    "requests": 1290,
    "microseconds": 3_000_000,
    "bytes": 12_900_000,
    "median": 71_200,
    "p99": 120_000,
    "refused": 0,
    "broken": 0,
}


def test_a_run_is_read_from_the_last_line() -> None:
    run = read(PREAMBLE + json.dumps(SEEN) + "\n")

    assert (run.per_second, run.median, run.p99, run.bytes_each) == (430.0, 71.2, 120.0, 10_000.0)


@pytest.mark.parametrize(
    "output",
    [
        "",
        "unable to connect to 127.0.0.1:8000 Connection refused\n",
        PREAMBLE + json.dumps(SEEN | {"requests": 0}),
        PREAMBLE + json.dumps(SEEN | {"refused": 1}),
        PREAMBLE + json.dumps(SEEN | {"broken": 3}),
    ],
)
def test_a_run_with_anything_wrong_in_it_is_no_run(output: str) -> None:
    with pytest.raises(BenchError):
        read(output)


def test_what_is_compared_is_measured_in_turn() -> None:
    order: list[str] = []

    def measure(name: str, value: float) -> float:
        order.append(name)
        return value

    floors, values = alternate(lambda: measure("A", 1.0), lambda: measure("B", 3.0), rounds=2)

    assert order == ["A", "B", "A", "B"]
    assert (floors, values) == ([1.0, 1.0], [3.0, 3.0])


def test_a_figure_is_one_line_of_json() -> None:
    figure = Figure("storefront.product.warm", "floors", ">= 3", lambda ground: Measured(0))

    line = figure.line(Measured(12.345678, {"page": "/boutiques/l-étal"}))

    assert "\n" not in line
    assert json.loads(line) == {
        "name": "storefront.product.warm",
        "value": 12.3457,
        "unit": "floors",
        "goal": ">= 3",
        "detail": {"page": "/boutiques/l-étal"},
    }


SCREEN = {
    "name": "today",
    "path": "/gestion/",
    "status": 200,
    "type": "text/html",
    "queries": [15, 13],
    "bytes": 9,
}


def test_what_is_only_done_and_what_is_no_page_is_not_measured() -> None:
    others = [
        SCREEN | {"status": 405},
        SCREEN | {"type": "text/csv"},
        SCREEN | {"name": "ring", "status": 302},
    ]

    assert screens_among([SCREEN, *others]) == [SCREEN]


@pytest.mark.parametrize("wrong", [{"status": 302}, {"status": 404}, {"queries": [16, 13]}])
def test_a_screen_that_does_not_open_or_asks_too_much_fails_the_figure(wrong: dict[str, object]) -> None:
    with pytest.raises(BenchError, match="/gestion/"):
        screens_among([SCREEN | wrong])


@pytest.mark.django_db
def test_a_screen_whose_address_needs_what_nobody_knows_fails_the_figure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    new = path("articles/<uuid:unheard_of>", lambda request, unheard_of: HttpResponse(), name="new")
    monkeypatch.setattr(screens, "_objects", lambda shop: {})
    monkeypatch.setattr("halles.doors.backoffice.urls.urlpatterns", [new])

    with pytest.raises(KeyError, match="unheard_of"):
        list(screens.addresses(make.a_shop()))


def test_every_figure_promised_is_there_once() -> None:
    names = [figure.name for figure in FIGURES]

    assert len(names) == len(set(names))
    for family in (
        "floor",
        "storefront.",
        "backoffice.slowest",
        "inp.slowest",
        "growth.",
        "orders.place.",
        "weight.product.",
        "requests.",
        "lighthouse.",
    ):
        assert any(name.startswith(family) for name in names)
