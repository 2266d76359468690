# SPDX-License-Identifier: AGPL-3.0-or-later
"""The market's team: shops that wait for a yes, and helping those who are stuck."""
