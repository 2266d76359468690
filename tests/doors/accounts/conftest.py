# SPDX-License-Identifier: AGPL-3.0-or-later
"""A market at whose door nobody has knocked yet."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from tests import factories

from halles.domain.shops.models import Market


@pytest.fixture
def nobody_came_before(db: None) -> Iterator[None]:
    """Limits are counted in the shared cache."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def market(db: None) -> Market:
    return factories.a_market()
