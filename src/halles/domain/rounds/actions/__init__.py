# SPDX-License-Identifier: AGPL-3.0-or-later
"""What happens to a round: `ordering` (ask for a good order, make it), `driving` (move a stop, leave), `doors` (what came of one)."""
