"""Lists of deals for somebody who may see some of them: filtered, sorted and cut by the database."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta
from operator import itemgetter
from typing import Any, Literal, NamedTuple, get_args

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce, Lower
from msgspec import Struct
from msgspec.structs import replace

from premortem.ledger.entries import Entry as LedgerEntry
from premortem.records.firm.models import DealHome
from premortem.records.models import AlikeRow, DealRow, FactRow, RaisedRow, ReviewRow, TouchRow
from premortem.records.of_kind import of_kind
from premortem.records.review_order import COLUMNS, told, walked

Whose = Literal["mine", "team", "all"]
Status = Literal["open", "closed", "all"]
Sort = Literal[
    "findings", "name", "stage", "amount", "unknowns", "last_word", "buyer_day", "planned_close", "cause", "seller"
]
SORTS: tuple[str, ...] = get_args(Sort)
A_PAGE = 50
IN_A_LIST = 900
MANY = 1_000
"""Deals from which on a list is walked along an index; fewer are sorted."""
LOOKED_THROUGH, AMONG_THESE = 2_000, 200
"""Facts of all deals that are looked through for those that wait, and how many of these at most."""
GRAVITY = F("high") * 1_000_000 + F("medium") * 1_000 + F("low")
OF_REVIEW = {"findings": GRAVITY, "unknowns": F("unknown"), "buyer_day": F("buyer_day"), "cause": F("gravest")}
OF_DEAL = {
    "name": Lower("name"),
    "stage": Lower("stage"),
    "seller": Lower("seller"),
    "amount": F("amount"),
    "last_word": F("last_buyer_word_at"),
    "planned_close": F("planned_close"),
}
LISTED = ("deal", "high", "medium", "low", "unknown", "not_known", "gravest", "buyer_day")


class Wanted(Struct, frozen=True):
    """Which deals, in which order. `silent` is for how many days the buyer has said nothing, at least; `lesson` is one
    that they look like."""

    whose: Whose = "all"
    status: Status = "open"
    stage: str = ""
    severity: Literal["", "high", "medium", "low", "none"] = ""
    text: str = ""
    silent: int | None = None
    sort: Sort = "findings"
    down: bool = True
    lesson: str = ""


class Waits(NamedTuple):
    """A fact of which its reader was unsure."""

    deal: str
    fact: str


class Queue(NamedTuple):
    """The facts that wait. `at_least`: not all deals' facts were looked through, so that more may wait."""

    facts: list[Waits]
    at_least: bool


class CameIn(NamedTuple):
    """The newest touches that came in. `cut`: there were more."""

    touches: list[TouchRow]
    cut: bool


