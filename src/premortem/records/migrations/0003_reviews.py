"""Reviews as they were last made: what the list of deals reads instead of reviewing all of them each time."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def sort_as_python_does(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute('ALTER TABLE records_reviewrow ALTER COLUMN deal TYPE text COLLATE "C"', params=None)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("records", "0002_read_tables")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="ReviewRow",
            fields=[
                ("deal", models.TextField(primary_key=True, serialize=False)),
                ("entries", models.IntegerField()),
                ("made_by", models.TextField()),
                ("until", models.DateField(null=True)),
                ("as_of", models.DateTimeField()),
                ("high", models.IntegerField()),
                ("medium", models.IntegerField()),
                ("low", models.IntegerField()),
                ("gravest", models.TextField(null=True)),
                ("failed", models.IntegerField()),
                ("head", models.TextField()),
                ("findings", models.TextField()),
            ],
        ),
        migrations.RunPython(sort_as_python_does),
    ]
