# SPDX-License-Identifier: AGPL-3.0-or-later
"""The last journey, by its name: is there a screen or an act of « Ma boutique » that no other one has reached?

Only a run of all of them can tell, in one process: `python -m tools.suite journeys` asks for it with `--every-act`.
"""

import pytest
from django.test import Client

from tests import visits
from tests.factories import a_shop, owner_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_no_screen_and_no_act_was_left_out(request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("every_act"):
        pytest.skip("asked of a run of all journeys: --every-act")
    client = Client()
    client.force_login(owner_of(a_shop()))
    offered = visits.offered(client)
    left_out = [" ".join(one) for one in sorted(offered - visits.VISITED)]
    assert not left_out, "; ".join(left_out)
