# SPDX-License-Identifier: AGPL-3.0-or-later
"""What changes baskets and orders, one file a use-case: baskets, place, prepare, pick, settle, timeouts."""
