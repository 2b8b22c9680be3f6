"""Pictures to take along: each as PNG, as SVG that stands alone, and its table as CSV."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from premortem.acts.looking.deal_page import DealPage
from premortem.acts.looking.touch_page import touch_page
from premortem.errors import Unknown
from premortem.web import access
from premortem.web.ledger import ledger
from premortem.web.manner import day_written
from premortem.web.pages.deal import seen
from premortem.web.pictures import stakeholder_map, tables, talk_strip, timeline
from premortem.web.pictures.alone import Drawing, Sign, png_of, svg_of

KINDS = {"png": "image/png", "svg": "image/svg+xml", "csv": "text/csv; charset=utf-8"}


@require_GET
def of_deal(request: HttpRequest, deal: str, picture: str, kind: str) -> HttpResponse:
    """The stakeholder map or the timeline, as of the day that is asked for."""
    member = access.see(request, deal)
    if picture not in PICTURES or kind not in KINDS:
        raise Http404
    page, _, _ = seen(request, deal)
    access.note_look(member, deal)
    draw, table = PICTURES[picture]
    return as_file(kind, f"{deal}-{picture}-{page.review.as_of}", lambda: draw(page), lambda: table(page))


@require_GET
def of_touch(request: HttpRequest, deal: str, touch: str, kind: str) -> HttpResponse:
    """Who spoke when in a call. Raises Http404 for a touch without voices."""
    member = access.see(request, deal)
    try:
        page = touch_page(ledger(), deal, touch)
    except Unknown as absent:
        raise Http404 from absent
    if kind not in KINDS or not page.lanes:
        raise Http404
    access.note_look(member, deal, touch)
    strip = talk_strip.talk_strip(page.lanes, page.length)
    beneath = f"{page.deal_name}: {page.subject or page.name}, {day_written(page.at)}"
    drawing = Drawing(
        "pictures/strip.html", "Who spoke when", beneath, strip, strip.width, strip.height, talk_strip.LEGEND
    )
    day = page.at.date().isoformat()
    return as_file(kind, f"{deal}-who-spoke-{day}", lambda: drawing, lambda: tables.strip_csv(page.lanes))


def _map(page: DealPage) -> Drawing:
    drawn = stakeholder_map.stakeholder_map(page.people, page.ties, stakeholder_map.took_part(page))
    return _of_deal("map", "Who is who", page, drawn, stakeholder_map.LEGEND)


def _timeline(page: DealPage) -> Drawing:
    return _of_deal("timeline", "The days", page, timeline.timeline(page), timeline.LEGEND)


def _of_deal(
    picture: str,
    title: str,
    page: DealPage,
    drawn: stakeholder_map.StakeholderMap | timeline.Timeline,
    legend: tuple[Sign, ...],
) -> Drawing:
    beneath = f"{page.review.deal.name}, seen from {day_written(date.fromisoformat(page.review.as_of))}"
    return Drawing(f"pictures/{picture}.html", title, beneath, drawn, drawn.width, drawn.height, legend)


PICTURES: dict[str, tuple[Callable[[DealPage], Drawing], Callable[[DealPage], str]]] = {
    "map": (_map, tables.map_csv),
    "timeline": (_timeline, tables.timeline_csv),
}


def as_file(kind: str, name: str, draw: Callable[[], Drawing], table: Callable[[], str]) -> HttpResponse:
    """A picture or its table as a file to keep: never shown in the page's own place, where a style is no part of it."""
    if kind == "csv":
        made: str | bytes = table()
    else:
        svg = svg_of(draw())
        made = png_of(svg) if kind == "png" else svg
    plain = re.sub(r"[^A-Za-z0-9.-]+", "-", name)
    return HttpResponse(
        made, content_type=KINDS[kind], headers={"Content-Disposition": f'attachment; filename="{plain}.{kind}"'}
    )
