# SPDX-License-Identifier: AGPL-3.0-or-later
"""What changes baskets and orders, one file a use-case.

A customer's: baskets, place, again, answers, slot. The shop's: note, prices, prepare, pick, weigh, settle, later.
Time's: timeouts. The places in slots that they hold: bookings.
"""
