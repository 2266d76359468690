# SPDX-License-Identifier: AGPL-3.0-or-later

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('fulfilment', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='method',
            name='curbside',
            field=models.CharField(blank=True, max_length=120),
        ),
    ]
