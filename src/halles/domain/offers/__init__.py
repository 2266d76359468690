# SPDX-License-Identifier: AGPL-3.0-or-later
"""The one answer to a buyer's question: what does it cost, can I have it, where and when. No tables."""
