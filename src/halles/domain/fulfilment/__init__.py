# SPDX-License-Identifier: AGPL-3.0-or-later
"""How goods reach a neighbour: a place, a calendar, a capacity and a circle of people (ADR-0014). It knows no orders."""
