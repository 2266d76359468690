# SPDX-License-Identifier: AGPL-3.0-or-later
"""A market at whose door nobody has knocked yet."""

import pytest
from tests import factories

from halles.domain.shops.models import Market


@pytest.fixture
def market(db: None) -> Market:
    return factories.a_market()
