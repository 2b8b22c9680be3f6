"""The firm's pieces of content; and what was sent and what is open found at once among many entries."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("records", "0007_trials_and_problems")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="PieceRow",
            fields=[
                ("key", models.TextField(primary_key=True, serialize=False)),
                ("title", models.TextField()),
                ("place", models.TextField(default="")),
                ("use_case", models.TextField(default="")),
                ("pain", models.TextField(default="")),
                ("reader", models.TextField(default="anyone")),
                ("concern", models.TextField(default="")),
            ],
        ),
        migrations.AddIndex(
            "entry", models.Index(fields=["deal", "seq"], condition=models.Q(kind="sent"), name="records_entry_sent")
        ),
        migrations.AddIndex(
            "entry",
            models.Index(fields=["deal", "seq"], condition=models.Q(kind="open_matter"), name="records_entry_matters"),
        ),
    ]
