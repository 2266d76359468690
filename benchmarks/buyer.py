# SPDX-License-Identifier: AGPL-3.0-or-later
"""A neighbour who orders: the requests of a browser, with as little work on this side as can be."""

import html
import http.client
import re
import urllib.parse

from benchmarks.ground import BenchError

REQUESTS = 6
PATIENCE = 60
INPUT = re.compile(r"<input\b[^>]*>")
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


class Buyer:
    """One kept connection, from an address of this machine that is its own, and a cookie jar."""

    def __init__(self, origin: str, *, household: int) -> None:
        self.connection = http.client.HTTPConnection(
            urllib.parse.urlsplit(origin).netloc,
            timeout=PATIENCE,
            source_address=(f"127.1.{household // 250}.{1 + household % 250}", 0),
        )
        self.cookies: dict[str, str] = {}

    def order(self, product: str, who: str) -> None:
        """One whole flow, from the product's page to the order's.

        :raises BenchError: when it does not lead there.
        """
        fields = _fields(self._get(product))
        basket = self._post("/panier", {name: fields[name] for name in ("article", "variante", "quantite")})
        self._get(basket)
        fields = _fields(self._get("/panier/commander"))
        contact = {"nom": "Cliente", "courriel": f"cliente-{who}@bench.halles.test", "telephone": ""}
        order = self._post("/panier/commander", fields | contact)
        if not order.startswith("/commande/"):
            raise BenchError(f"{product} led to {order}")
        self._get(order)

    def _get(self, path: str) -> str:
        status, _, text = self._ask("GET", path, None)
        if status != 200:
            raise BenchError(f"{path}: {status}")
        return text

    def _post(self, path: str, fields: dict[str, str]) -> str:
        """Where it leads."""
        status, location, text = self._ask("POST", path, urllib.parse.urlencode(fields))
        if status != 303:
            said = re.findall(r'class="error"[^>]*>(.*?)</p>', text, re.DOTALL)
            raise BenchError(f"POST {path}: {status} {said}")
        return location

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, str, str]:
        headers = {"Sec-Fetch-Site": "same-origin", "Accept-Encoding": "identity"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        text = response.read().decode()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
            if value in ("", '""'):
                del self.cookies[name]
        return response.status, response.headers.get("Location", ""), text


def _fields(page: str) -> dict[str, str]:
    """What the page's inputs would send; a radio or a box only when it is chosen."""
    found: dict[str, str] = {}
    for tag in INPUT.findall(page):
        given = dict(ATTRIBUTE.findall(tag))
        if "name" in given and (given.get("type") not in {"radio", "checkbox"} or " checked" in tag):
            found[given["name"]] = html.unescape(given.get("value", ""))
    return found
