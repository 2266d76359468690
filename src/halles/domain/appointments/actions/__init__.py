# SPDX-License-Identifier: AGPL-3.0-or-later
"""What changes services and their times; one file a subject."""

from halles.domain.appointments.actions.absences import absent, back
from halles.domain.appointments.actions.book import Wanted, book, move, release, remind_once
from halles.domain.appointments.actions.feeds import close_feed, open_feed, renew_feed
from halles.domain.appointments.actions.setup import Setting, no_service, set_service

__all__ = [
    "Setting",
    "Wanted",
    "absent",
    "back",
    "book",
    "close_feed",
    "move",
    "no_service",
    "open_feed",
    "release",
    "remind_once",
    "renew_feed",
    "set_service",
]
