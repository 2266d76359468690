# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the journal holds on a person: the acts of an account. It names accounts by id and first name, not by address."""

from halles.domain.journal.models import JournalEntry
from halles.kernel.personal import Holding


def acts_of(reference: str) -> Holding:
    """The acts of an account, by its public id."""
    return Holding(
        what="acts",
        kept="as long as the records they explain (evidence of who did what)",
        rows=[
            {"at": entry.at.isoformat(), "act": entry.act, "as": entry.actor_label}
            for entry in JournalEntry.objects.filter(actor_reference=reference)
        ],
    )
