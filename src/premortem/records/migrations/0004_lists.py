"""What lists of deals sort and filter by, beside each review, and the order in which facts and touches came in."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("records", "0003_reviews")]
    operations: ClassVar = [
        migrations.AddField("reviewrow", "unknown", models.IntegerField(default=0)),
        migrations.AddField("reviewrow", "not_known", models.TextField(default="[]")),
        migrations.AddField("reviewrow", "buyer_day", models.DateField(null=True)),
        migrations.AddIndex(
            "reviewrow",
            models.Index(
                fields=["deal", "high", "medium", "low", "unknown", "buyer_day", "gravest"], name="records_review_list"
            ),
        ),
        migrations.AddIndex("reviewrow", models.Index(fields=["buyer_day"], name="records_review_day")),
        migrations.AddIndex("touchrow", models.Index(fields=["learned"], name="records_touch_learned")),
        migrations.AddIndex("factrow", models.Index(fields=["at"], name="records_fact_at")),
    ]
