# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the page of a bulk edit shows: what was asked, how many of each outcome, examples before and after, reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from halles.domain.bulkedits import reads
from halles.domain.bulkedits.examples import examples
from halles.domain.bulkedits.models import BulkEdit, EditedProduct
from halles.domain.bulkedits.rules import Asked, How, Rounding, What
from halles.domain.catalogue.actions import Snapshot
from halles.domain.catalogue.models import Availability, Category
from halles.doors.backoffice import words
from halles.doors.backoffice.forms.bulk_edits import AVAILABILITIES, ROUNDINGS, SOLD_OUT, WHATS
from halles.doors.backoffice.kept import kept
from halles.doors.ui import formats
from halles.doors.ui.imports import why

State = BulkEdit.State
Outcome = EditedProduct.Outcome
UNDER_WAY = {State.LOOKING, State.RUNNING, State.UNDOING}
EXAMPLES = 10
SHOWN = 20  # articles that are named with their reason


@dataclass(frozen=True, slots=True)
class Shown:
    """An article before and after, in words or amounts."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Former:
    """A bulk edit in the list."""

    href: str
    of: BulkEdit
    words: str
    changed: str


def address(edit: BulkEdit) -> str:
    """Its page."""
    return reverse("backoffice:bulk_edit", args=[edit.id])


def undo_address(edit: BulkEdit) -> str:
    """Where it is taken back."""
    return reverse("backoffice:bulk_edit_undo", args=[edit.id])


def told(edits: Sequence[BulkEdit]) -> list[Former]:
    """Bulk edits for the list. One query, and one for each that names a « rayon »."""
    counts = reads.counts(edits)
    return [
        Former(
            address(edit), edit, asked_words(*reads.asked_of(edit)), changed_words(counts[edit.id]["changed"])
        )
        for edit in edits
    ]


def context(edit: BulkEdit) -> dict[str, Any]:
    """All that the page needs in the state the edit is in."""
    asked, category = reads.asked_of(edit)
    counts = reads.counts([edit])[edit.id]
    said: dict[str, Any] = {
        "edit": edit,
        "asked": asked,
        "title": asked_words(asked, category),
        "under_way": edit.state in UNDER_WAY,
        "counts": counts,
    }
    match edit.state:
        case State.LOOKED:
            return said | _findings(edit) | {"act": act_words(asked.what, counts["ready"])}
        case State.DONE:
            return said | _findings(edit) | {"changed": changed_words(counts["changed"])}
        case State.UNDONE:
            return said | {"kept": kept(reads.kept_of(edit))}
        case _:
            return said


def _findings(edit: BulkEdit) -> dict[str, Any]:
    refused = reads.some(edit, Outcome.REFUSED, SHOWN)
    overtaken = reads.some(edit, Outcome.OVERTAKEN, SHOWN)
    return {
        "examples": [
            Shown(one.name, *_before_after(one.before, one.after)) for one in examples(edit, EXAMPLES)
        ],
        "refused": [(product.name, why(row.problem, {})) for row, product in refused],
        "overtaken": [product.name for _row, product in overtaken],
    }


def _before_after(before: Snapshot, after: Snapshot) -> tuple[str, str]:
    """The one thing that differs, as it is and as it would be."""
    if before.status != after.status:
        return str(words.STATUSES[before.status]), str(words.STATUSES[after.status])
    if before.facts.category != after.facts.category:
        return _category(before.facts.category), _category(after.facts.category)
    if before.facts.vat_rate != after.facts.vat_rate:
        return _rate(before), _rate(after)
    if before.sold_out is not None:
        return _availability(before), _availability(after)
    return _prices(before), _prices(after)


def _category(category: Category | None) -> str:
    return category.name if category else _("sans rayon")


def _rate(said: Snapshot) -> str:
    rate = said.facts.vat_rate
    return "" if rate is None else _("TVA %(rate)s %%") % {"rate": formats.number(rate)}


def _availability(said: Snapshot) -> str:
    if said.sold_out and len(said.sold_out) == len(said.facts.variants):
        return str(AVAILABILITIES[SOLD_OUT])
    return str(AVAILABILITIES[said.facts.availability])


def _prices(said: Snapshot) -> str:
    low, high = (formats.money(price(said.facts.prices)) for price in (min, max))
    return low if low == high else _("%(low)s à %(high)s") % {"low": low, "high": high}


def asked_words(asked: Asked, category: Category | None) -> str:
    """What was asked, in one line: "Prix : + 5 %, arrondi à 10 centimes"."""
    match asked.what:
        case What.PRICE:
            return _price_words(asked)
        case What.VAT:
            return _("TVA : %(rate)s %%") % {"rate": formats.number(asked.vat_rate)}
        case What.CATEGORY:
            return _("Rayon : %(name)s") % {"name": category.name if category else _("aucun")}
        case What.AVAILABILITY:
            return _availability_words(asked)
        case What.SOLD_OUT:
            return str(AVAILABILITIES[SOLD_OUT])
        case _:
            return str(WHATS[asked.what])


def _price_words(asked: Asked) -> str:
    if asked.how == How.SET:
        return _("Prix : %(price)s") % {"price": formats.money(asked.number)}
    percent = asked.how in {How.PERCENT_MORE, How.PERCENT_LESS}
    sign = "+" if asked.how in {How.PERCENT_MORE, How.AMOUNT_MORE} else "−"
    number = f"{formats.number(asked.number)} %" if percent else formats.money(asked.number)
    said = _("Prix : %(sign)s %(number)s") % {"sign": sign, "number": number}
    if asked.rounding == Rounding.CENT:
        return said
    return _("%(change)s, arrondi %(how)s") % {"change": said, "how": ROUNDINGS[asked.rounding]}


def _availability_words(asked: Asked) -> str:
    said = str(AVAILABILITIES[asked.availability])
    match asked.availability:
        case Availability.TO_ORDER:
            days = ngettext("%(n)s jour", "%(n)s jours", asked.delay_days) % {"n": asked.delay_days}
            return f"{said} · {days}"
        case Availability.DAILY:
            return f"{said} · {formats.quantity(asked.daily_quantity)}"
    return said


def act_words(what: What, n: int) -> str:
    """What the button says it does."""
    match what:
        case What.DELETE:
            said = ngettext("Supprimer %(n)s article", "Supprimer %(n)s articles", n)
        case What.PUBLISH:
            said = ngettext("Mettre en ligne %(n)s article", "Mettre en ligne %(n)s articles", n)
        case What.WITHDRAW:
            said = ngettext("Retirer %(n)s article", "Retirer %(n)s articles", n)
        case _:
            said = ngettext("Changer %(n)s article", "Changer %(n)s articles", n)
    return said % {"n": formats.quantity(n)}


def changed_words(n: int) -> str:
    """How many are changed, where that is what is told."""
    return ngettext("%(n)s article changé", "%(n)s articles changés", n) % {"n": formats.quantity(n)}
