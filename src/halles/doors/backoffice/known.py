# SPDX-License-Identifier: AGPL-3.0-or-later
"""From the shelf: what is known of a code that is scanned or typed, and how it fills the empty fields of an article's form."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from halles.domain.catalogue import rules, shelf
from halles.domain.catalogue.models import Kind, Product
from halles.domain.shops.models import Shop
from halles.domain.tradeitems import ports, reads
from halles.domain.tradeitems.reads import Proposal
from halles.doors.backoffice.forms.fields import ContentInput, plain
from halles.doors.ui.refusals import say
from halles.kernel.errors import Refused
from halles.kernel.gtin import parse_gtin

WHOLE = 13  # digits: who typed fewer may not have finished
PLAIN = ("name", "maker", "ingredients", "origin")


@dataclass(frozen=True, slots=True)
class Found:
    """What came of looking up a code: the shop's own article, a proposal, or a sentence; nothing while one types."""

    own: Product | None = None
    proposal: Proposal | None = None
    said: str = ""

    @property
    def thanks(self) -> str:
        """Whose file said it, with its licence where it wants to be named."""
        source = ports.source_named(self.proposal.source) if self.proposal else None
        if source is None:
            return ""
        if not source.licence:
            return str(source.label)
        return _("%(source)s, licence %(licence)s") % {"source": source.label, "licence": source.licence}

    @property
    def content(self) -> str:
        """What a piece holds, as one would type it."""
        return _content(self.proposal) if self.proposal else ""


def look_up(shop: Shop, typed: str) -> Found:
    """What this shop is told of a code. Four queries at most."""
    try:
        gtin = parse_gtin(plain(typed)[:40])
    except Refused as refused:
        return Found(said=say(refused) if sum(sign.isdigit() for sign in typed) >= WHOLE else "")
    if not gtin:
        return Found()
    if own := shelf.with_code(shop, gtin):
        return Found(own=own)
    if proposal := reads.proposal(shop, gtin):
        return Found(proposal=proposal)
    return Found(
        said=_("Ce code-barres n'est pas encore connu ici : écrivez le nom et le prix, il est gardé avec.")
    )


def filled(shop: Shop, data: QueryDict, proposal: Proposal) -> QueryDict:
    """What was typed, and what is proposed where nothing was."""
    data = data.copy()
    if not data.get("kind") and data.get("category", "") == _usual(shop, rules.usual_kind(shop.trade)):
        data["category"] = _usual(shop, proposal.kind)  # nobody chose the one that was there
    said: dict[str, Any] = {name: getattr(proposal, name) for name in PLAIN}
    said |= {"kind": proposal.kind, "content": _content(proposal)}
    for name, value in said.items():
        if value and not data.get(name, "").strip():
            data[name] = str(value)
    if proposal.allergens and not data.getlist("allergens"):
        data.setlist("allergens", list(proposal.allergens))
    if proposal.is_alcohol:
        data["is_alcohol"] = "on"
    return data


def _usual(shop: Shop, kind: Kind) -> str:
    category = shelf.usual_category(shop, kind)
    return str(category.id) if category else ""


def _content(proposal: Proposal) -> str:
    return str(ContentInput().prepare_value((proposal.content, proposal.content_unit)))
