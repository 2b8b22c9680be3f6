"""The log of what was written into the firm's CRM. It is about what we told, not about a deal: no part of the ledger.

It holds no words: of a field whose value may name or quote somebody it says that it was written, not what. So whoever
is erased from the ledger is nowhere in it.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class ToldRow(models.Model):
    """A field of a record of the CRM that we wrote, `old` over `new` as JSON; both are empty where they are words.

    `word` is what of ours it is, `field` the CRM's name of where it went.
    """

    at = models.DateTimeField()
    by = models.TextField()
    crm = models.TextField()
    deal = models.TextField()
    record = models.TextField()
    word = models.TextField()
    field = models.TextField()
    old = models.TextField(default="")
    new = models.TextField(default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["deal", "at"], name="records_told_deal")]
