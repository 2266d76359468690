# SPDX-License-Identifier: AGPL-3.0-or-later
import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# The same words on both databases, cut by `search.py`: the tables only find them. They refer to nothing, so that a
# table Django rebuilds or empties leaves them alone; what has no entry any more is found by nobody.
SQLITE = "CREATE VIRTUAL TABLE catalogue_search USING fts5(terms, tokenize = \"unicode61 tokenchars '_'\", detail = none)"
POSTGRESQL = (
    "CREATE TABLE catalogue_search (number bigint PRIMARY KEY, terms tsvector NOT NULL);"
    "CREATE INDEX catalogue_search_terms ON catalogue_search USING gin (terms)"
)


def make_table(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute(POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE)


def drop_table(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute("DROP TABLE catalogue_search")


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "product",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.product"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stem", models.CharField(max_length=30, unique=True)),
                ("word", models.CharField(max_length=40)),
            ],
        ),
        migrations.RunPython(make_table, drop_table),
    ]
