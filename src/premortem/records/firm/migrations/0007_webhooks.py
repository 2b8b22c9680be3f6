from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))
STATES = [("waiting", "waiting"), ("delivered", "delivered"), ("given up", "given up")]


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("firm", "0006_import_choices"),
        ("firm", "0006_idempotency"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Webhook",
            fields=[
                ID,
                ("address", models.TextField()),
                ("events", models.TextField()),
                ("with_words", models.BooleanField(default=False)),
                ("pages", models.TextField()),
                ("nonce", models.CharField(max_length=64)),
                ("secret_sum", models.CharField(max_length=64)),
                ("old_nonce", models.CharField(blank=True, default="", max_length=64)),
                ("old_until", models.DateTimeField(null=True)),
                ("failing_since", models.DateTimeField(null=True)),
                ("off_since", models.DateTimeField(null=True)),
                ("off_why", models.TextField(blank=True, default="")),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ["address", "id"]},
        ),
        migrations.CreateModel(
            name="WebhookNews",
            fields=[
                ID,
                ("what", models.CharField(max_length=10)),
                ("deal", models.TextField()),
                ("seq", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="ToldFindings",
            fields=[
                ("deal", models.TextField(primary_key=True, serialize=False)),
                ("findings", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ID,
                ("message", models.CharField(max_length=64)),
                ("event", models.CharField(max_length=50)),
                ("deal", models.TextField(blank=True)),
                ("payload", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("state", models.CharField(choices=STATES, default="waiting", max_length=20)),
                ("failed", models.IntegerField(default=0)),
                ("next_at", models.DateTimeField()),
                (
                    "hook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="deliveries", to="firm.webhook"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["state", "next_at"], name="firm_delivery_due"),
                    models.Index(fields=["hook", "-made_at"], name="firm_delivery_log"),
                ],
                "constraints": [models.UniqueConstraint(fields=("hook", "message"), name="firm_delivery_once")],
            },
        ),
        migrations.CreateModel(
            name="DeliveryTry",
            fields=[
                ID,
                ("at", models.DateTimeField()),
                ("status", models.IntegerField(null=True)),
                ("ms", models.IntegerField()),
                ("says", models.TextField(blank=True)),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tries", to="firm.delivery"
                    ),
                ),
            ],
            options={"ordering": ["-at", "-id"]},
        ),
    ]
