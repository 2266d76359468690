# SPDX-License-Identifier: AGPL-3.0-or-later
"""What happens to a roll: `take` (receive its files), `look` (say what would happen), `add` (do it), `undo`."""
