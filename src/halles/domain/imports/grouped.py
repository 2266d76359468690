# SPDX-License-Identifier: AGPL-3.0-or-later
"""A reader of one table in which the rows of an article belong together, wherever they stand."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from halles.domain.imports.drafts import Bad, Choices, Column, Draft, Drafts, Material, Meaning
from halles.domain.imports.ports import Reader
from halles.domain.imports.shelves import Shelf
from halles.domain.imports.tables import Line, Table

Article = Callable[[list[Line], Choices, str | None], Iterator[Draft | Bad]]


def grouped_reader(
    name: str,
    label: str,
    *,
    table_of: Callable[[Material], Table | None],
    meanings: Mapping[str, Meaning],
    keys: Callable[[], Callable[[Line], str]],
    article: Article,
) -> Reader:
    """`table_of` recognises the table; `keys` makes what tells rows of one article from others; `article` is given
    its rows, and the decimal mark of the prices.
    """

    def opened(material: Material) -> Table:
        table = table_of(material)
        if table is None:
            raise ValueError(f"Not an export of {label}")
        return table

    def columns(material: Material, choices: Choices) -> Sequence[Column]:
        return opened(material).columns(meanings, choices)

    def drafts(material: Material, choices: Choices) -> Drafts:
        table = opened(material)
        mark = table.mark("price", choices)
        with Shelf(table, keys()) as shelf:
            for group in shelf.groups():
                if isinstance(group, Bad):
                    yield group
                else:
                    yield from article(group, choices, mark)

    return Reader(name, label, lambda material: table_of(material) is not None, columns, drafts)
