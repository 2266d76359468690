# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finding products by words, as French is written and mistyped: accents, œ, plurals, one slip of the finger.

Words are cut to stems here, in Python; the database only looks them up (FTS5 on SQLite, a tsvector on PostgreSQL),
so both answer alike. What narrows a search stands beside the stems as marks (`_s…` the shop, `_c…` a category and
those above it, `_n…` a word of the name, `_m…` the market): an intersection of lists, however many products there are.
What is not on sale bears one mark only, `_b…`, of the shop that alone finds it (`own`); the market leaves it out by its status.
"""

import re
import uuid
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_

from django.db import connection, transaction
from django.db.models import Q
from django.db.models.expressions import RawSQL
from rapidfuzz import process
from rapidfuzz.distance import OSA

from halles.domain.catalogue.models import Category, Product, SearchEntry, SearchWord, Variant
from halles.domain.shops.models import Market, Shop
from halles.kernel.gtin import show_gtin
from halles.kernel.identifiers import fold

FEW = 50
MOST = 120  # results anybody pages through
MOST_WORDS = 8
MOST_GUESSES = 4
LONG = 30  # no word people search for is longer
# Words that say nothing of a good, in both languages.
SILENT = frozenset(
    [
        "a",
        "au",
        "aux",
        "avec",
        "ce",
        "ces",
        "chez",
        "dans",
        "de",
        "des",
        "du",
        "d",
        "en",
        "et",
        "est",
        "j",
        "je",
        "l",
        "la",
        "le",
        "les",
        "ma",
        "mes",
        "mon",
        "nos",
        "notre",
        "ou",
        "par",
        "pas",
        "pour",
        "qu",
        "que",
        "qui",
        "sa",
        "sans",
        "ses",
        "son",
        "sur",
        "un",
        "une",
        "vos",
        "votre",
        "and",
        "for",
        "from",
        "in",
        "of",
        "on",
        "or",
        "the",
        "to",
        "with",
    ]
)
WORD = re.compile(r"[a-z0-9]+")
WRITTEN = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Found:
    """Products in order, the best first, and what was searched instead of words nobody uses."""

    ids: Sequence[uuid.UUID]
    instead: dict[str, list[str]]
    all_of_them: bool = True


def stem(word: str) -> str:
    """A folded word without what number and gender add to it: "chevaux" → cheval, "violettes" → violet."""
    if len(word) > 4 and word.endswith("aux"):
        word = word[:-1] if word.endswith("eaux") else word[:-2] + "l"
    elif len(word) > 3 and word[-1] in "sx":
        word = word[:-1]
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    if len(word) > 5 and word[-1] == word[-2] and word[-1].isalpha():
        word = word[:-1]
    return word[:LONG]


def stems(text: str) -> dict[str, str]:
    """The stems of a text, each with the word it was cut from; words that say nothing left out."""
    words = (word for word in WORD.findall(fold(text)) if word not in SILENT)
    return {stem(word): word for word in words if len(word) > 1 or word.isdigit()}


def find(
    market: Market,
    text: str,
    *,
    category: Category | None = None,
    shop: Shop | None = None,
    most: int = MOST,
    never_corrected: Container[str] = frozenset(),
) -> Found:
    """Products on sale that have all these words; those that have them in their name first, the newest first.

    At most seven queries. Without words, all that the shop or category has. `never_corrected`: stems that are no
    typing slips although no product has them.
    """
    wanted = dict(list(stems(text).items())[:MOST_WORDS])
    if text.strip() and not wanted:
        return Found([], {})
    marks = [[f"_c{category.id.hex}"]] if category else []
    marks += [[f"_s{shop.id.hex}"]] if shop else []
    if not wanted and not marks:
        marks = [[f"_m{market.id.hex}"]]
    guesses = _guesses(wanted, never_corrected) if wanted else {}
    if not all(guesses.values()):
        return Found([], {})
    words = [[known.stem for known in guesses[s]] if s in guesses else [s] for s in wanted]
    ids = _few(market, words, marks) if words else None
    if ids is None:
        by_name = _matches(market, [[f"_n{s}" for s in either] for either in words] + marks, most)
        rest = _matches(market, words + marks, most) if words and len(by_name) < most else []
        ids = list(dict.fromkeys(product_id for product_id, _ in [*by_name, *rest]))[:most]
    instead = {wanted[s]: [known.word for known in guessed] for s, guessed in guesses.items()}
    return Found(ids, instead, all_of_them=len(ids) < most)


def own(shop: Shop, typed: str) -> Q:
    """Those of a shop's own products, on sale or not, that have a word beginning with each of the typed ones.

    All of them stand under the shop's name too: a word of that is looked for in what the product itself says.
    """
    words = WORD.findall(fold(typed))
    said = [stem(word) for word in words if word not in SILENT] or [stem(word) for word in words]
    if not said:
        return Q() if not typed.strip() else Q(pk__in=[])
    marks = [_term(f"_s{shop.id.hex}"), _term(f"_b{shop.id.hex}")]
    asked = [[_term(word, begins=True)] for word in dict.fromkeys(said[:MOST_WORDS])] + [marks]
    found = (
        f"SELECT e.product_id FROM catalogue_search f JOIN catalogue_searchentry e ON e.id = f.{_number()}"  # noqa: S608 - our own words
        f" WHERE {_match()}"
    )
    named = [word for word in said[:MOST_WORDS] if any(s.startswith(word) for s in stems(shop.name))]
    itself = (Q(words__contains=word) for word in named)
    return reduce(and_, itself, Q(pk__in=RawSQL(found, [_all_of(asked)])))  # noqa: S611 - our own words, theirs bound


@transaction.atomic
def index(products: Sequence[Product]) -> None:
    """Let products be found as they are now, or no more. Call in the transaction that changes them.

    A constant number of queries for any number of products. Words of what is not on sale are told to nobody.
    """
    forget(products)
    kept = [product for product in products if product.status != Product.Status.DELETED]
    if not kept:
        return
    SearchEntry.objects.bulk_create((SearchEntry(product=product) for product in kept), ignore_conflicts=True)
    numbers = dict(SearchEntry.objects.filter(product__in=kept).values_list("product_id", "id"))
    parents = dict(
        Category.objects.filter(market__in={p.market_id for p in kept}).values_list("id", "parent_id")
    )
    variants: dict[uuid.UUID, list[Variant]] = {}
    for variant in Variant.objects.filter(product__in=kept, archived=False):
        variants.setdefault(variant.product_id, []).append(variant)
    terms = {p.id: stems(_text(p, variants.get(p.id, []))) for p in kept}
    _write([(numbers[p.id], [*terms[p.id], *_marks(p, parents)]) for p in kept])
    on_sale = [product for product in kept if product.status == Product.Status.ONLINE]
    _learn({s: word for product in on_sale for s, word in _written(product, terms[product.id])})


def forget(products: Sequence[Product]) -> None:
    """Products are found no more. Their numbers stay theirs."""
    numbers = list(SearchEntry.objects.filter(product__in=products).values_list("id", flat=True))
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM catalogue_search WHERE {_number()} = %s", [(n,) for n in numbers])  # noqa: S608


def _text(product: Product, variants: Iterable[Variant]) -> str:
    of_variants = (
        f"{v.size} {v.colour} {v.reference} {show_gtin(v.gtin) if v.gtin else ''}" for v in variants
    )
    return " ".join([product.words, product.shop.name, *of_variants])


def _marks(product: Product, parents: Mapping[uuid.UUID, uuid.UUID | None]) -> Iterator[str]:
    if product.status != Product.Status.ONLINE:
        yield f"_b{product.shop_id.hex}"
        return
    yield f"_m{product.market_id.hex}"
    yield f"_s{product.shop_id.hex}"
    category, seen = product.category_id, set[uuid.UUID]()
    while category and category not in seen:
        seen.add(category)
        yield f"_c{category.hex}"
        category = parents.get(category)
    for s in stems(product.name):
        yield f"_n{s}"


def _written(product: Product, terms: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Each stem with the word as the merchant wrote it, when he did."""
    words = WRITTEN.findall(f"{product.description} {product.origin} {product.maker} {product.name}".lower())
    accented = {stem(fold(word)): word for word in words}
    return ((s, accented.get(s, word)[:40]) for s, word in terms.items())


