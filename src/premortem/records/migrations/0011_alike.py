"""Which deals look like a lesson, noted as reviews are kept instead of looked for each time."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def sort_as_python_does(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute('ALTER TABLE records_alikerow ALTER COLUMN deal TYPE text COLLATE "C"', params=None)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("records", "0010_told_crm")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="AlikeRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("lesson", models.TextField()),
                ("deal", models.TextField()),
                ("status", models.TextField()),
                ("ended", models.DateTimeField(null=True)),
                ("touched", models.DateTimeField()),
            ],
        ),
        migrations.AddIndex(
            "alikerow",
            models.Index(fields=["lesson", "status", "ended", "touched", "deal"], name="records_alike_lesson"),
        ),
        migrations.AddIndex(
            "alikerow", models.Index(fields=["status", "touched", "deal", "lesson"], name="records_alike_newest")
        ),
        migrations.AddIndex("alikerow", models.Index(fields=["deal", "lesson"], name="records_alike_deal")),
        migrations.RunPython(sort_as_python_does),
    ]
