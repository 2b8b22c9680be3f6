"""Since when findings stand that no new touch brought: noted whenever a review is kept that finds what the one before
it did not. A deal falls silent, a day passes, a word is taken back: nothing came in, and yet there is news."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from premortem.ledger.store import Reviewed
from premortem.records.models import RaisedRow


def note_raised(alias: str, before: Mapping[str, str], reviews: Sequence[Reviewed], at: datetime) -> None:
    """Note what these reviews find anew, and forget what they no longer find. `before` are the checks that each deal's
    last review raised, as it kept them; a deal without one is new as a whole."""
    rows, raised = RaisedRow.objects.using(alias), {one.deal: set(one.raised.split()) for one in reviews}
    noted = rows.filter(deal__in=raised).values_list("pk", "deal", "finding")
    rows.filter(pk__in=[key for key, deal, finding in noted if finding not in raised[deal]]).delete()
    anew = {deal: found - set(before[deal].split()) for deal, found in raised.items() if deal in before}
    rows.bulk_create(RaisedRow(deal=deal, finding=one, at=at) for deal, found in anew.items() for one in sorted(found))