class DealLists:
    """Lists of the deals in `seen`, of which some are of `user`, and some of the team."""

    def __init__(self, seen: QuerySet[DealRow], user: int | None = None, team: int | None = None) -> None:
        self._seen, self._user = seen, user
        self._counts: dict[tuple[Wanted, date], int] = {}
        self._newest: dict[Whose, list[str]] = {}
        self._homes = {"mine": DealHome.objects.filter(owner_id=user)}
        self._homes["team"] = self._homes["mine"]
        if team is not None:
            self._homes["team"] = DealHome.objects.filter(Q(team_id=team) | Q(owner_id=user))

    def of(self, whose: Whose) -> QuerySet[DealRow]:
        if whose == "all":
            return self._seen
        return self._seen.filter(deal__in=self._homes[whose].values("deal"))

    def stages(self, whose: Whose) -> list[str]:
        found = self.of(whose).exclude(stage=None).order_by().values_list("stage", flat=True).distinct()
        return sorted(one for one in found if one)

    def count(self, wanted: Wanted, today: date) -> int:
        if (wanted, today) not in self._counts:
            self._counts[wanted, today] = self._filtered(wanted, today).count()
        return self._counts[wanted, today]

    def rows(self, wanted: Wanted, today: date, start: int = 0, most: int | None = A_PAGE) -> list[DealRow]:
        """The deals in their order; without `most`, all from `start` on."""
        ordered = _ordered(self._filtered(wanted, today), wanted)
        if most is None:
            return list(ordered[start:])
        if wanted.sort in COLUMNS and self.count(wanted, today) > MANY:
            deals = self._along_reviews(wanted, today, start, most)
        else:
            deals = list(ordered.values_list("deal", flat=True)[start : start + most])
        rows = named(deals)  # apart: sorting whole rows takes twice as long
        return [rows[deal] for deal in deals if deal in rows]

    def in_order(self, wanted: Wanted, today: date) -> QuerySet[DealRow]:
        """The deals in their order, which is by `told`, `planned_close` and `deal`."""
        return _ordered(self._filtered(wanted, today), wanted)

    def _along_reviews(self, wanted: Wanted, today: date, start: int, most: int) -> list[str]:
        """As `rows`, by walking along an index of the reviews; deals of which they say nothing come last."""
        unsorted = self._filtered(replace(wanted, severity=""), today)
        reviews = _of_severity(wanted.severity, in_passing=True)
        found = walked(unsorted, reviews, wanted.sort, wanted.down, start, most)
        if len(found) == most:
            return found
        silent = self._filtered(wanted, today).filter(
            ~Exists(told(ReviewRow.objects.filter(deal=OuterRef("deal")), wanted.sort))
        )
        first = 0 if found else start - (self.count(wanted, today) - silent.count())
        ordered = silent.order_by(F("planned_close").asc(nulls_last=True), "deal").values_list("deal", flat=True)
        return [*found, *ordered[first : first + most - len(found)]]

    def _filtered(self, wanted: Wanted, today: date) -> QuerySet[DealRow]:
        found = self.of(wanted.whose)
        if wanted.status != "all":
            found = found.filter(status="open") if wanted.status == "open" else found.exclude(status="open")
        if wanted.stage:
            found = found.filter(stage=wanted.stage)
        if wanted.severity:
            found = found.filter(deal__in=_of_severity(wanted.severity).values("deal"))
        for word in wanted.text.split():
            says = Q(name__icontains=word) | Q(account__icontains=word) | Q(seller__icontains=word)
            if self._user is not None:
                says |= Q(deal__in=DealHome.objects.filter(_called(word)).values("deal"))
            found = found.filter(says | Q(deal__icontains=word))
        if wanted.lesson:
            found = found.filter(deal__in=AlikeRow.objects.filter(lesson=wanted.lesson).values("deal"))
        if wanted.silent is not None:
            since = datetime.combine(today, time(), UTC) - timedelta(days=wanted.silent - 1)
            found = found.filter(Q(last_buyer_word_at__lt=since) | Q(last_buyer_word_at=None))
        return found

    def new_touches(self, whose: Whose, since: datetime, most: int) -> CameIn:
        """Touches that came in after a moment, the newest first."""
        news = TouchRow.objects.filter(learned__gt=since).order_by("-learned", "-at", "deal")
        if whose != "all":
            mine = self.of(whose).order_by(F("last_touch_at").desc(nulls_last=True), "deal")
            came = list(news.filter(deal__in=list(mine.values_list("deal", flat=True)[:IN_A_LIST]))[: most + 1])
            return CameIn(came[:most], len(came) > most)
        came = list(news[: most + 1])
        seen = self._of_these({one.deal for one in came}, open_only=False)
        return CameIn([one for one in came[:most] if one.deal in seen], len(came) > most)

    def newly_raised(self, whose: Whose, since: datetime, most: int) -> list[RaisedRow]:
        """What reviews of open deals found after a moment that they had not found before, the newest first."""
        news = RaisedRow.objects.filter(at__gt=since).order_by("-at", "deal", "finding")
        if whose != "all":
            return list(news.filter(deal__in=self._open(whose))[:most])
        came = list(news[:most])
        seen = self._of_these({one.deal for one in came}, open_only=True)
        return [one for one in came if one.deal in seen]

    def waiting(self, whose: Whose, claims: Collection[str], sure: tuple[float, float]) -> Queue:
        """Facts of open deals that a reader was unsure of and nobody has judged, the newest first.

        Among all deals only the newest facts are looked through: the older ones wait behind them.
        """
        low, high = sure
        facts = FactRow.objects.order_by("-at", "deal", "fact")
        if whose != "all":
            # Ordered here, and claims compared as an expression: else SQLite walks along an index through everybody's
            # facts instead of these deals'.
            mine = FactRow.objects.filter(deal__in=self._open(whose), confidence__gte=low, confidence__lt=high)
            unsure = mine.alias(tells=Coalesce("claim", Value(""), output_field=TextField())).filter(
                standing="read", tells__in=claims
            )
            rows = unsure.order_by().values_list("deal", "fact", "at")
            newest_first = [Waits(*row[:2]) for row in sorted(rows, key=itemgetter(2), reverse=True)]
            return Queue(newest_first, len(self._open(whose)) == IN_A_LIST)
        newest = list(facts.values_list("deal", "fact", "standing", "claim", "confidence")[:LOOKED_THROUGH])
        found = [
            Waits(deal, fact)
            for deal, fact, standing, claim, confidence in newest
            if standing == "read" and low <= confidence < high and claim in claims
        ]
        seen = self._of_these({one.deal for one in found[:AMONG_THESE]}, open_only=True)
        cut = len(newest) == LOOKED_THROUGH or len(found) > AMONG_THESE
        return Queue([one for one in found if one.deal in seen], cut)

    def dated(self, whose: Whose, start: date, end: date, most: int, soonest: bool = True) -> list[ReviewRow]:
        """Reviews of open deals whose buyer set a day within these two."""
        found = ReviewRow.objects.filter(buyer_day__gte=start, buyer_day__lte=end).only(*LISTED)
        ordered = found.order_by("buyer_day" if soonest else "-buyer_day", "deal")
        if whose != "all":
            mine = [one for one in found.order_by().filter(deal__in=self._open(whose)) if one.buyer_day]
            return sorted(mine, key=lambda one: (str(one.buyer_day), one.deal), reverse=not soonest)[:most]
        few = list(ordered[:AMONG_THESE])
        seen = self._of_these({one.deal for one in few}, open_only=True)
        return [one for one in few if one.deal in seen][:most]

    def matters(self, whose: Whose) -> list[LedgerEntry]:
        """What is to be found out in open deals, each word on it, as it was entered."""
        return of_kind("open_matter", self._open(whose), self._seen.db)

    def owners(self, deals: Collection[str]) -> dict[str, str]:
        """The names of the members whose deals these are, by deal; a ledger without users has none."""
        if self._user is None:
            return {}
        homes = DealHome.objects.filter(deal__in=deals, owner__isnull=False).select_related("owner")
        return {one.deal: one.owner.get_full_name() or one.owner.get_username() for one in homes if one.owner}

    def _of_these(self, deals: Collection[str], open_only: bool) -> set[str]:
        """Those of a few deals that are seen."""
        found = self._seen.filter(deal__in=deals)
        return set((found.filter(status="open") if open_only else found).values_list("deal", flat=True))

    def _open(self, whose: Whose) -> list[str]:
        """The open deals, those of the newest touches first, as many as a day can be about."""
        if whose not in self._newest:
            newest = self.of(whose).filter(status="open").order_by(F("last_touch_at").desc(nulls_last=True), "deal")
            self._newest[whose] = list(newest.values_list("deal", flat=True)[:IN_A_LIST])
        return self._newest[whose]


