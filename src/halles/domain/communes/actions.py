# SPDX-License-Identifier: AGPL-3.0-or-later
"""Learning communes from the rows of an open file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import transaction
from django.db.models import Exists, OuterRef

from halles.domain.communes.models import Commune, PostalCode
from halles.domain.communes.rules import Facts, sought

BATCH = 500  # rows in one transaction: a twentieth of a second in which others wait

Key = tuple[str, str, str]  # a postal code, a commune, a locality or nothing


@dataclass(slots=True)
class Learned:
    """What became of the rows: each is counted once."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0


def learn(rows: Iterable[Facts], learned: Learned) -> None:
    """Keep what the rows say, batch by batch, and count it; the same rows again change nothing.

    What no row speaks of stays as it is. Of two rows on one commune the first says its name and where it lies, the others
    add codes. A name that came with its accents is not given up for one in capitals. Not in the journal: these are the
    country's facts, nobody's act. Two queries for a batch in which nothing is new, four for any other (SQLite divides
    long ones), and one or two at the end.
    """
    settled: set[str] = set()
    for batch in _batches(rows):
        created, changed, unchanged = _learn(batch, settled)
        learned.created += created
        learned.changed += changed
        learned.unchanged += unchanged
    _complete()


def _batches(rows: Iterable[Facts]) -> Iterator[list[Facts]]:
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        yield batch


@transaction.atomic
def _learn(batch: Sequence[Facts], settled: set[str]) -> tuple[int, int, int]:
    """Write a batch; how many rows said something new, changed something, or neither."""
    insee = {row.insee for row in batch}
    communes = {commune.insee: commune for commune in Commune.objects.filter(insee__in=insee)}
    links = set(PostalCode.objects.filter(commune__in=insee).values_list("code", "commune_id", "locality"))
    to_write: dict[str, Commune] = {}
    new: set[Key] = set()
    created = changed = 0
    for row in batch:
        commune = communes.setdefault(row.insee, Commune(insee=row.insee))
        differs = row.insee not in settled and _change(commune, row)
        settled.add(row.insee)
        if differs:
            to_write[row.insee] = commune
        added = {(code, row.insee, row.locality) for code in row.codes} - links - new
        new |= added
        created += bool(added)
        changed += differs and not added
    called_after = {key for key in links if key[1] in to_write and not key[2]}
    _write(list(to_write.values()), [_link(key, communes) for key in new | called_after])
    return created, changed, len(batch) - created - changed


def _change(commune: Commune, row: Facts) -> bool:
    """Take over what the row says; whether it said anything new."""
    before = commune.name, commune.spelled, commune.point
    if row.spelled or not commune.spelled:
        commune.name, commune.spelled = row.name, row.spelled
    if row.point:
        commune.latitude, commune.longitude = row.point
    return before != (commune.name, commune.spelled, commune.point)


def _link(key: Key, communes: Mapping[str, Commune]) -> PostalCode:
    code, insee, locality = key
    looked_for = sought(locality or communes[insee].name).encode()
    return PostalCode(code=code, commune_id=insee, locality=locality, sought=looked_for)


@transaction.atomic
def _complete() -> None:
    """A code that leads to a place of a commune leads to the commune as well, also where no row says so."""
    links = PostalCode.objects.filter(code=OuterRef("code"), commune=OuterRef("commune"), locality="")
    alone = PostalCode.objects.filter(~Exists(links)).select_related("commune")
    found = {(link.code, link.commune_id): link.commune for link in alone}
    _write([], [_link((code, insee, ""), {insee: commune}) for (code, insee), commune in found.items()])


def _write(communes: Sequence[Commune], links: Sequence[PostalCode]) -> None:
    Commune.objects.bulk_create(
        communes,
        update_conflicts=True,
        unique_fields=["insee"],
        update_fields=["name", "spelled", "latitude", "longitude"],
    )
    PostalCode.objects.bulk_create(
        links,
        update_conflicts=True,
        unique_fields=["code", "commune", "locality"],
        update_fields=["sought"],
    )
