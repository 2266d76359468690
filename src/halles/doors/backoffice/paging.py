# SPDX-License-Identifier: AGPL-3.0-or-later
"""One page of a long list: gone through by identifiers, which an index gives; only what is shown is read whole."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from halles.doors.backoffice.access import ShopRequest


class LeanPaginator(Paginator[Any]):
    """Two queries for a page, besides its count and what comes along with its rows."""

    object_list: QuerySet[Any]

    def page(self, number: int | str) -> Page[Any]:
        """The rows of one page, in the order of the list."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        ids = list(self._ids()[first : first + self.per_page])
        rows = {row.pk: row for row in self.object_list.filter(pk__in=ids).order_by()}
        return Page([rows[pk] for pk in ids if pk in rows], number, self)

    def _ids(self) -> Any:  # noqa: ANN401
        return self.object_list.values_list("pk", flat=True)


class FoundPaginator(LeanPaginator):
    """What was searched by words: whoever looks for them looks at every row, so that is done once, and counted too."""

    def _ids(self) -> list[Any]:
        return self._found

    @property
    def count(self) -> int:  # type: ignore[override]
        """How many there are."""
        return len(self._found)

    @property
    def _found(self) -> list[Any]:
        if not hasattr(self, "_all"):
            self._all = list(self.object_list.values_list("pk", flat=True))
        return self._all


def shown(
    request: ShopRequest, found: QuerySet[Any], number: int, *, searched: bool = False
) -> Page[Any]:
    """The page that the address asks for, so many rows long; nonsense is the first."""
    paginator = (FoundPaginator if searched else LeanPaginator)(found, number)
    return paginator.get_page(request.GET.get("page"))
