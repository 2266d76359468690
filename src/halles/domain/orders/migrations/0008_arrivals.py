# SPDX-License-Identifier: AGPL-3.0-or-later

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0007_fulfilment'),
        ('shops', '0004_places'),
    ]

    operations = [
        migrations.AddField(
            model_name='shoporder',
            name='arrived_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='shoporder',
            name='arrived_where',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddConstraint(
            model_name='shoporder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('arrived_at', None), ('arrived_where', '')), ('state__in', ['accepted', 'ready', 'to_agree']), _connector='OR'), name='orders_waits_outside'),
        ),
    ]
