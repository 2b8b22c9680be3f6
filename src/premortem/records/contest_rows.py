"""The tables of contests. They are the firm's, not a deal's, and no read tables: what was promised is kept.

A contest that was announced and an award that was given are locked: the database refuses to change or delete them.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class ContestRow(models.Model):
    """A contest, whole in `body` (JSON of `contests.contest.Contest`). Without `announced` it is a draft.

    `approved_by` agreed to its cost. `last` is its last day, for lists.
    """

    id = models.TextField(primary_key=True)
    body = models.TextField()
    last = models.DateField()
    made_by = models.TextField()
    made_at = models.DateTimeField()
    approved_by = models.TextField(default="")
    approved_at = models.DateTimeField(null=True)
    announced_by = models.TextField(default="")
    announced = models.DateTimeField(null=True)


class AwardRow(models.Model):
    """Who won a contest, as it was computed when it was given, whole in `body`."""

    contest = models.TextField(primary_key=True)
    body = models.TextField()
    given_by = models.TextField()
    given_at = models.DateTimeField()


class BookingRow(models.Model):
    """A booking from a file, in hundredths; `deal` is its id, and takes the place of a deal of that id in the ledger.

    `owner` is written as `contests.contest.key_of` writes it.
    """

    deal = models.TextField(primary_key=True)
    owner = models.TextField()
    day = models.DateField()
    cents = models.BigIntegerField()
    currency = models.TextField()

    class Meta:
        indexes: ClassVar = [
            # Everything that a contest sums, in the order in which it is summed.
            models.Index(fields=["owner", "currency", "day", "cents"], name="records_booking_sum"),
        ]
