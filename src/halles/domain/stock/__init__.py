# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is there, what is promised: levels, moves, reservations."""
