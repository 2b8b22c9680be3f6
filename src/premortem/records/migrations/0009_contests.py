"""Contests, awards and bookings from files; what was announced or awarded is locked by the database itself."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

CONTEST = "an announced contest is never changed or deleted: what was promised is owed"
AWARD = "an award is never changed or deleted"

LOCKED = (
    ("records_contestrow", "id", CONTEST, "announced IS NOT NULL"),
    ("records_awardrow", "contest", AWARD, "1 = 1"),
)
"""Table, its key, what the refusal says, and which rows are locked."""


def _sqlite(table: str, key: str, says: str, locked: str) -> list[str]:
    """An INSERT OR REPLACE deletes without asking the DELETE trigger, hence the third."""
    old = locked.replace("announced", "OLD.announced")
    taken = f"EXISTS (SELECT 1 FROM {table} t WHERE {locked} AND (t.{key} = NEW.{key} OR t.rowid = NEW.rowid))"
    return [
        f"CREATE TRIGGER {table}_{verb.lower()} BEFORE {verb} ON {table} WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, '{says}'); END"
        for verb, when in (("UPDATE", old), ("DELETE", old), ("INSERT", taken))
    ]


def _postgresql(table: str, key: str, says: str, locked: str) -> list[str]:
    old = locked.replace("announced", "OLD.announced")
    return [
        f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{says}'; END $$",
        f"CREATE TRIGGER {table}_row BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW WHEN ({old}) EXECUTE FUNCTION {table}_refuse()",
        f"CREATE TRIGGER {table}_all BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
    ]


def lock(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    write = {"sqlite": _sqlite, "postgresql": _postgresql}[editor.connection.vendor]
    for one in LOCKED:
        for statement in write(*one):
            editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("records", "0008_content_and_matters")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="ContestRow",
            fields=[
                ("id", models.TextField(primary_key=True, serialize=False)),
                ("body", models.TextField()),
                ("last", models.DateField()),
                ("made_by", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("approved_by", models.TextField(default="")),
                ("approved_at", models.DateTimeField(null=True)),
                ("announced_by", models.TextField(default="")),
                ("announced", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="AwardRow",
            fields=[
                ("contest", models.TextField(primary_key=True, serialize=False)),
                ("body", models.TextField()),
                ("given_by", models.TextField()),
                ("given_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="BookingRow",
            fields=[
                ("deal", models.TextField(primary_key=True, serialize=False)),
                ("owner", models.TextField()),
                ("day", models.DateField()),
                ("cents", models.BigIntegerField()),
                ("currency", models.TextField()),
            ],
        ),
        migrations.AddIndex(
            "bookingrow",
            models.Index(fields=["owner", "currency", "day", "cents"], name="records_booking_sum"),
        ),
        migrations.RunPython(lock),
    ]