def reviews_of(deals: Sequence[str], findings: bool = False) -> dict[str, ReviewRow]:
    """What is kept of these deals' reviews, by deal."""
    columns = (*LISTED, "findings") if findings else LISTED
    return {one.deal: one for one in ReviewRow.objects.filter(deal__in=deals).only(*columns)}


def named(deals: Collection[str]) -> dict[str, DealRow]:
    """The rows of these deals, by deal."""
    return DealRow.objects.in_bulk(list(deals))


def _called(word: str) -> Q:
    """Members whose name, or the user name where there is none, has a word in it."""
    unnamed = Q(owner__first_name="", owner__last_name="", owner__username__icontains=word)
    return Q(owner__first_name__icontains=word) | Q(owner__last_name__icontains=word) | unnamed


def _of_severity(severity: str, in_passing: bool = False) -> QuerySet[ReviewRow]:
    """`in_passing`: told of each review that a walk comes by; SQLite would leave the walk to look these up apart."""
    if not severity:
        return ReviewRow.objects.all()
    if severity == "none":
        return ReviewRow.objects.filter(high=0, medium=0, low=0)
    return ReviewRow.objects.alias(count=F(severity) + 0 if in_passing else F(severity)).filter(count__gt=0)


def _ordered(found: QuerySet[DealRow], wanted: Wanted) -> QuerySet[DealRow]:
    """What is not known stands last either way; of equals, the close that comes first."""
    by: Any = OF_DEAL.get(wanted.sort)
    if by is None:
        kept = ReviewRow.objects.filter(deal=OuterRef("deal")).annotate(told=OF_REVIEW[wanted.sort])
        by = Subquery(kept.values("told")[:1])
    found, by = found.annotate(told=by), F("told")
    order = by.desc(nulls_last=True) if wanted.down else by.asc(nulls_last=True)
    return found.order_by(order, F("planned_close").asc(nulls_last=True), "deal")
