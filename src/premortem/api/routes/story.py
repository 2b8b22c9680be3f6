"""A deal as a story to train others with."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from premortem.acts.afterwards.story import StoryDocument
from premortem.acts.afterwards.story import story as told_story
from premortem.api.shown import Shown
from premortem.web import access
from premortem.web.ledger import ledger, rules

router = Router()


@router.get("deals/{deal}/story", response=Shown[StoryDocument])
def story(request: HttpRequest, deal: str) -> StoryDocument:
    """The deal as a story, with its names changed. Where it would still give somebody away there is none (422)."""
    member = access.see(request, deal)
    access.note_look(member, deal)
    return told_story(ledger(), deal, rules())
