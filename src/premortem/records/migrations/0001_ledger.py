"""The ledger: entries that the database itself refuses to change or delete, and what lies apart from them."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

REFUSAL = "an entry of the ledger is never changed or deleted: append a correction"

# An INSERT OR REPLACE deletes without asking the DELETE trigger, hence the third.
SQLITE = [
    f"CREATE TRIGGER records_entry_{verb.lower()} BEFORE {verb} ON records_entry {when} "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for verb, when in [
        ("UPDATE", ""),
        ("DELETE", ""),
        (
            "INSERT",
            "WHEN EXISTS (SELECT 1 FROM records_entry"
            " WHERE (deal = NEW.deal AND seq = NEW.seq) OR records_entry.rowid = NEW.rowid)",
        ),
    ]
]

# The collation "C" sorts as Python does, and the same on every server.
POSTGRESQL = [
    'ALTER TABLE records_entry ALTER COLUMN deal TYPE text COLLATE "C"',
    "CREATE FUNCTION records_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
    "CREATE TRIGGER records_entry_row BEFORE UPDATE OR DELETE ON records_entry "
    "FOR EACH ROW EXECUTE FUNCTION records_entry_refuse()",
    "CREATE TRIGGER records_entry_all BEFORE TRUNCATE ON records_entry "
    "FOR EACH STATEMENT EXECUTE FUNCTION records_entry_refuse()",
]


def refuse_changes(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[editor.connection.vendor]:
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    initial = True
    dependencies: ClassVar = []
    operations: ClassVar = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "deal", "seq", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("deal", models.TextField()),
                ("seq", models.IntegerField()),
                ("kind", models.TextField()),
                ("at", models.TextField()),
                ("learned", models.TextField()),
                ("author", models.TextField()),
                ("body", models.TextField()),
                ("hash", models.TextField()),
            ],
        ),
        migrations.RunPython(refuse_changes),
        migrations.CreateModel(
            name="Content",
            fields=[
                ("hash", models.TextField(primary_key=True, serialize=False)),
                ("data", models.BinaryField(null=True)),
            ],
        ),
    ]
