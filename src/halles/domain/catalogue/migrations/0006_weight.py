# SPDX-License-Identifier: AGPL-3.0-or-later
from pathlib import Path

from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def weigh(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """A look on the disk for those that are there already; one that is missing weighs nothing."""
    picture_class = apps.get_model("catalogue", "Picture")
    some = []
    for picture in picture_class.objects.only("pk").order_by("pk").iterator(chunk_size=500):
        original = Path(settings.DATA) / "originals" / f"{picture.pk}.jpg"
        picture.weight = original.stat().st_size if original.exists() else 0
        some.append(picture)
        if len(some) == 500:
            picture_class.objects.bulk_update(some, ["weight"])
            some = []
    picture_class.objects.bulk_update(some, ["weight"])


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0005_lists")]

    operations = [
        migrations.AddField(
            model_name="picture",
            name="weight",
            field=models.PositiveBigIntegerField(null=True),
        ),
        migrations.RunPython(weigh, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name="picture",
            index=models.Index(fields=["product", "weight"], name="catalogue_weights"),
        ),
    ]
