# SPDX-License-Identifier: AGPL-3.0-or-later
"""A product of Open Food Facts as facts of ours."""

import re
from collections.abc import Mapping

from halles.domain.catalogue.models import Kind
from halles.domain.imports.values.goods import allergens
from halles.domain.imports.values.texts import plain_text
from halles.domain.tradeitems import rules
from halles.domain.tradeitems.ports import Facts, Known, Unusable
from halles.integrations.openfoodfacts.codes import code_of
from halles.integrations.openfoodfacts.quantities import quantity
from halles.kernel.errors import Refused

# What is read of a product; French before the language of whoever entered it.
NAMES = ("product_name_fr", "product_name", "generic_name_fr", "generic_name")
FIELDS = (
    "code", "url", *NAMES, "brands", "quantity", "categories_tags", "ingredients_text_fr", "ingredients_text",
    "allergens_tags", "origins", "product_type",
)  # fmt: skip
# Its categories name all that stand above them, so that the wide ones tell.
KINDS = (
    (
        Kind.WINE,
        frozenset({"en:alcoholic-beverages", "en:wines", "en:beers", "en:ciders", "en:hard-liquors"}),
    ),
    (Kind.SANDWICH, frozenset({"en:sandwiches"})),
    (Kind.PASTRY, frozenset({"en:viennoiseries", "en:pastries", "en:cakes"})),
    (Kind.BREAD, frozenset({"en:breads"})),
)
WITHOUT_ALCOHOL = "en:non-alcoholic"
FOOD = frozenset({"", "food"})  # of product_type: soap and pet food stand in the same files
MARKED = re.compile(r"_+([^_]+)_+")  # how allergens are marked in lists of ingredients
NO_ALLERGEN = "en:none"


def product(number: int, said: Mapping[str, str]) -> Known | Unusable:
    """What a row says, or why it says nothing."""
    name = next(
        (text for field in NAMES if (text := plain_text(said.get(field, ""), rules.LONGEST_NAME))), ""
    )
    try:
        code = code_of(said.get("code", ""), said.get("url", ""))
        facts, doubts = _facts(code, name, said)
        return Known(number, rules.kept(facts), doubts)
    except Refused as refused:
        return Unusable(number, refused, said.get("code", "")[:40], name)


def _facts(code: str, name: str, said: Mapping[str, str]) -> tuple[Facts, list[Refused]]:
    (amount, unit), not_understood = quantity(said.get("quantity", ""))
    doubts = [Refused("imports.content_wrong", typed=said["quantity"][:40])] if not_understood else []
    contains, unknown = allergens(said.get("allergens_tags", "").replace(NO_ALLERGEN, ""))
    doubts += [Refused("imports.allergen_unknown", typed=word) for word in unknown]
    kind = _kind(said)
    ingredients = said.get("ingredients_text_fr") or said.get("ingredients_text", "")
    facts = Facts(
        gtin=code,
        name=name,
        kind=kind,
        maker=plain_text(said.get("brands", "").split(",")[0], rules.LONGEST_NAME),
        content=amount,
        content_unit=unit,
        ingredients=MARKED.sub(r"\1", plain_text(ingredients, rules.LONGEST_INGREDIENTS)),
        allergens=contains,
        origin=", ".join(part.strip() for part in said.get("origins", "").split(",") if part.strip()),
        is_alcohol=kind == Kind.WINE,
    )
    return facts, doubts


def _kind(said: Mapping[str, str]) -> Kind:
    if said.get("product_type", "") not in FOOD:
        return Kind.OBJECT
    tags = {tag.strip() for tag in said.get("categories_tags", "").split(",")}
    sober = any(tag.startswith(WITHOUT_ALCOHOL) for tag in tags)
    found = (kind for kind, telling in KINDS if tags & telling and not (sober and kind == Kind.WINE))
    return next(found, Kind.FOOD)
