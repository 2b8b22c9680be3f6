"""Read tables: what lists and lookups need, made from the ledger."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

KEYS = [
    ("dealrow", "deal"),
    ("touchrow", "deal"),
    ("touchrow", "touch"),
    ("personrow", "deal"),
    ("personrow", "person"),
    ("factrow", "deal"),
    ("factrow", "fact"),
]


def sort_as_python_does(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        for table, column in KEYS:
            editor.execute(f'ALTER TABLE records_{table} ALTER COLUMN {column} TYPE text COLLATE "C"', params=None)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("records", "0001_ledger")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="DealRow",
            fields=[
                ("deal", models.TextField(primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("account", models.TextField(null=True)),
                ("seller", models.TextField(null=True)),
                ("stage", models.TextField(null=True)),
                ("amount", models.FloatField(null=True)),
                ("currency", models.TextField(null=True)),
                ("planned_close", models.DateField(null=True)),
                ("created", models.DateTimeField(null=True)),
                ("status", models.TextField()),
                ("ended", models.DateTimeField(null=True)),
                ("last_touch_at", models.DateTimeField(null=True)),
                ("last_buyer_word_at", models.DateTimeField(null=True)),
                ("touches", models.IntegerField()),
                ("people", models.IntegerField()),
                ("buyers", models.IntegerField()),
                ("facts", models.IntegerField()),
            ],
            options={"indexes": [models.Index(fields=["status", "planned_close"], name="records_deal_status")]},
        ),
        migrations.CreateModel(
            name="TouchRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "deal", "touch", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("deal", models.TextField()),
                ("touch", models.TextField()),
                ("type", models.TextField()),
                ("at", models.DateTimeField()),
                ("learned", models.DateTimeField()),
                ("raw", models.TextField()),
                ("words", models.TextField()),
                ("turns", models.IntegerField()),
                ("reading", models.TextField()),
            ],
            options={"indexes": [models.Index(fields=["raw"], name="records_touch_raw")]},
        ),
        migrations.CreateModel(
            name="PersonRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "deal", "person", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("deal", models.TextField()),
                ("person", models.TextField()),
                ("side", models.TextField()),
                ("roles", models.TextField()),
                ("card", models.TextField(null=True)),
                ("in_crm", models.BooleanField()),
                ("first_named", models.TextField(null=True)),
                ("met", models.TextField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="FactRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "deal", "fact", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("deal", models.TextField()),
                ("fact", models.TextField()),
                ("claim", models.TextField()),
                ("at", models.DateTimeField()),
                ("learned", models.DateTimeField()),
                ("touch", models.TextField()),
                ("turn", models.IntegerField()),
                ("start", models.IntegerField()),
                ("end", models.IntegerField()),
                ("speaker", models.TextField(null=True)),
                ("person", models.TextField(null=True)),
                ("value", models.TextField(null=True)),
                ("reader", models.TextField()),
                ("confidence", models.FloatField()),
                ("standing", models.TextField()),
            ],
            options={"indexes": [models.Index(fields=["claim", "at"], name="records_fact_claim")]},
        ),
        migrations.RunPython(sort_as_python_does),
    ]
