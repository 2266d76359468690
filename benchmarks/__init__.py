# SPDX-License-Identifier: AGPL-3.0-or-later
"""What we claim about speed, measured on the real product; see docs/speed.md."""
