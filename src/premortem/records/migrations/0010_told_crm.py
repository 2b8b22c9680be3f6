"""What was written into the firm's CRM, when and by whom."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("records", "0009_contests")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="ToldRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("by", models.TextField()),
                ("crm", models.TextField()),
                ("deal", models.TextField()),
                ("record", models.TextField()),
                ("word", models.TextField()),
                ("field", models.TextField()),
                ("old", models.TextField(default="")),
                ("new", models.TextField(default="")),
            ],
        ),
        migrations.AddIndex("toldrow", models.Index(fields=["deal", "at"], name="records_told_deal")),
    ]
