# SPDX-License-Identifier: AGPL-3.0-or-later
"""What happens to a bulk edit: `ask` (look, yes, undo), and `walk`, which does it article by article."""

from halles.domain.bulkedits.actions.ask import forget_old, look, start, undo

__all__ = ["forget_old", "look", "start", "undo"]
