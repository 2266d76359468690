# SPDX-License-Identifier: AGPL-3.0-or-later
"""People known to a market by the contact they left."""
