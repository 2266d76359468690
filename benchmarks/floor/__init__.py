# SPDX-License-Identifier: AGPL-3.0-or-later
"""The floor: what the same server, Django and database do when a page does next to nothing."""
