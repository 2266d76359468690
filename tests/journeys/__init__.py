# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whole jobs, in a real browser, against the whole house: server, worker, letters."""
