# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who comes in: one Django app an audience. Doors own no tables and do not know one another."""
