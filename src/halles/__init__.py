# SPDX-License-Identifier: AGPL-3.0-or-later
"""Halles: a town's independent shops sell together, from one stock and one set of accounts."""
