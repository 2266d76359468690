# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whom we are connected to: one Django app a system."""
