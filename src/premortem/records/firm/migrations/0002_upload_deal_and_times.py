from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("firm", "0001_initial")]

    operations: ClassVar = [
        migrations.AddField("upload", "deal", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.AddField("upload", "taken_at", models.DateTimeField(null=True)),
        migrations.AddField("upload", "moved_at", models.DateTimeField(null=True)),
    ]
