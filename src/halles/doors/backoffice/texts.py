# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the shop writes, from its own telephone, to a customer who left no address for letters: ready to be sent."""

from dataclasses import dataclass
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import override

from halles.domain.orders.models import ShopOrder
from halles.domain.orders.rules import OPEN_STATES, State
from halles.doors.ui import formats, order_links
from halles.kernel.contact import takes_texts


@dataclass(frozen=True, slots=True)
class Texts:
    """The addresses that open a telephone's own messages with the words in them."""

    words: str
    sms: str
    whatsapp: str


def texts(part: ShopOrder) -> Texts | None:
    """What can be sent about an order as it stands; None when there is nothing to tell, or nowhere to send it."""
    order = part.order
    worth_telling = part.state in OPEN_STATES or part.state == State.CANCELLED
    if order.email or not worth_telling:
        return None
    with override(order.language):
        return to_send(order.phone, _words(part), order_links.page(order))


def to_send(phone: str, words: str, link: str) -> Texts | None:
    """Words and a link to be sent to a number; None when it takes no messages.

    Spaces become plain ones: a text message counts others as letters of another alphabet, and costs twice.
    """
    if not takes_texts(phone):
        return None
    whole = f"{' '.join(words.split())}\n{link}"
    written = quote(whole, safe="")
    # "?&" is understood by Android and by iOS alike.
    return Texts(whole, f"sms:{phone}?&body={written}", f"https://wa.me/{phone[1:]}?text={written}")


def _words(part: ShopOrder) -> str:
    """What is said in the customer's language. The day is written out: a message is read later than it is sent."""
    said = {
        "shop": part.shop.name,
        "day": formats.day(part.collect_from, "date"),
        "start": formats.time_of_day(part.collect_from),
        "end": formats.time_of_day(part.collect_until),
        "code": part.code,
        "place": part.place.name,
    }
    match part.state:
        case State.CANCELLED:
            words = _("%(shop)s : votre commande %(code)s est annulée.")
        case State.READY if part.is_brought:
            words = _(
                "%(shop)s : votre commande est prête, nous vous l'apportons. Le code à dire : %(code)s."
            )
        case State.READY if part.is_at_depot:
            words = _(
                "%(shop)s : votre commande est prête, pour %(place)s. Son lien dit quand elle y est. Le code à dire : %(code)s."
            )
        case State.READY:
            words = _("%(shop)s : votre commande est prête. Le code à dire : %(code)s.")
        case State.TO_AGREE:
            words = _(
                "%(shop)s vous propose un changement pour votre commande %(code)s. Dites oui ou non ici :"
            )
        case _:
            words = _(
                "%(shop)s : votre commande est notée pour %(day)s, entre %(start)s et %(end)s. Le code à dire : %(code)s."
            )
    return words % said
