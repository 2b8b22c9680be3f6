"""Which deals were withdrawn, found at once among many entries."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("records", "0011_alike")]
    operations: ClassVar = [
        migrations.AddIndex(
            "entry",
            models.Index(fields=["deal", "seq"], condition=models.Q(kind="withdrawn"), name="records_entry_withdrawn"),
        ),
    ]
