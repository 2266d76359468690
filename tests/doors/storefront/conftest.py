# SPDX-License-Identifier: AGPL-3.0-or-later
"""A neighbour at home."""

import pytest
from django.test import Client


@pytest.fixture
def browser() -> Client:
    """A browser that says where its posts come from, as all do."""
    return Client(headers={"Sec-Fetch-Site": "same-origin"})
