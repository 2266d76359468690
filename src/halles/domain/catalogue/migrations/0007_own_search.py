# SPDX-License-Identifier: AGPL-3.0-or-later
from collections.abc import Iterable
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from halles.domain.catalogue.search import stems
from halles.kernel.gtin import show_gtin

AT_ONCE = 500


def find_what_is_not_on_sale(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drafts and what was withdrawn get the words under which their own shop finds them; the rest has them already."""
    product_class = apps.get_model("catalogue", "Product")
    behind = product_class.objects.filter(status__in=["draft", "withdrawn"]).order_by("pk")
    some: list[Any] = []
    for product in behind.select_related("shop").prefetch_related("variants").iterator(chunk_size=AT_ONCE):
        some.append(product)
        if len(some) == AT_ONCE:
            _write(apps, schema_editor, some)
            some = []
    _write(apps, schema_editor, some)


def _write(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor, products: Iterable[Any]) -> None:
    entry_class = apps.get_model("catalogue", "SearchEntry")
    entry_class.objects.bulk_create([entry_class(product=p) for p in products], ignore_conflicts=True)
    numbers = dict(entry_class.objects.filter(product__in=products).values_list("product_id", "id"))
    rows = [(numbers[p.id], [*stems(_text(p)), f"_b{p.shop_id.hex}"]) for p in products]
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    number = "number" if is_postgresql else "rowid"
    terms = "array_to_tsvector(%s::text[])" if is_postgresql else "%s"
    with schema_editor.connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM catalogue_search WHERE {number} = %s", [(n,) for n, _ in rows])
        cursor.executemany(
            f"INSERT INTO catalogue_search ({number}, terms) VALUES (%s, {terms})",
            [(n, sorted(set(words)) if is_postgresql else " ".join(words)) for n, words in rows],
        )


def _text(product: Any) -> str:
    variants = [variant for variant in product.variants.all() if not variant.archived]
    of_variants = (f"{v.size} {v.colour} {v.reference} {show_gtin(v.gtin) if v.gtin else ''}" for v in variants)
    return " ".join([product.words, product.shop.name, *of_variants])


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0006_weight")]

    operations = [migrations.RunPython(find_what_is_not_on_sale, migrations.RunPython.noop, elidable=True)]
