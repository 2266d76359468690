# SPDX-License-Identifier: AGPL-3.0-or-later
"""Services by appointment: who or what does them, at which times, and who comes when. Knows no orders (ADR-0016)."""
