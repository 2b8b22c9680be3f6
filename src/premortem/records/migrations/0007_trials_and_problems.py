"""The few trials and problems among millions of entries, found at once."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("records", "0006_lessons_and_replays")]
    operations: ClassVar = [
        migrations.AddIndex(
            "entry",
            models.Index(
                fields=["deal", "seq"],
                condition=models.Q(kind__in=["trial", "problem"]),
                name="records_entry_evaluations",
            ),
        ),
    ]
