# SPDX-License-Identifier: AGPL-3.0-or-later
"""OSRM: how long roads are, from a server that the operator runs (`HALLES_OSRM`)."""
