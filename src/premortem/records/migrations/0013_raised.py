"""Since when findings stand that no new touch brought."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("records", "0012_withdrawn_deals")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="RaisedRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("deal", models.TextField()),
                ("finding", models.TextField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.AddIndex("raisedrow", models.Index(fields=["at"], name="records_raised_at")),
        migrations.AddIndex("raisedrow", models.Index(fields=["deal"], name="records_raised_deal")),
    ]
