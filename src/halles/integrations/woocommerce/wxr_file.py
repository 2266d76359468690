# SPDX-License-Identifier: AGPL-3.0-or-later
"""Products in WordPress's own export ("Outils > Exporter"): items in any order, pictures by the number of their attachment."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from urllib.parse import unquote

from halles.domain.imports.drafts import Choices, Column, Drafts, Material, Meaning, Where
from halles.domain.imports.ports import Reader
from halles.domain.imports.wxr import Item, items
from halles.integrations.woocommerce.articles import drafts_of, orphan
from halles.integrations.woocommerce.aside import Aside, set_aside
from halles.integrations.woocommerce.columns import CODES
from halles.integrations.woocommerce.entries import Entry, families
from halles.integrations.woocommerce.goods import Reading
from halles.integrations.woocommerce.stocks import SHARED
from halles.kernel.errors import Refused

PRODUCTS = ("product", "product_variation")
PUBLISHED = {"publish": "1", "private": "0"}
BACKORDERS = {"yes": "1", "notify": "notify"}
IN_STOCK = {"instock": "1", "outofstock": "0", "onbackorder": "backorder"}
BRANDS = ("product_brand", "pwb-brand", "yith_product_brand")
HIDDEN = {"exclude-from-catalog", "exclude-from-search"}
GLOBAL = "pa_"  # an attribute of the whole shop, whose values are terms
EXAMPLES = 1000  # items that are looked at for an example

# What is asked for, as WordPress calls it. Metas begin with "_".
ASKED: Sequence[tuple[str, Meaning]] = (
    ("title", Meaning.NAME),
    ("id", Meaning.KEY),
    ("parent", Meaning.PARENT),
    ("status", Meaning.ONLINE),
    ("excerpt", Meaning.DESCRIPTION),
    ("content", Meaning.DESCRIPTION),
    ("_sku", Meaning.REFERENCE),
    ("_global_unique_id", Meaning.GTIN),
    ("_regular_price", Meaning.PRICE),
    ("_sale_price", Meaning.IGNORED),
    ("_tax_class", Meaning.VAT),
    ("_stock", Meaning.STOCK),
    ("_stock_status", Meaning.AVAILABILITY),
    ("_backorders", Meaning.AVAILABILITY),
    ("_thumbnail_id", Meaning.PICTURES),
    ("_product_image_gallery", Meaning.PICTURES),
    ("_weight", Meaning.IGNORED),
)
TERMS: Sequence[tuple[str, Meaning]] = (
    ("product_cat", Meaning.CATEGORY),
    ("product_brand", Meaning.MAKER),
    ("product_tag", Meaning.IGNORED),
)


def _recognises(material: Material) -> bool:
    if material.wxr is None:
        return False
    try:
        return any(item.type == "product" for item in items(material.wxr))
    except Refused:
        return False


def _drafts(material: Material, choices: Choices) -> Drafts:
    if material.wxr is None:
        return
    with set_aside() as strays, set_aside() as addresses:
        _look(material.wxr, strays, addresses)
        reading = Reading(
            choices, choices.decimal_mark or "."
        )  # how WooCommerce keeps numbers, whatever it shows
        for parent, variations in families(_entries(material.wxr)):
            if parent is not None:
                variations += map(Entry.unpack, strays.take(*parent.names))
                for variation in variations:
                    _complete(parent, variation)
                for entry in (parent, *variations):
                    _show(entry, addresses)
                yield from drafts_of(reading, parent, variations)
        for packed in strays.rest():
            yield orphan(Entry.unpack(packed))


def _look(path: Path, strays: Aside, addresses: Aside) -> None:
    """Go through once: pictures' addresses, and variations that do not follow their article."""
    try:
        for parent, variations in families(_entries(path, addresses)):
            if parent is None:
                for stray in variations:
                    strays.put(stray.parent, stray.pack())
    except Refused:
        return  # what can be read is read; the second time it is said


def _entries(path: Path, addresses: Aside | None = None) -> Iterator[Entry]:
    for number, item in enumerate(items(path), start=1):
        if item.type in PRODUCTS:
            yield _entry(number, item)
        elif addresses is not None and item.type == "attachment":
            addresses.put(item.id, item.address)


