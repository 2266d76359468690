# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the demonstration town is made of: its market and its shops, as TOML facts."""
