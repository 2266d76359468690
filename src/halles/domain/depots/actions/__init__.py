# SPDX-License-Identifier: AGPL-3.0-or-later
"""What changes orders at a depot, and the link of its keeper."""

from halles.domain.depots.actions.links import make_link, stop_link
from halles.domain.depots.actions.parcels import arrive, arrive_all, hand_over, not_there, take_back

__all__ = ["arrive", "arrive_all", "hand_over", "make_link", "not_there", "stop_link", "take_back"]
