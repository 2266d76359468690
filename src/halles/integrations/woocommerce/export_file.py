# SPDX-License-Identifier: AGPL-3.0-or-later
"""The CSV that WooCommerce itself exports ("Produits > Exporter"), row by row."""

from collections.abc import Iterator, Sequence
from itertools import islice

from halles.domain.imports.drafts import Choices, Column, Drafts, Material, Meaning, Where
from halles.domain.imports.ports import Reader
from halles.domain.imports.sheets import Row, Sheet
from halles.domain.imports.values.numbers import decimal_mark
from halles.domain.imports.values.texts import unescape_lines
from halles.integrations.woocommerce.articles import drafts_of, orphan
from halles.integrations.woocommerce.aside import Aside, set_aside
from halles.integrations.woocommerce.choices import is_colour
from halles.integrations.woocommerce.columns import FIELDS, Layout, layout_of
from halles.integrations.woocommerce.entries import Entry, families
from halles.integrations.woocommerce.goods import Reading
from halles.kernel.errors import Refused

ESCAPED = tuple(f"'{sign}" for sign in "=+-@\t\r")
EXAMPLES = 1000  # rows that are looked at for an example
LINES = ("short", "description")

Tables = list[tuple[str, Sheet, Layout]]


def _tables(material: Material) -> Tables:
    """The tables that WooCommerce exported, in the order they were handed over."""
    known = ((name, sheet, layout_of(sheet)) for name, sheet in material.tables.items())
    return [(name, sheet, layout) for name, sheet, layout in known if layout]


def _recognises(material: Material) -> bool:
    return bool(_tables(material))


def _drafts(material: Material, choices: Choices) -> Drafts:
    tables = _tables(material)
    with set_aside() as strays:
        mark = decimal_mark(_look(tables, strays))
        reading = Reading(choices, choices.decimal_mark or mark)
        for parent, variations in families(_entries(tables)):
            if parent is not None:
                variations += map(Entry.unpack, strays.take(*parent.names))
                yield from drafts_of(reading, parent, variations)
        for packed in strays.rest():
            yield orphan(Entry.unpack(packed))


def _look(tables: Tables, strays: Aside) -> Iterator[str]:
    """Go through once: variations that do not follow their article are set aside, prices show what the comma means."""
    try:
        for parent, variations in families(_entries(tables)):
            if parent is None:
                for stray in variations:
                    strays.put(stray.parent, stray.pack())
            for entry in [parent, *variations] if parent is not None else variations:
                yield entry.text("regular_price")
                yield entry.text("sale_price")
    except Refused:
        return  # what can be read is read; the second time it is said


def _entries(tables: Tables) -> Iterator[Entry]:
    for name, sheet, layout in tables:
        for row in sheet.rows():
            yield _entry(name, layout, row)


def _entry(table: str, layout: Layout, row: Row) -> Entry:
    cells = row.cells
    texts = {name: given for name, place in layout.fields.items() if (given := _given(cells[place]))}
    for name in LINES:
        if "\\n" in texts.get(name, ""):
            texts[name] = unescape_lines(texts[name])
    return Entry(
        Where(row.number, table),
        texts,
        [
            (_given(cells[name]), _given(cells[value]))
            for name, value in layout.attributes
            if cells[name].strip()
        ],
        [cells[place] for place in layout.codes if cells[place]],
        row.problem,
    )


def _given(cell: str) -> str:
    """Without the apostrophe that WooCommerce puts before what a spreadsheet would run."""
    return cell[1:] if cell.startswith(ESCAPED) else cell.strip()


def _columns(material: Material, choices: Choices) -> Sequence[Column]:
    return [
        Column(name, meaning, example, table)
        for table, sheet, layout in _tables(material)
        for name, meaning, example in _understood(sheet, layout, choices)
    ]


def _understood(sheet: Sheet, layout: Layout, choices: Choices) -> Iterator[tuple[str, Meaning, str]]:
    examples = [""] * sheet.width
    for row in islice(sheet.rows(), EXAMPLES):
        for place, cell in enumerate(row.cells[: sheet.width]):
            examples[place] = examples[place] or cell
    meanings = {place: FIELDS[name][1] for name, place in layout.fields.items()}
    meanings |= dict.fromkeys(layout.codes, Meaning.GTIN)
    for named, value in layout.attributes:
        meanings[value] = Meaning.COLOUR if is_colour(examples[named]) else Meaning.SIZE
    if choices.without_tax and "regular_price" in layout.fields:
        meanings[layout.fields["regular_price"]] = Meaning.PRICE_WITHOUT_TAX
    for place, name in enumerate(sheet.header or []):
        yield name, meanings.get(place, Meaning.IGNORED), examples[place]


READER = Reader("woocommerce", "WooCommerce", _recognises, _columns, _drafts)
