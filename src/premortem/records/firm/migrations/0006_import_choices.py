from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

STATES = ("reading", "previewed", "importing", "done", "undoing", "failed", "dropped")


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("firm", "0005_room_link"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.AddField("upload", "kind", models.CharField(default="deals", max_length=20)),
        migrations.AddField("upload", "choices", models.JSONField(default=dict)),
        migrations.AlterField(
            "upload",
            "state",
            models.CharField(choices=[(one, one) for one in STATES], default="reading", max_length=20),
        ),
        migrations.CreateModel(
            name="KeptChoices",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shape", models.CharField(max_length=64, unique=True)),
                ("choices", models.JSONField(default=dict)),
                ("kept_at", models.DateTimeField(auto_now=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MatchAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.CharField(max_length=64)),
                ("key", models.TextField()),
                ("answer", models.TextField()),
                ("at", models.DateTimeField(auto_now=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=["user", "question"], name="firm_match_answer_once")],
            },
        ),
    ]