def _entry(number: int, item: Item) -> Entry:
    """An item in the words of the CSV."""
    is_variation = item.type == "product_variation"
    entry = Entry(
        Where(number),
        {name: text for name, text in _texts(item, is_variation=is_variation).items() if text},
        codes=[text for name in CODES if (text := item.meta.get(name, ""))],
        problem="imports.in_the_bin" if item.status == "trash" else "",
    )
    if is_variation:
        entry.attributes = [
            (_plain(name.removeprefix("attribute_")), _escaped(value))
            for name, value in item.meta.items()
            if name.startswith("attribute_")
        ]
        return entry
    for domain, slug, name in item.terms:
        if domain.startswith(GLOBAL):
            entry.words[f"{_plain(domain)}/{slug}"] = _escaped(name)
    domains = dict.fromkeys(domain for domain, _, _ in item.terms if domain.startswith(GLOBAL))
    entry.attributes = [(_plain(domain), _terms(item, domain)) for domain in domains]
    return entry


def _plain(attribute: str) -> str:
    """An attribute's name of its short name: "pa_poids-net" is « poids net »."""
    return unquote(attribute.removeprefix(GLOBAL)).replace("-", " ")


def _texts(item: Item, *, is_variation: bool) -> dict[str, str]:
    meta = item.meta
    kinds = ["variation"] if is_variation else [_terms(item, "product_type") or "simple"]
    kinds += [kind for kind in ("downloadable", "virtual") if meta.get(f"_{kind}") == "yes"]
    visibility = {slug for domain, slug, _ in item.terms if domain == "product_visibility"}
    is_counted = meta.get("_manage_stock") == "yes"
    return {
        "id": item.id,
        "type": ", ".join(kinds),
        "sku": meta.get("_sku", "").strip(),
        "name": item.title,
        "published": PUBLISHED.get(item.status, "-1"),
        "visibility": "hidden" if visibility >= HIDDEN else "",
        "short": item.excerpt,
        "description": item.content,
        "sale_ends": _day(meta.get("_sale_price_dates_to", "")),
        "tax_status": meta.get("_tax_status", ""),
        "tax_class": meta.get("_tax_class", ""),
        "in_stock": IN_STOCK.get(meta.get("_stock_status", ""), ""),
        "stock": meta.get("_stock", "").strip() if is_counted else "",
        "backorders": BACKORDERS.get(meta.get("_backorders", ""), ""),
        "sale_price": meta.get("_sale_price", "").strip(),
        "regular_price": (meta.get("_regular_price") or meta.get("_price", "")).strip(),
        "categories": _terms(item, "product_cat"),
        "brands": next((names for domain in BRANDS if (names := _terms(item, domain))), ""),
        "images": f"{meta.get('_thumbnail_id', '')},{meta.get('_product_image_gallery', '')}",
        "parent": f"id:{item.parent}" if is_variation else "",
        "position": item.position,
    }


def _terms(item: Item, domain: str) -> str:
    """The names of an item's terms, as a list in a cell."""
    return ", ".join(_escaped(name) for where, _, name in item.terms if where == domain)


def _escaped(text: str) -> str:
    return text.replace(",", "\\,")


def _day(seconds: str) -> str:
    """The day of a moment in Unix time; "" for anything else."""
    try:
        return dt.datetime.fromtimestamp(int(seconds), dt.UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return ""


def _show(entry: Entry, addresses: Aside) -> None:
    """Addresses instead of attachments' numbers."""
    found = (addresses.look(number.strip()) for number in entry.text("images").split(","))
    entry.texts["images"] = "\n".join(address for address in found if address)


def _complete(parent: Entry, variation: Entry) -> None:
    """What a variation says by pointing at its article: names of attributes' values, a shared count."""
    variation.attributes = [
        (name, parent.words.get(f"{name}/{value}", value)) for name, value in variation.attributes
    ]
    if parent.text("stock") and not variation.text("stock"):
        variation.texts["stock"] = SHARED


def _columns(material: Material, choices: Choices) -> Sequence[Column]:
    if material.wxr is None:
        return []
    products = _first(material.wxr)
    columns = [Column(name, meaning, _example(products, _field(name))) for name, meaning in ASKED]
    columns += [Column(name, meaning, _example(products, _term(name))) for name, meaning in TERMS]
    return columns


def _first(path: Path) -> list[Item]:
    """The first products; of a file that breaks, those before."""
    found = []
    try:
        for item in islice(items(path), EXAMPLES):
            if item.type in PRODUCTS:
                found.append(item)
    except Refused:
        pass
    return found


def _field(name: str) -> Callable[[Item], str]:
    return lambda item: item.meta.get(name, "") if name.startswith("_") else getattr(item, name)


def _term(name: str) -> Callable[[Item], str]:
    return lambda item: _terms(item, name)


def _example(products: Sequence[Item], read: Callable[[Item], str]) -> str:
    return next((text for item in products if (text := read(item)) not in {"", "0"}), "")


READER = Reader("woocommerce-wxr", "WordPress (WooCommerce)", _recognises, _columns, _drafts)
