"""The replay: every check put to a deal again after each of its touches, and the days we were blind."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from premortem.acts.afterwards.replay import ReplayDocument
from premortem.acts.afterwards.replay import replay as replay_deal
from premortem.acts.witness import Witness
from premortem.ledger.deal import DealTouch
from premortem.ledger.fold import deal_as_of
from premortem.web import access
from premortem.web.ledger import ledger, rules
from premortem.web.manner import day_written, touch_called
from premortem.web.pages.lessons import to_choose
from premortem.web.pages.pictures import KINDS, as_file
from premortem.web.pictures.alone import Drawing
from premortem.web.pictures.lives import LEGEND, lives
from premortem.web.pictures.tables import lives_csv


@require_GET
def replay(request: HttpRequest, deal: str) -> HttpResponse:
    """The deal's life as a picture and a table, what most probably lost it, and each touch's news."""
    member = access.see(request, deal)
    document, touches = _replayed(deal)
    access.note_look(member, deal)
    told: dict[str, object] = {
        "replay": document,
        "deal": document.deal,
        "drawn": lives(document),
        "legend": LEGEND,
        "last_useful": next((life.last_useful for life in document.lives if life.last_useful), None),
        "places": {name: reverse("touch", args=[deal, touch.id]) for name, touch in touches.items()},
        "titles": {name: touch_called(touch.type, touch.at.date()) for name, touch in touches.items()},
    }
    if document.ended_on and document.steps:
        asked = request.GET.get("on", "")
        told["choices"], told["wrong"] = to_choose(deal, ledger().store.read(deal), member, asked, document.as_of)
    return render(request, "replay/replay.html", told)


@require_GET
def picture(request: HttpRequest, deal: str, kind: str) -> HttpResponse:
    """The picture to take along, or its table."""
    member = access.see(request, deal)
    document, _ = _replayed(deal)
    if kind not in KINDS or not document.lives:
        raise Http404
    access.note_look(member, deal)
    drawn = lives(document)
    beneath = f"{document.deal.name}, replayed up to {day_written(date.fromisoformat(document.as_of))}"
    drawing = Drawing("pictures/lives.html", "What could be seen", beneath, drawn, drawn.width, drawn.height, LEGEND)
    return as_file(kind, f"{deal}-replay-{document.as_of}", lambda: drawing, lambda: lives_csv(document))


def _replayed(deal: str) -> tuple[ReplayDocument, dict[str, DealTouch]]:
    """The replay, and each touch by its name. Raises Http404 where the ledger has nothing of the deal."""
    held = ledger()
    entries = held.store.read(deal)
    if not entries:
        raise Http404
    whole = deal_as_of(entries)
    witness = Witness(whole, held.contents)
    names = {witness.touch_name(touch.id): touch for touch in whole.touches}
    return replay_deal(entries, held.contents, rules=rules()), names