def _learn(words: dict[str, str]) -> None:
    """Remember words for guessing; in one order, so that two who learn the same never wait for each other."""
    known = set(SearchWord.objects.filter(stem__in=words).values_list("stem", flat=True))
    new = sorted((s, word) for s, word in words.items() if s not in known and not s.isdigit())
    SearchWord.objects.bulk_create((SearchWord(stem=s, word=word) for s, word in new), ignore_conflicts=True)


def _guesses(wanted: dict[str, str], never: Container[str]) -> dict[str, list[SearchWord]]:
    """For each stem that nobody uses, the nearest ones that somebody does."""
    known = set(SearchWord.objects.filter(stem__in=wanted).values_list("stem", flat=True))
    return {
        s: [] if s in never else _nearest(s, len(typed))
        for s, typed in wanted.items()
        if s not in known and not s.isdigit()
    }


def _nearest(mistyped: str, length: int) -> list[SearchWord]:
    """Words one slip away, those that begin alike, else any; in a word of more than seven letters two slips after
    the first letter. A word of fewer than five is too near to others: two letters changed places, or it is right.
    """
    alike = SearchWord.objects.filter(stem__gte=mistyped[0], stem__lt=chr(ord(mistyped[0]) + 1))
    for words, slips in ((alike, 2 if length > 7 else 1), (SearchWord.objects.all(), 1)):
        vocabulary = dict(words.values_list("id", "stem"))
        near = process.extract(
            mistyped, vocabulary, scorer=OSA.distance, score_cutoff=slips, limit=MOST_GUESSES
        )
        if near and len(mistyped) > 2:
            best = min(distance for _, distance, _ in near)
            guesses = [(found, pk) for found, distance, pk in near if distance == best]
            # Two letters that changed places are the likeliest slip.
            swapped = [pk for found, pk in guesses if sorted(found) == sorted(mistyped)]
            if swapped or length > 4:
                return list(SearchWord.objects.filter(id__in=swapped or [pk for _, pk in guesses]))
    return []


