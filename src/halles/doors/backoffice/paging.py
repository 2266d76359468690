# SPDX-License-Identifier: AGPL-3.0-or-later
"""One page of a long list: gone through by identifiers, which an index gives; only what is shown is read whole.

What grows for ever, as the orders that are over and the journal, has no numbered pages: to count it and to skip what stands
before a page takes longer each year. There one goes on from the last row that was shown.
"""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import Q, QuerySet

from halles.doors.backoffice.access import ShopRequest


class LeanPaginator(Paginator[Any]):
    """Two queries for a page, besides its count and what comes along with its rows."""

    object_list: QuerySet[Any]

    def page(self, number: int | str) -> Page[Any]:
        """The rows of one page, in the order of the list."""
        number = self.validate_number(number)
        return Page(whole(self.object_list, self.ids(number)), number, self)

    def nearest(self, typed: str | None) -> int:
        """The number of the page that was asked for; nonsense is the first, too far the last."""
        try:
            return self.validate_number(typed or 1)
        except PageNotAnInteger:
            return 1
        except EmptyPage:
            return self.num_pages

    def ids(self, number: int) -> list[Any]:
        """Which rows stand on a page; none on one that is not there."""
        first = (number - 1) * self.per_page
        return list(self._ids()[first : first + self.per_page])

    def _ids(self) -> Any:  # noqa: ANN401
        return self.object_list.values_list("pk", flat=True)


class FoundPaginator(LeanPaginator):
    """What was searched by words: whoever looks for them looks at every row, so that is done once, and counted too."""

    def _ids(self) -> list[Any]:
        return self._found

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._found)

    @property
    def _found(self) -> list[Any]:
        if not hasattr(self, "_all"):
            self._all = list(self.object_list.values_list("pk", flat=True))
        return self._all


def whole(found: QuerySet[Any], ids: Sequence[Any]) -> list[Any]:
    """The rows of these identifiers, in their order, with all that comes along with such a row."""
    rows = {row.pk: row for row in found.filter(pk__in=ids).order_by()} if ids else {}
    return [rows[pk] for pk in ids if pk in rows]


def first(found: QuerySet[Any], number: int) -> list[Any]:
    """So many of the first rows of a list."""
    return whole(found, list(found.values_list("pk", flat=True)[:number]))


def shown(request: ShopRequest, found: QuerySet[Any], number: int, *, searched: bool = False) -> Page[Any]:
    """The page that the address asks for, so many rows long; nonsense is the first."""
    paginator = (FoundPaginator if searched else LeanPaginator)(found, number)
    return paginator.get_page(request.GET.get("page"))


@dataclass(frozen=True, slots=True)
class Chapter:
    """Some rows of a list that grows for ever; `last` is what one goes on from, None where it ends."""

    rows: Sequence[Any]
    last: uuid.UUID | None
    is_first: bool

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def chapter(request: ShopRequest, found: QuerySet[Any], number: int) -> Chapter:
    """So many rows after the one that the address names (`apres`); from the first when it names none of this list.

    The list says by which columns it is in order, each row standing apart by them. Three queries.
    """
    start = _standing(found, request.GET.get("apres"))
    some = found.filter(_beyond(found.query.order_by, start)) if start else found
    ids = list(some.values_list("pk", flat=True)[: number + 1])
    return Chapter(whole(found, ids[:number]), ids[number - 1] if len(ids) > number else None, not start)


def _standing(found: QuerySet[Any], typed: str | None) -> Sequence[Any] | None:
    """Where a row stands in a list: its values in the columns that put it in order."""
    try:
        named = uuid.UUID(typed or "")
    except ValueError:
        return None
    columns = [str(column).removeprefix("-") for column in found.query.order_by]
    return found.filter(pk=named).order_by().values_list(*columns).first()


def _beyond(order: Sequence[Any], standing: Sequence[Any]) -> Q:
    """What comes after such a row. The first column alone says where an index begins to read."""
    follows, same = Q(), Q()
    for column, value in zip(map(str, order), standing, strict=True):
        name, side = column.removeprefix("-"), "lt" if column.startswith("-") else "gt"
        follows |= same & Q(**{f"{name}__{side}": value})
        same &= Q(**{name: value})
    first = str(order[0])
    side = "lte" if first.startswith("-") else "gte"
    return Q(**{f"{first.removeprefix('-')}__{side}": standing[0]}) & follows
