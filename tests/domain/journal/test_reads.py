# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the journal tells."""

import pytest
from tests.factories import a_shop

from halles.domain.journal import actions, reads
from halles.kernel.actor import SYSTEM


@pytest.mark.django_db
def test_the_last_time_something_was_done_is_not_the_last_time_anything_was() -> None:
    shop, other = a_shop(selling=False), a_shop(selling=False)
    for subject, act, number in (
        (shop, "rang", 1),
        (shop, "rang", 2),
        (shop, "knocked", 3),
        (other, "rang", 4),
    ):
        actions.record(act, subject, by=SYSTEM, number=number)
    latest = reads.latest("rang", shop.id)
    assert latest is not None
    assert latest.details["number"] == 2
