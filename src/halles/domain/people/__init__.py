# SPDX-License-Identifier: AGPL-3.0-or-later
"""Accounts: people who sign in (merchants, staff, operators)."""
