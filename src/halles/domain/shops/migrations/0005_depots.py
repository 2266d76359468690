# SPDX-License-Identifier: AGPL-3.0-or-later

import django.db.models.deletion
import django.utils.timezone
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import halles.kernel.identifiers

SHOWN = ("name", "address", "postal_code", "city", "latitude", "longitude")


def give_sheets(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Each depot of a shop gets a sheet, with that shop as its host."""
    place_model, depot_model = apps.get_model("shops", "Place"), apps.get_model("shops", "Depot")
    for place in place_model.objects.filter(kind="depot", depot=None).order_by("id"):
        sheet = {name: getattr(place, name) for name in SHOWN}
        place.depot = depot_model.objects.create(host_id=place.shop_id, created_at=place.created_at, **sheet)
        place.save(update_fields=["depot"])
    # What PostgreSQL puts off until the end would keep the tables from being changed below.
    schema_editor.connection.check_constraints()


class Migration(migrations.Migration):

    dependencies = [
        ('shops', '0004_places'),
    ]

    operations = [
        migrations.CreateModel(
            name='Depot',
            fields=[
                ('id', models.UUIDField(default=halles.kernel.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('name', models.CharField(max_length=80)),
                ('address', models.CharField(blank=True, max_length=160)),
                ('postal_code', models.CharField(blank=True, max_length=5)),
                ('city', models.CharField(blank=True, max_length=80)),
                ('latitude', models.IntegerField(null=True)),
                ('longitude', models.IntegerField(null=True)),
                ('keeper_phone', models.CharField(blank=True, max_length=16)),
                ('host', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hosted_depots', to='shops.shop')),
            ],
            options={
                'indexes': [models.Index(fields=['name'], name='shops_depot_name')],
            },
        ),
        migrations.AddField(
            model_name='place',
            name='depot',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='places', to='shops.depot'),
        ),
        migrations.RunPython(give_sheets, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('depot__isnull', False), ('kind', 'depot')), models.Q(models.Q(('kind', 'depot'), _negated=True), ('depot', None)), _connector='OR'), name='shops_depot_has_sheet'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.UniqueConstraint(fields=('shop', 'depot'), name='shops_depot_once'),
        ),
    ]
