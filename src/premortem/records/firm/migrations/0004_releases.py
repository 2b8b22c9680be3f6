from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("firm", "0003_buyer_link")]

    operations: ClassVar = [
        migrations.AddField("firm", "field_people", models.TextField(blank=True, default="")),
        migrations.CreateModel(
            name="Release",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, unique=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={"ordering": ["-made_at", "-id"]},
        ),
        migrations.CreateModel(
            name="ReleaseTick",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item", models.CharField(max_length=50)),
                ("by", models.CharField(max_length=150)),
                ("on", models.DateField()),
                ("told", models.TextField(blank=True)),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ticks", to="firm.release"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            "releasetick",
            models.UniqueConstraint(fields=["release", "item"], name="firm_tick_once"),
        ),
    ]
