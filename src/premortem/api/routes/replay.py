"""The replay: every check put to a deal again after each of its touches, and the days we were blind."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from premortem.acts.afterwards.replay import ReplayDocument
from premortem.acts.afterwards.replay import replay as replay_deal
from premortem.api.routes.deals import entries_of
from premortem.api.shown import Shown
from premortem.web import access
from premortem.web.ledger import ledger, rules

router = Router()


@router.get("deals/{deal}/replay", response=Shown[ReplayDocument])
def replay(request: HttpRequest, deal: str) -> ReplayDocument:
    """The deal lived again: what could be seen when, what was known when, and what most probably lost it."""
    member = access.see(request, deal)
    document = replay_deal(entries_of(deal), ledger().contents, rules=rules())
    access.note_look(member, deal)
    return document
