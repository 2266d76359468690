# SPDX-License-Identifier: AGPL-3.0-or-later
"""Markets, their shops, places, hours, staff, legal identity."""
