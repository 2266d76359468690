# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a product page weighs in a real Chromium, on a telephone 390 px wide that has never been here.

Weights are of bodies as they travel, compressed; 1 KB is 1,000 bytes. The page is scrolled to its end.
"""

import os
from typing import Any

from playwright.sync_api import Browser, Error, Page, Request, sync_playwright

from benchmarks.client import middle
from benchmarks.figures import Figure, Measured
from benchmarks.ground import USUAL, BenchError, Ground

CHROMIUM = "/usr/bin/chromium"
PHONE: Any = {"width": 390, "height": 844}
DENSITIES = (1, 2, 3)  # device pixels for one of CSS; the figures are of the first, the detail has all
PICTURES = 3
KB = 1000
FIRST = {"document", "stylesheet"}
BLOCKING = """() => performance.getEntriesByType("resource")
    .filter(e => e.renderBlockingStatus === "blocking").map(e => [e.initiatorType, e.name])"""

Visit = dict[str, Any]
_visits: dict[Ground, dict[int, Visit]] = {}


def visits(ground: Ground) -> dict[int, Visit]:
    """A first visit to the weighed product, for each density of screen."""
    if ground not in _visits:
        address = ground.house().replace("127.0.0.1", "localhost") + ground.town(USUAL)["product"]
        with sync_playwright() as playwright:
            arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
            chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
            try:
                _visits[ground] = {density: _visit(chromium, address, density) for density in DENSITIES}
            except Error as error:
                raise BenchError(f"chromium: {error.message}") from error
            finally:
                chromium.close()
    return _visits[ground]


def _visit(chromium: Browser, address: str, density: int) -> Visit:
    context = chromium.new_context(
        viewport=PHONE, device_scale_factor=density, is_mobile=True, has_touch=True, locale="fr-FR"
    )
    page = context.new_page()
    requests: list[Request] = []
    page.on("requestfinished", lambda request: requests.append(request))
    page.goto(address, wait_until="networkidle")
    _look_at_everything(page)
    blocking = page.evaluate(BLOCKING)
    responses = [_weighed(request) for request in requests]
    context.close()
    return {"responses": responses, "blocking": blocking}


def _look_at_everything(page: Page) -> None:
    """Scroll to the end, as lazy pictures wait for."""
    height = page.evaluate("document.documentElement.scrollHeight")
    for top in range(0, height, 400):
        page.evaluate("top => window.scrollTo(0, top)", top)
        page.wait_for_timeout(50)
    page.wait_for_load_state("networkidle")


def _weighed(request: Request) -> dict[str, Any]:
    sizes, response = request.sizes(), request.response()
    if response is None or response.status != 200:
        raise BenchError(f"{request.url} was not answered")
    return {
        "address": request.url.split("/", 3)[-1][:100],
        "type": request.resource_type,
        "bytes": sizes["responseBodySize"],
        "header_bytes": sizes["responseHeadersSize"],
        "encoding": response.headers.get("content-encoding", ""),
    }


def _bytes(visit: Visit, only: set[str] | None = None) -> int:
    return sum(r["bytes"] for r in visit["responses"] if only is None or r["type"] in only)


def _first(ground: Ground) -> Measured:
    visit = visits(ground)[DENSITIES[0]]
    parts = [r for r in visit["responses"] if r["type"] in FIRST]
    return Measured(_bytes(visit, FIRST) / KB, {"responses": parts})


def _total(ground: Ground) -> Measured:
    seen = visits(ground)
    visit = seen[DENSITIES[0]]
    pictures = [r for r in visit["responses"] if r["address"].startswith("media/")]
    if len(pictures) < PICTURES:
        raise BenchError(f"only {len(pictures)} pictures on the page")
    by_density = {f"{density}x": round(_bytes(one) / KB, 1) for density, one in seen.items()}
    detail = {"pictures": len(pictures), "kb_by_density": by_density, "responses": visit["responses"]}
    return Measured(_bytes(visit) / KB, detail)


def _requests(ground: Ground) -> Measured:
    visit = visits(ground)[DENSITIES[0]]
    scripts = [name for kind, name in visit["blocking"] if kind == "script"]
    if scripts:
        raise BenchError(f"scripts hold the page up: {scripts}")
    styles = [name.split("/", 3)[-1] for _, name in visit["blocking"]]
    counts = middle([len(one["responses"]) for one in visits(ground).values()])
    return Measured(
        counts,
        {
            "blocking_scripts": 0,
            "stylesheets": styles,
            "addresses": [r["address"] for r in visit["responses"]],
        },
    )


FIGURES = [
    Figure("weight.product.first", "KB", "<= 14", _first),
    Figure("weight.product.total", "KB", "<= 120", _total),
    Figure("requests.product", "requests", "<= 10", _requests),
]
