"""A deal as a story to train others with: to read, to print, and as a file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from premortem.acts.afterwards.story import Revealing, StoryDocument
from premortem.acts.afterwards.story import story as told_story
from premortem.acts.afterwards.story_written import story_markdown, story_page
from premortem.errors import Unknown
from premortem.ledger.saying import listed
from premortem.web import access
from premortem.web.ledger import ledger, rules

FILES = {"md": (story_markdown, "text/markdown"), "html": (story_page, "text/html")}


@require_GET
def story(request: HttpRequest, deal: str) -> HttpResponse:
    """The story with its names changed; where it can't be told, which sentences would give somebody away."""
    access.note_look(access.see(request, deal), deal)
    shown: dict[str, object] = {"deal": deal}
    try:
        shown["story"] = told_story(ledger(), deal, rules())
    except Revealing as why:
        shown["betrayals"] = [(listed(one.holds), one) for one in why.places]
    except Unknown as why:
        shown["why_none"] = str(why)
    return render(request, "story/story.html", shown)


@require_GET
def story_file(request: HttpRequest, deal: str, kind: str) -> HttpResponse:
    """The story as Markdown, or as one page to print; a file to keep, never shown in the place of a page of ours."""
    member = access.see(request, deal)
    if kind not in FILES:
        raise Http404
    access.note_look(member, deal)
    written, called = FILES[kind]
    answer = HttpResponse(written(_told(deal)), f"{called}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="story.{kind}"'
    return answer


def _told(deal: str) -> StoryDocument:
    try:
        return told_story(ledger(), deal, rules())
    except (Revealing, Unknown) as absent:
        raise Http404 from absent