def _few(
    market: Market, words: Sequence[Sequence[str]], marks: Sequence[Sequence[str]]
) -> list[uuid.UUID] | None:
    """What has all the words when that is not much: put in order here. None when it is more."""
    matches = _matches(market, [*words, *marks], FEW + 1)
    if len(matches) > FEW:
        return None
    return [
        product_id
        for product_id, _ in sorted(matches, key=lambda match: not _has_all(stems(match[1]), words))
    ]


def _has_all(of_name: Container[str], words: Sequence[Sequence[str]]) -> bool:
    """Whether a name has one of each list of stems."""
    return all(any(s in of_name for s in either) for either in words)


def _number() -> str:
    return "number" if connection.vendor == "postgresql" else "rowid"


def _match() -> str:
    return "f.terms @@ %s::tsquery" if connection.vendor == "postgresql" else "catalogue_search MATCH %s"


def _term(term: str, *, begins: bool = False) -> str:
    """A term as the database asks for it, or all that begin so."""
    if connection.vendor == "postgresql":
        return f"'{term}':*" if begins else f"'{term}'"
    return f'"{term}"*' if begins else f'"{term}"'


def _all_of(every: Sequence[Sequence[str]]) -> str:
    """One of each list."""
    either, both = (" | ", " & ") if connection.vendor == "postgresql" else (" OR ", " AND ")
    return both.join(f"({either.join(terms)})" for terms in every)


def _write(rows: Sequence[tuple[int, Sequence[str]]]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            insert = "INSERT INTO catalogue_search (number, terms) VALUES (%s, array_to_tsvector(%s::text[]))"
            cursor.executemany(insert, [(number, sorted(set(terms))) for number, terms in rows])
        else:
            insert = "INSERT INTO catalogue_search (rowid, terms) VALUES (%s, %s)"
            cursor.executemany(insert, [(number, " ".join(terms)) for number, terms in rows])


def _matches(market: Market, every: Sequence[Sequence[str]], most: int) -> list[tuple[uuid.UUID, str]]:
    """Products that have one of each list of terms, with their names, the newest first. One query; it stops when it
    has enough.
    """
    asked = _all_of([[_term(term) for term in terms] for terms in every])
    number = _number()
    own_id = market.id if connection.features.has_native_uuid_field else market.id.hex
    statement = (
        f"SELECT e.product_id, p.name FROM catalogue_search f JOIN catalogue_searchentry e ON e.id = f.{number}"  # noqa: S608 - our own words
        " JOIN catalogue_product p ON p.id = e.product_id JOIN shops_shop s ON s.id = p.shop_id"
        f" WHERE {_match()} AND p.market_id = %s AND s.standing = %s AND p.status = %s ORDER BY f.{number} DESC LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [asked, own_id, Shop.Standing.ONLINE, Product.Status.ONLINE, most])
        return [(pk if isinstance(pk, uuid.UUID) else uuid.UUID(pk), name) for pk, name in cursor.fetchall()]
