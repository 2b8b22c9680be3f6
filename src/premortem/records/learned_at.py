"""What the ledger learned at one moment: an import's entries are known by it, also where it stopped and went on."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Q

from premortem.ledger.chain import write_time
from premortem.records.models import Entry


class Learned(NamedTuple):
    """A deal of which something was learned at a moment; `opened`: it was not there before."""

    deal: str
    entries: int
    opened: bool


def learned_at(alias: str, moment: datetime) -> list[Learned]:
    """The deals of which something was learned at exactly this moment, in the order of their ids.

    Looks through the whole ledger: a second for a million entries.
    """
    found = Entry.objects.using(alias).filter(learned=write_time(moment)).values("deal").order_by("deal")
    counted = found.annotate(entries=Count("seq"), opens=Count("seq", filter=Q(kind="opened")))
    return [Learned(one["deal"], one["entries"], one["opens"] > 0) for one in counted]
