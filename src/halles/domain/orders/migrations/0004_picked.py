# SPDX-License-Identifier: AGPL-3.0-or-later
"""How much of a line was taken from the shelf; what came in since a moment is found by an index."""

import halles.kernel.numbers
from django.db import migrations, models



class Migration(migrations.Migration):

    dependencies = [
        ("orders", "0003_weighed"),
    ]

    operations = [
        migrations.AddField(
            model_name='orderline',
            name='picked',
            field=halles.kernel.numbers.QuantityField(default=0),
        ),
        migrations.AddIndex(
            model_name='shoporder',
            index=models.Index(fields=['shop', 'created_at'], name='orders_came_in'),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.CheckConstraint(condition=models.Q(('picked__gte', 0)), name='orders_line_picked'),
        ),
    ]
