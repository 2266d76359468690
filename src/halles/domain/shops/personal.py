# SPDX-License-Identifier: AGPL-3.0-or-later
"""What shops hold on a person: who works or was invited where, who keeps a depot."""

from halles.domain.shops.models import Depot, Invitation, Staff
from halles.kernel.personal import Holding, Person


def personal_data(person: Person) -> list[Holding]:
    """Places in teams and invitations of an address; the depots that a telephone keeps."""
    kept = Depot.objects.filter(keeper_phone=person.phone) if person.phone else ()
    keeps = Holding(
        "keeper", "while a shop hands over there", [{"depot": d.name, "phone": d.keeper_phone} for d in kept]
    )
    if not person.email:
        return [keeps]
    team = Staff.objects.filter(account__email=person.email).select_related("shop")
    invited = Invitation.objects.filter(email=person.email).select_related("shop")
    return [
        Holding("team", "while one works there", [{"shop": s.shop.name, "role": s.role} for s in team]),
        Holding(
            "invitation",
            "seven days, then only that it was made",
            [{"shop": i.shop.name, "role": i.role, "made": i.created_at.isoformat()} for i in invited],
        ),
        keeps,
    ]
