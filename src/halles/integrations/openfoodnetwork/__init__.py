# SPDX-License-Identifier: AGPL-3.0-or-later
"""Open Food Network: a shop's catalogue comes in from its exports."""
