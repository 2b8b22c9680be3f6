"""What a deal shows, so that patterns are looked for at once; and replays of deals that ended, as they were made."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def sort_as_python_does(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute('ALTER TABLE records_replayrow ALTER COLUMN deal TYPE text COLLATE "C"', params=None)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("records", "0005_review_order")]
    operations: ClassVar = [
        migrations.AddField("reviewrow", "raised", models.TextField(default="")),
        migrations.AddField("reviewrow", "said", models.TextField(default="")),
        migrations.AddIndex("reviewrow", models.Index(fields=["deal", "raised", "said"], name="records_review_shows")),
        migrations.AddIndex(
            "entry",
            models.Index(fields=["deal", "seq"], condition=models.Q(kind="lesson"), name="records_entry_lessons"),
        ),
        migrations.CreateModel(
            name="ReplayRow",
            fields=[
                ("deal", models.TextField(primary_key=True, serialize=False)),
                ("entries", models.IntegerField()),
                ("made_by", models.TextField()),
                ("status", models.TextField()),
                ("ended", models.DateTimeField()),
                ("segment", models.TextField()),
                ("seller", models.TextField()),
                ("answers", models.TextField()),
                ("factors", models.TextField()),
                ("blind", models.TextField()),
                ("told", models.TextField()),
            ],
        ),
        migrations.AddIndex(
            "replayrow",
            models.Index(
                fields=["ended", "deal", "status", "segment", "seller", "answers"], name="records_replay_period"
            ),
        ),
        migrations.RunPython(sort_as_python_does),
    ]
