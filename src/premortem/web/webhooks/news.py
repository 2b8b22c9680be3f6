"""What the database noted (`WebhookNews`) → events.

An entry tells an event by itself or with the entries before it. Findings are told by comparison: what a deal's review
raises now against what was raised when it was compared last. What happened long before we learned of it is no news: an
import of ten years of deals tells of the last month.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple

import msgspec
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from premortem.ledger.entries import (
    Entry,
    Fact,
    Finding,
    Forecast,
    Milestone,
    Opened,
    Outcome,
    Problem,
    Touch,
    Verdict,
    Waiver,
)
from premortem.records.firm.models import Upload
from premortem.records.firm.webhook_rows import ToldFindings, WebhookNews
from premortem.records.models import DealRow, ReviewRow, TouchRow
from premortem.web.ledger import ledger
from premortem.web.webhooks.events import Event

log = logging.getLogger(__name__)
RECENT = timedelta(days=30)
"""How long before we learned of it a deal may have opened or ended, or a touch been, for it to be news."""
LOST = ("lost", "other_way", "no_decision")
_findings = msgspec.json.Decoder(list[Finding])


class Told(NamedTuple):
    """Events, and of which deals the findings were compared: they are to be kept as they were then."""

    events: list[Event]
    compared: dict[str, str]


def told_by(news: Sequence[WebhookNews]) -> Told:
    """What there is to tell, in the order in which it was noted."""
    events: list[Event] = []
    entries = _entries({one.deal for one in news if one.deal})
    noted = {one.deal: one.pk for one in news if one.what == "review"}
    reviews = ReviewRow.objects.in_bulk(list(noted))
    for one in news:
        if one.what == "entry" and len(entries.get(one.deal, [])) >= one.seq:
            events += of_entry(entries[one.deal], one.seq)
        elif one.what == "import":
            events += _import_done(one.seq)
    for deal, row in sorted(reviews.items()):
        events += _compared(row, entries.get(deal, []), noted[deal])
    return Told(events, {deal: row.findings for deal, row in reviews.items()})


def _entries(deals: set[str]) -> dict[str, list[Entry]]:
    """The entries of these deals; one that can't be read tells nothing, and stops no other."""
    read: dict[str, list[Entry]] = {}
    for deal in sorted(deals):
        try:
            read[deal] = ledger().store.read(deal)
        except ValueError:
            log.exception("deal '%s' can't be read: webhooks are told nothing of it. Run `premortem verify`.", deal)
    return read


def of_entry(entries: Sequence[Entry], seq: int) -> Iterator[Event]:
    """The events of entry number `seq` of a deal, which is counted from 1."""
    entry, before = entries[seq - 1], entries[: seq - 1]
    told = _told(entry, before)
    if told is not None:
        event, data, touch = told
        here = _page("touch", entry.deal, touch) if touch else _page("deal", entry.deal)
        yield Event(event, entry.learned, data, here, f"{entry.deal}\n{seq}", entry.deal)


_Said = tuple[str, dict[str, object], str]
"""An event's name, what it tells, and the touch that it is about."""


def _told(entry: Entry, before: Sequence[Entry]) -> _Said | None:
    day = entry.at.date().isoformat()
    recent = entry.learned - entry.at <= RECENT
    match entry.body:
        case Opened() if recent:
            return "deal.opened", {"on": day, "again": False}, ""
        case Outcome() as outcome if recent:
            return _ended(outcome, before, day)
        case Touch() as touch if recent:
            anew = any(isinstance(one.body, Touch) and one.body.touch == touch.touch for one in before)
            return "touch.read", {"on": day, "touch": touch.touch, "kind": touch.type, "anew": anew}, touch.touch
        case Verdict() as verdict:
            return _judged(verdict, before, day)
        case Forecast() as forecast:
            return _moved(forecast, before, day)
        case Milestone() as step if entry.by_the_buyer:
            fields = {"due": step.due, "done": step.done, "dropped": step.dropped}
            new = not any(isinstance(one.body, Milestone) and one.body.milestone == step.milestone for one in before)
            return "milestone.changed", {"on": day, "milestone": step.milestone, "new": new, **fields}, ""
        case Problem() as problem:
            if any(isinstance(one.body, Problem) and one.body.problem == problem.problem for one in before):
                return None
            data = {"on": day, "problem": problem.problem, "moment": problem.moment}
            return "problem.recorded", {**data, "breaks_trust": problem.breaks_trust}, ""
        case _:
            return None


