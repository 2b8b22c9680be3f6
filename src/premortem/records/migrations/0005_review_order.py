"""What lets a list of deals be read in the order of their reviews without sorting all of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("records", "0004_lists")]
    operations: ClassVar = [
        migrations.AddIndex(
            "reviewrow", models.Index(fields=["high", "medium", "low", "deal"], name="records_review_gravity")
        ),
        migrations.AddIndex("reviewrow", models.Index(fields=["unknown", "deal"], name="records_review_unknown")),
        migrations.AddIndex("reviewrow", models.Index(fields=["gravest", "deal"], name="records_review_cause")),
        migrations.AddIndex("dealrow", models.Index(fields=["stage"], name="records_deal_stage")),
    ]
