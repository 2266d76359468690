# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a customer is told about his order, when he left an address."""

from halles.domain.journal import reads as acts
from halles.domain.orders import reads as orders
from halles.domain.orders.models import ShopOrder
from halles.domain.orders.rules import AGREED, LineState, State
from halles.doors.letters.post import occurrence, post
from halles.kernel.actor import Kind

SAID = {LineState.LESS, LineState.MISSING}  # what was replaced is said with what replaces it


def placed(order_id: str) -> None:
    """One letter for the whole order, with a link to press when a shop waits for it."""
    _tell_of_whole(order_id, noted=False)


def noted(order_id: str) -> None:
    """The same letter for what the shop itself wrote down."""
    _tell_of_whole(order_id, noted=True)


def _tell_of_whole(order_id: str, *, noted: bool) -> None:
    order = orders.order_by_id(order_id)
    if order is None:
        return
    parts = list(order.shop_orders.all())
    unconfirmed = [part for part in parts if part.state == State.UNCONFIRMED]
    context = {
        "order": order,
        "parts": parts,
        "total": sum(part.total for part in parts),
        "is_estimate": any(part.is_estimate for part in parts),
        "unconfirmed": unconfirmed[0] if unconfirmed else None,
        "noted": noted,
        "elsewhere": any(part.is_brought or part.is_at_depot for part in parts),
    }
    reply_to = parts[0].shop.email if len(parts) == 1 else order.market.contact_email
    post(
        "customer/placed",
        context,
        to=order.email,
        language=order.language,
        key=str(order.id),
        reply_to=reply_to,
    )


def accepted(shop_order_id: str, by: str) -> None:
    """The shop said yes."""
    _tell("customer/accepted", "orders.accepted", shop_order_id)


def settled(shop_order_id: str, by: str) -> None:
    """The shop made something else of it: told when it was foreseen, asked otherwise."""
    _tell("customer/settled", "orders.settled", shop_order_id)


def postponed(shop_order_id: str, by: str) -> None:
    """The shop proposes another day."""
    _tell("customer/postponed", "orders.postponed", shop_order_id, only=State.TO_AGREE)


def ready(shop_order_id: str, by: str) -> None:
    """It can be collected. What goes to a depot cannot yet: `arrived` tells."""
    _tell("customer/ready", "orders.ready", shop_order_id, only=State.READY, unless_at_depot=True)


def arrived(shop_order_id: str, by: str) -> None:
    """It can be collected at its depot."""
    _tell("customer/arrived", "depots.arrived", shop_order_id, only=State.READY)


def weighed_far(shop_order_id: str, by: str) -> None:
    """A weight is far from what was meant: asked, as long as nobody has answered or weighed again."""
    _tell("customer/weighed_far", "orders.weighed_far", shop_order_id, only=State.TO_AGREE)


def weighed_again(shop_order_id: str, by: str) -> None:
    """The shop corrected a weight: it can be collected, at another price."""
    _tell("customer/weighed_again", "orders.weighed_again", shop_order_id, only=State.READY)


def cancelled(shop_order_id: str, by: str) -> None:
    """The shop cancelled; who cancels himself knows."""
    if by != Kind.CUSTOMER:
        _tell("customer/cancelled", "orders.cancelled", shop_order_id)


def announced(shop_order_id: str, by: str) -> None:
    """It is today: until when one may come by."""
    part = orders.part_by_id(shop_order_id)
    if part is None or part.state not in AGREED or part.announced_at is None:
        return
    post(
        "customer/announced",
        {"order": part.order, "part": part},
        to=part.order.email,
        language=part.order.language,
        key=f"announced {part.id} {part.announced_at.date()}",
        reply_to=part.shop.email,
    )


def reminded(shop_order_id: str, by: str) -> None:
    """The agreed time has passed and the goods wait."""
    _tell("customer/reminded", "orders.reminded", shop_order_id, only=State.READY)


def time_near(shop_order_id: str, by: str) -> None:
    """Somebody comes tomorrow."""
    _tell("customer/time_near", "orders.time_near", shop_order_id)


def not_collected(shop_order_id: str, by: str) -> None:
    """The goods went back on the shelf."""
    _tell("customer/not_collected", "orders.not_collected", shop_order_id)


def expired(shop_order_id: str, by: str) -> None:
    """The link was not pressed in time."""
    _tell("customer/expired", "orders.expired", shop_order_id)


def _tell(
    template: str,
    event: str,
    shop_order_id: str,
    *,
    only: State | None = None,
    unless_at_depot: bool = False,
) -> None:
    """A letter about one shop's part; `only` in a state that may have passed while the letter waited."""
    part = orders.part_by_id(shop_order_id)
    if part is None or (only and part.state != only) or (unless_at_depot and part.is_at_depot):
        return
    order = part.order
    context = {"order": order, "part": part, "reason": _reason(event, part)} | _settlement(part)
    key = occurrence(event, part.id)
    post(template, context, to=order.email, language=order.language, key=key, reply_to=part.shop.email)


def _reason(event: str, part: ShopOrder) -> str:
    entry = acts.latest(event, part.id)
    return entry.details.get("reason", "") if entry else ""


def _settlement(part: ShopOrder) -> dict[str, object]:
    """What the shop changed, and whether the customer is asked."""
    touched = [line for line in part.lines.all() if line.state in SAID or line.replaces_id]
    far = [line for line in part.lines.all() if line.is_far]
    return {"touched": touched, "far": far, "asked": part.state == State.TO_AGREE}
