# SPDX-License-Identifier: AGPL-3.0-or-later

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0008_arrivals'),
    ]

    operations = [
        migrations.AddField(
            model_name='shoporder',
            name='announced_at',
            field=models.DateTimeField(null=True),
        ),
    ]
