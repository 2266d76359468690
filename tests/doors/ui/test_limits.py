# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where a request comes from: told apart, and never kept."""

from typing import Any

import pytest
from django.test import RequestFactory

from halles.domain.journal.models import Throttle
from halles.doors.ui import limits
from halles.doors.ui.limits import HOUR, By, Rate


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
def test_behind_our_own_proxy_the_last_address_counts(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    monkeypatch.setattr(limits, "RATES", {"knock": (Rate(By.PLACE, 1, HOUR),)})

    def knock(forwarded: str) -> bool:
        request = RequestFactory().post("/", REMOTE_ADDR="127.0.0.1", headers={"X-Forwarded-For": forwarded})
        return limits.allow(request, "knock")

    assert knock("198.51.100.1, 192.0.2.7")
    assert not knock("198.51.100.2, 192.0.2.7")  # what a visitor claims himself changes nothing
    assert knock("192.0.2.8")


@pytest.mark.django_db
def test_no_address_is_kept() -> None:
    assert limits.allow(RequestFactory().post("/", REMOTE_ADDR="192.0.2.7"), "order_unproved")
    (kept,) = Throttle.objects.values_list()
    assert "192.0.2.7" not in str(kept)


@pytest.mark.django_db
def test_what_a_place_may_not_any_more_costs_a_key_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a stranger who is stopped could go on using up what somebody else may ask."""
    monkeypatch.setattr(limits, "RATES", {"knock": (Rate(By.KEY, 2, HOUR), Rate(By.PLACE, 1, HOUR))})

    def knock(address: str) -> bool:
        return limits.allow(RequestFactory().post("/", REMOTE_ADDR=address), "knock", key="door")

    assert knock("192.0.2.7")
    assert not knock("192.0.2.7")
    assert not knock("192.0.2.7")
    assert knock("192.0.2.8")
    assert not knock("192.0.2.9")
