# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where a request comes from: told apart, and never kept."""

from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory

from halles.doors.ui import limits


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.7", "192.0.2.8", False),
        ("192.0.2.7", "::ffff:192.0.2.7", True),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),  # a household chooses the second half itself
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
    ],
)
def test_one_household_is_one(one: str, other: str, same: bool) -> None:
    assert (limits.whence(one) == limits.whence(other)) is same


@pytest.mark.django_db
def test_behind_our_own_proxy_the_last_address_counts(settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = {"knock": "1/h/ip"}

    def knock(forwarded: str) -> bool:
        request = RequestFactory().post("/", REMOTE_ADDR="127.0.0.1", headers={"X-Forwarded-For": forwarded})
        return limits.allow(request, "knock")

    assert knock("198.51.100.1, 192.0.2.7")
    assert not knock("198.51.100.2, 192.0.2.7")  # what a visitor claims himself changes nothing
    assert knock("192.0.2.8")


@pytest.mark.django_db
def test_no_address_is_kept(settings: Any) -> None:
    limits.allow(RequestFactory().post("/", REMOTE_ADDR="192.0.2.7"), "order_unproved")
    with connection.cursor() as cursor:
        table = settings.CACHES["default"]["LOCATION"]
        cursor.execute(f"SELECT cache_key, value FROM {table}")
        kept = cursor.fetchall()
    assert any(limits.whence("192.0.2.7") in key for key, _ in kept)
    assert "192.0.2.7" not in str(kept)
