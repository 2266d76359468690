# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bell: who in a shop is told that something waits, on which device, how often, until somebody has seen it."""
