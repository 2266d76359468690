# SPDX-License-Identifier: AGPL-3.0-or-later
"""« Ma boutique » as an application of its own on a phone."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_the_service_worker_rules_over_ma_boutique_alone() -> None:
    answer = Client().get("/gestion/sw.js")
    assert answer["Content-Type"] == "text/javascript"
    assert "Service-Worker-Allowed" not in answer.headers
    assert "no-cache" in answer["Cache-Control"]


def test_a_phone_can_put_it_on_its_home_screen() -> None:
    said = Client().get("/gestion/manifest.webmanifest").json()
    assert (said["start_url"], said["scope"], said["display"]) == ("/gestion/", "/gestion/", "standalone")
    assert {icon["sizes"] for icon in said["icons"]} == {"192x192", "512x512"}
