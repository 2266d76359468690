# SPDX-License-Identifier: AGPL-3.0-or-later
"""Odoo: a shop's catalogue comes in from its exports."""
