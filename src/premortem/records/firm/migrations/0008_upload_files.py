"""Which files an upload is of, so that a list can say it."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("firm", "0007_webhooks")]
    operations: ClassVar = [
        migrations.AddField("upload", "files", models.CharField(blank=True, default="", max_length=200))
    ]
