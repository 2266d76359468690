# SPDX-License-Identifier: AGPL-3.0-or-later
"""A shop's round to its customers' doors: in which order, when about, and what came of each stop (ADR-0017)."""
