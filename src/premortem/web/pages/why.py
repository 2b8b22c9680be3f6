"""Why did we lose? Five questions over the deals that a member sees and that ended in a period, never by person."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from time import monotonic
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from premortem.acts.afterwards.why import A_YEAR, CALLED, WhyDocument, wanted
from premortem.acts.afterwards.why import why as answers
from premortem.acts.afterwards.why_ages import AgesShown
from premortem.acts.afterwards.why_deals import deals_behind
from premortem.errors import Unknown
from premortem.records.firm.models import Member
from premortem.records.replays import Replays, Wanted
from premortem.web import access
from premortem.web.ledger import A_WHILE, ledger
from premortem.web.manner import day_written
from premortem.web.pages.pictures import KINDS, as_file
from premortem.web.pictures import by_age, five_questions
from premortem.web.pictures.alone import Drawing
from premortem.web.pictures.tables import ages_csv, questions_csv
from premortem.web.replays_kept import bring_up_to_date

NO_DAY = "That is no day. Write it as YYYY-MM-DD."
LONG_AGO = date(1990, 1, 1)
SAID = (("", "any answer"), ("yes", "yes"), ("no", "no"), ("unknown", "not known"))
ENDS = (("", "however it ended"), *CALLED.items())


@require_GET
def why(request: HttpRequest) -> HttpResponse:
    """The five questions, causes by end, ends by age, days blind, and what changed since the period before."""
    member = access.here(request)
    outdated = bring_up_to_date()
    asked, wrong = _asked(request)
    document, wrong = _answers(member, asked, wrong)
    drawn = by_age.by_age(document.ages) if document.ages else None
    shown = {
        "told": document,
        "wrong": wrong,
        "outdated": outdated,
        "query": _query(document),
        "periods": _periods(timezone.localdate()),
        "questions": five_questions.five_questions(document),
        "questions_legend": five_questions.LEGEND,
        "by_age": drawn,
        "by_age_legend": by_age.legend(document.ages) if document.ages else (),
        "age_rows": _age_rows(document.ages) if document.ages else [],
        "own": member.role not in access.READ_ALL,
        "called": CALLED,
    }
    return render(request, "why/why.html", shown)


@require_GET
def deals(request: HttpRequest, question: str) -> HttpResponse:
    """The deals behind an answer. Raises Http404 for a question that is none of the five."""
    member = access.here(request)
    asked, wrong = _asked(request)
    said, end, page = (request.GET.get(name, "") for name in ("said", "end", "page"))
    number = int(page) if page.isdecimal() and len(page) < 5 else 1
    try:
        told = deals_behind(ledger(), replays_of(member), asked, question, said, end, number)
    except Unknown as absent:
        raise Http404 from absent
    access.note_looks(member, [one.deal for one in told.deals if one.quotes])
    period = {"from": asked.first or "", "to": asked.last or "", "segment": asked.segment, "seller": asked.seller}
    shown = {
        "told": told,
        "wrong": wrong,
        "asked": asked,
        "said": SAID,
        "ends": ENDS,
        "chosen": {"said": said, "end": end},
    }
    narrowed = urlencode({"said": said, "end": end})
    return render(request, "why/deals.html", {**shown, "query": urlencode(period), "narrowed": narrowed})


@require_GET
def picture(request: HttpRequest, picture: str, kind: str) -> HttpResponse:
    """The five questions, or the ends by age, to take along."""
    member = access.here(request)
    asked, _ = _asked(request)
    document, _ = _answers(member, asked, "")
    if kind not in KINDS or picture not in ("questions", "ages"):
        raise Http404
    first, last = (day_written(date.fromisoformat(day)) for day in (document.first, document.last))
    beneath = f"{document.deals} deals that ended from {first} to {last}"
    name = f"why-{picture}-{document.first}-{document.last}"
    if picture == "questions":
        rows = five_questions.five_questions(document)
        drawing = Drawing(
            "pictures/questions.html", "Five questions", beneath, rows, rows.width, rows.height, five_questions.LEGEND
        )
        return as_file(kind, name, lambda: drawing, lambda: questions_csv(document))
    ages = document.ages
    if ages is None:
        raise Http404
    drawn, legend = by_age.by_age(ages), by_age.legend(ages)
    drawing = Drawing(
        "pictures/by_age.html", "How deals ended, by their age", beneath, drawn, drawn.width, drawn.height, legend
    )
    return as_file(kind, name, lambda: drawing, lambda: ages_csv(ages))


def replays_of(member: Member) -> Replays:
    return Replays() if member.role in access.READ_ALL else Replays(seen=access.deals_seen_by(member))


def _asked(request: HttpRequest) -> tuple[Wanted, str]:
    """What is asked for, and what is wrong with it; then the year up to today stands in its place."""
    given, today = request.GET, timezone.localdate()
    segment, seller = given.get("segment", ""), given.get("seller", "")
    try:
        first, last = (
            date.fromisoformat(written) if (written := given.get(name, "").strip()) else None for name in ("from", "to")
        )
        return wanted(first, last, today, segment, seller), ""
    except Unknown as mistake:
        return wanted(None, None, today, segment, seller), str(mistake)
    except (ValueError, OverflowError):
        return wanted(None, None, today, segment, seller), NO_DAY


def _answers(member: Member, asked: Wanted, wrong: str) -> tuple[WhyDocument, str]:
    try:
        return answers_of(member, asked), wrong
    except Unknown as mistake:  # a segment that there is not
        return answers_of(member, Wanted(asked.first, asked.last)), str(mistake)


def answers_of(member: Member, asked: Wanted) -> WhyDocument:
    """Over all deals the answers take a third of a second and change with the replays alone: they are kept a while."""
    replays = replays_of(member)
    if member.role not in access.READ_ALL:
        return answers(replays, asked)
    return _over_all(ledger().place, asked, replays.state(), int(monotonic() // A_WHILE))


@lru_cache(maxsize=64)
def _over_all(place: str, asked: Wanted, state: tuple[int, ...], while_: int) -> WhyDocument:
    """All but `asked` only tell one state of the replays from another."""
    return answers(Replays(), asked)


def _query(document: WhyDocument) -> str:
    """The address's part that asks for the same again."""
    asked = {"from": document.first, "to": document.last, "segment": document.segment, "seller": document.seller}
    return urlencode({name: value for name, value in asked.items() if value})


def _periods(today: date) -> list[tuple[str, str]]:
    """Periods that are often asked for, and the part of the address that does."""
    quarter = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    last = quarter - timedelta(days=1)
    periods = {
        "this quarter": (quarter, today),
        "last quarter": (date(last.year, 3 * ((last.month - 1) // 3) + 1, 1), last),
        "the last 12 months": (today - A_YEAR + timedelta(days=1), today),
        "all that ended": (LONG_AGO, today),
    }
    return [(called, urlencode({"from": first, "to": until})) for called, (first, until) in periods.items()]


def _age_rows(ages: AgesShown) -> list[tuple[int, int, list[tuple[str, float, float, float]]]]:
    """The table beneath the lines: age, how many were under watch then, and each share with its interval."""
    return [
        (
            ages.days[row],
            ages.at_risk[row],
            [(CALLED[one.end], one.shares[row], one.low[row], one.high[row]) for one in ages.curves],
        )
        for row in ages.rows
    ]
