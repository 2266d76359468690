# SPDX-License-Identifier: AGPL-3.0-or-later
"""When a call was last thought of did not end: what is kept is when its last step was."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("bells", "0002_questions")]

    operations = [migrations.RenameField("call", "looked_at", "stepped_at")]
