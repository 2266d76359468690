# SPDX-License-Identifier: AGPL-3.0-or-later
"""Posting a letter once.

The outbox delivers at least once. What was posted is written down after the provider's yes, so that a letter
repeats only when the process dies between the two, and then under the same Message-ID.
"""

import hashlib
import uuid
from typing import Any

from halles.domain.journal import actions as journal
from halles.domain.journal import reads as acts
from halles.doors.ui.mail import letter

POSTED = "letters.posted"


def post(
    template: str, context: dict[str, Any], *, to: str, language: str, key: str, reply_to: str = ""
) -> None:
    """Post a letter to somebody who has an address; `key` names what it tells of."""
    if not to:
        return
    whole_key = f"{template} {key}"
    posted = hashlib.sha256(f"{whole_key} {to}".encode()).hexdigest()
    if acts.is_claimed(POSTED, posted):
        return
    letter(
        f"letters/{template}.html", context, to=to, language=language, key=whole_key, reply_to=reply_to
    ).send()
    journal.claim(POSTED, posted, "")  # by itself: what it is about has been done


def occurrence(act: str, subject: uuid.UUID) -> str:
    """Which time something was done, by its entry in the journal: an order may be changed twice.

    Two changes that wait for the same delivery are told in one letter, which shows what stands at last.
    """
    entry = acts.latest(act, subject)
    return str(entry.id) if entry else f"{act} {subject}"