def _ended(outcome: Outcome, before: Sequence[Entry], day: str) -> _Said | None:
    """How a deal ended, where that is not what was known already."""
    known = [one.body.status for one in before if isinstance(one.body, Outcome)]
    if outcome.status == (known[-1] if known else "open"):
        return None
    if outcome.status == "open":
        return "deal.opened", {"on": day, "again": True}, ""
    event = "deal.lost" if outcome.status in LOST else "deal.won" if outcome.status == "won" else "deal.ended"
    return event, {"on": day, "status": outcome.status}, ""


def _judged(verdict: Verdict, before: Sequence[Entry], day: str) -> _Said:
    found = [one.body for one in before if isinstance(one.body, Fact) and one.body.fact == verdict.fact]
    data: dict[str, object] = {"on": day, "fact": verdict.fact, "claim": found[-1].claim if found else None}
    if verdict.instead is not None:
        data["instead"] = verdict.instead.claim
    touch = found[-1].touch if found else ""
    return f"fact.{verdict.says}", data | {"touch": touch or None}, touch


def _moved(forecast: Forecast, before: Sequence[Entry], day: str) -> _Said | None:
    same = [one.body for one in before if isinstance(one.body, Forecast) and one.body.method == forecast.method]
    was = same[-1].category if same else None
    if forecast.category is None or forecast.category == was:
        return None
    data: dict[str, object] = {"on": day, "method": forecast.method, "category": forecast.category, "was": was}
    return "forecast.changed", data | {"by": forecast.by}, ""


def _compared(row: ReviewRow, entries: Sequence[Entry], noted: int) -> Iterator[Event]:
    """What a review of an open deal raises that the one compared last did not, and the other way round.

    `noted` is the number of the note that said so: a finding may come, go and come again.
    """
    if not DealRow.objects.filter(deal=row.deal, status="open").exists():
        return
    kept = ToldFindings.objects.filter(deal=row.deal).values_list("findings", flat=True).first()
    try:
        was = {one.check: one for one in _findings.decode(kept or "[]")}
        now = {one.check: one for one in _findings.decode(row.findings)}
    except ValueError:
        log.exception("the findings of deal '%s' were kept by another version: comparing begins anew", row.deal)
        return
    aside = {one.body.check for one in entries if isinstance(one.body, Waiver)}
    for check in sorted(now.keys() - was.keys()):
        yield _finding("finding.raised", row, now[check], noted, {"first_visible": _day_of(row.deal, now[check])})
    for check in sorted(was.keys() - now.keys()):
        yield _finding("finding.cleared", row, was[check], noted, {"set_aside": check in aside})


def _finding(event: str, row: ReviewRow, found: Finding, noted: int, more: dict[str, object]) -> Event:
    data = {"on": row.as_of.date().isoformat(), "check": found.check, "severity": found.severity, **more}
    page, key = _page("deal", row.deal), f"{row.deal}\n{found.check}\n{noted}"
    return Event(event, timezone.now(), data, page, key, row.deal)


def _page(name: str, *place: str) -> str:
    """Where a page is; the first one for a deal whose id no address can hold."""
    try:
        return reverse(name, args=place)
    except NoReverseMatch:
        return reverse("today")


def _day_of(deal: str, found: Finding) -> str | None:
    """The day of the touch after which a finding could first be seen."""
    at = TouchRow.objects.filter(deal=deal, touch=found.first_visible or "").values_list("at", flat=True).first()
    return at.date().isoformat() if at else None


def _import_done(number: int) -> Iterator[Event]:
    upload = Upload.objects.filter(pk=number, state="done").first()
    if upload is not None:
        came = upload.preview.get("done") or upload.preview.get("deals") or []
        data: dict[str, object] = {"import": number, "kind": upload.kind, "deals": len(came)}
        yield Event("import.done", timezone.now(), data, reverse("upload", args=[number]), f"import\n{number}")
