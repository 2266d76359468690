# SPDX-License-Identifier: AGPL-3.0-or-later
"""Real processes against one database: nothing is sold twice, nobody waits for ever."""
