# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which communes a postal code leads to, and which ones somebody may be typing. The facts are the same for every market."""

import re
from collections.abc import Iterable

from halles.domain.communes import rules
from halles.domain.communes.models import Commune, PostalCode

MOST = 10  # found at once
END = b"\xff"  # after every letter
TYPED = re.compile(r"\s*(\d{0,5})\s*(.*)", re.ASCII | re.DOTALL)


def by_postal_code(code: str) -> list[Commune]:
    """The communes of a postal code, by name; none when it is not known. One query."""
    return by_postal_codes([code]).get(code, [])


def by_postal_codes(codes: Iterable[str]) -> dict[str, list[Commune]]:
    """The communes of many postal codes. One query, whatever their number."""
    links = PostalCode.objects.filter(code__in=list(codes), locality="").select_related("commune")
    found: dict[str, dict[str, Commune]] = {}
    for link in links:
        # A town and its arrondissement may both have the code: one of the name, which knows where it lies.
        named = found.setdefault(link.code, {})
        if link.commune.point or link.commune.name not in named:
            named[link.commune.name] = link.commune
    return {
        code: sorted(named.values(), key=lambda commune: rules.sought(commune.name))
        for code, named in found.items()
    }


def are_known() -> bool:
    """Whether anybody taught this house the communes; without, any postal code may be one. One query."""
    return PostalCode.objects.exists()


def search(typed: str) -> list[PostalCode]:
    """What somebody who typed "buxer", "861" or "86180 bux" may mean: ten at most, communes before their localities.

    One query over an index; each result knows its commune.
    """
    digits, words = (TYPED.fullmatch(typed.strip()) or TYPED.fullmatch("")).groups()  # type: ignore[union-attr]
    beginning = rules.sought(words).encode()
    if not digits and not beginning:
        return []
    found = PostalCode.objects.select_related("commune").order_by("locality", "sought", "code")
    if digits:
        found = found.filter(code__gte=digits.ljust(5, "0"), code__lte=digits.ljust(5, "9"))
    if beginning:
        found = found.filter(sought__gte=beginning, sought__lt=beginning + END)
    once = {(link.code, link.commune.name, link.locality): link for link in found[: 2 * MOST]}
    return list(once.values())[:MOST]
