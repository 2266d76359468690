# SPDX-License-Identifier: AGPL-3.0-or-later
"""A visitor without a browser: reads pages, fills in their forms, keeps cookies. No Django, so that many can run.

`python -m tests.visitor ORIGIN PRODUCT NAME` orders one unit: it fills a basket, says `ready` when only the last
press is left, waits for a line on its input, presses, and says `sold` or `told`.
"""

import http.client
import sys
import urllib.parse
from dataclasses import dataclass, field
from html.parser import HTMLParser

PATIENCE = 60


@dataclass
class Form:
    """A form as it stands on a page: where it goes, what it would send if one pressed its button."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)


@dataclass
class Answer:
    """A page one arrived at, after all redirections."""

    path: str
    status: int
    text: str

    def form(self, with_field: str) -> Form:
        """The form that has this field."""
        reader = _Forms()
        reader.feed(self.text)
        for form in reader.forms:
            if any(name.startswith(with_field) for name in form.fields):
                return form
        raise LookupError(f"{self.path} has no form with {with_field}")


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(given.get("action", "")))
            self.inside = True
        elif tag in {"input", "textarea", "select"} and self.inside and "name" in given:
            chosen = given.get("type") not in {"radio", "checkbox"} or "checked" in given
            if chosen:
                self.forms[-1].fields[given["name"]] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False


class Visitor:
    """Somebody with one connection and a cookie jar."""

    def __init__(self, origin: str) -> None:
        self.host = urllib.parse.urlsplit(origin).netloc
        self.connection = http.client.HTTPConnection(self.host, timeout=PATIENCE)
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._ask("GET", path, None)

    def submit(self, page: Answer, with_field: str, **typed: str) -> Answer:
        """Fill in the form that has this field, and send it as a browser would."""
        form = page.form(with_field)
        target = urllib.parse.urljoin(page.path, form.action)
        return self._ask("POST", target, urllib.parse.urlencode(form.fields | typed))

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        headers = {
            "Sec-Fetch-Site": "same-origin",
            "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()),
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        text = response.read().decode()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        location = response.headers.get("Location")
        if location:
            return self._ask("GET", urllib.parse.urljoin(path, location), None)
        return Answer(path, response.status, text)


def order_one(origin: str, product: str, name: str) -> None:
    """Everything up to the last press, then the press when told to."""
    visitor = Visitor(origin)
    visitor.submit(visitor.get(product), "variante")
    checkout = visitor.get("/panier/commander")
    print("ready", flush=True)
    sys.stdin.readline()
    address = f"{name.lower().replace(' ', '')}@example.org"
    done = visitor.submit(checkout, "seen", nom=name, courriel=address)
    sold = done.path.startswith("/commande/") and done.status == 200
    told = done.path == "/panier/commander" and done.status == 200 and 'class="error' in done.text
    print(
        "sold" if sold else "told" if told else f"lost {done.status} {done.path} {done.text[:2000]}",
        flush=True,
    )


if __name__ == "__main__":
    order_one(*sys.argv[1:])
