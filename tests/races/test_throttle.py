# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many who do the same thing at the same moment, in real processes: as many may as may."""

from pathlib import Path

import pytest

from tests.races.together import together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

AT_ONCE, MOST = 12, 7
BEFORE = """
import datetime
from halles.domain.journal.throttle import take
hour = datetime.timedelta(hours=1)
"""
KNOCK = (
    f'print(take("ring", most={AT_ONCE}, within=hour),'
    f' sum(take("knock", most={MOST}, within=hour) for _ in range(3)))'
)


def test_as_many_as_may_and_nobody_is_refused_who_was_but_slower(tmp_path: Path) -> None:
    said = together(AT_ONCE, tmp_path, before=BEFORE, then=KNOCK)
    rung, knocked = zip(*(one.split() for one in said), strict=True)
    assert rung == ("True",) * AT_ONCE
    assert sum(map(int, knocked)) == MOST
