# SPDX-License-Identifier: AGPL-3.0-or-later

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('bells', '0003_stepped_at'),
        ('shops', '0004_places'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='call',
            name='bells_call_kind',
        ),
        migrations.RemoveConstraint(
            model_name='wish',
            name='bells_wish_kind',
        ),
        migrations.AlterField(
            model_name='call',
            name='kind',
            field=models.CharField(choices=[('arrivals', 'Arrivals'), ('orders', 'Orders'), ('changes', 'Changes'), ('questions', 'Questions')], max_length=10),
        ),
        migrations.AlterField(
            model_name='wish',
            name='kind',
            field=models.CharField(choices=[('arrivals', 'Arrivals'), ('orders', 'Orders'), ('changes', 'Changes'), ('questions', 'Questions')], max_length=10),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['arrivals', 'orders', 'changes', 'questions'])), name='bells_call_kind'),
        ),
        migrations.AddConstraint(
            model_name='wish',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['arrivals', 'orders', 'changes', 'questions'])), name='bells_wish_kind'),
        ),
    ]
