# SPDX-License-Identifier: AGPL-3.0-or-later
"""Under which addresses a shop's products stand: made of their names, each once, former ones for ever."""

import secrets
import uuid
from collections.abc import Iterator, Sequence

from django.utils.text import slugify

from halles.domain.catalogue.models import FormerProductSlug, Product
from halles.domain.shops.models import Shop
from halles.kernel.identifiers import CODE_ALPHABET, fold

MOST_NUMBERED = 9  # "miel-9"; what comes after has letters
# Pages of a shop that stand where its products do.
RESERVED_SLUGS = frozenset({"conditions", "question"})


def give(shop: Shop, products: Sequence[Product]) -> None:
    """An address for each of these, by its name; the records are not saved. Two queries."""
    for product, slug in zip(products, _free(shop, products), strict=True):
        product.slug = slug


def follow(shop: Shop, renamed: Sequence[Product]) -> None:
    """The addresses of these follow their names; the former ones go on working. The records are not saved. Four queries."""
    former = {product.id: product.slug for product in renamed}
    give(shop, renamed)
    moved = [product for product in renamed if product.slug != former[product.id]]
    if not moved:
        return
    FormerProductSlug.objects.bulk_create(
        [FormerProductSlug(shop=shop, slug=former[product.id], product=product) for product in moved],
        update_conflicts=True,
        unique_fields=["shop", "slug"],
        update_fields=["product"],
    )
    FormerProductSlug.objects.filter(shop=shop, slug__in=[product.slug for product in moved]).delete()


def _free(shop: Shop, products: Sequence[Product]) -> Iterator[str]:
    """What is or was another product's is taken; beyond nine of one name, letters instead of a number."""
    bases = [slugify(fold(p.name).replace("'", " "))[:60].strip("-") or "article" for p in products]
    tried = {
        f"{base}{end}" for base in bases for end in ("", *(f"-{n}" for n in range(2, MOST_NUMBERED + 1)))
    }
    owners: dict[str, uuid.UUID | None] = dict.fromkeys(RESERVED_SLUGS)
    owners |= FormerProductSlug.objects.filter(shop=shop, slug__in=tried).values_list("slug", "product")
    owners |= Product.objects.filter(shop=shop, slug__in=tried).values_list("slug", "id")
    for product, base in zip(products, bases, strict=True):
        slug, number = base, 2
        while owners.get(slug, product.id) != product.id:
            slug = f"{base}-{number}" if number <= MOST_NUMBERED else f"{base}-{_letters()}"
            number += 1
        owners[slug] = product.id
        yield slug


def _letters() -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(6)).lower()
