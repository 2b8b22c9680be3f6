"""Deals in the order of what their reviews tell: an index is walked along, where sorting would look at all of them."""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from premortem.records.models import DealRow, ReviewRow

COLUMNS: dict[str, tuple[str, ...]] = {
    "findings": ("high", "medium", "low"),
    "unknowns": ("unknown",),
    "buyer_day": ("buyer_day",),
    "cause": ("gravest",),
}
"""By which columns of its review a deal is sorted; each has its index."""

Told = tuple[int | date | str, ...]


def walked(
    deals: QuerySet[DealRow], reviews: QuerySet[ReviewRow], sort: str, down: bool, start: int, most: int
) -> list[str]:
    """A stretch of these deals, those that their review (one of `reviews`) tells something of.

    Of equals, the close that comes first leads. First it is looked which values stand there, then only deals with these
    are sorted.
    """
    columns = COLUMNS[sort]
    known = told(reviews, sort).filter(Exists(deals.filter(deal=OuterRef("deal"))))
    turned = [("-" if down else "") + one for one in columns]
    values: list[Told] = list(known.order_by(*turned).values_list(*columns)[start : start + most])
    if not values:
        return []
    before = known.filter(_beyond(columns, values[0], down)).count() if start else 0
    same = known.filter(reduce(or_, (Q(**dict(zip(columns, one, strict=True))) for one in set(values))))
    close = Subquery(DealRow.objects.filter(deal=OuterRef("deal")).values("planned_close")[:1])
    ordered = same.annotate(close=close).order_by(*turned, F("close").asc(nulls_last=True), "deal")
    return list(ordered.values_list("deal", flat=True)[start - before : start - before + len(values)])


def told(reviews: QuerySet[ReviewRow], sort: str) -> QuerySet[ReviewRow]:
    """Those of these reviews that tell what is sorted by."""
    return reviews.filter(**{f"{COLUMNS[sort][0]}__isnull": False})


def _beyond(columns: tuple[str, ...], values: Told, down: bool) -> Q:
    """What stands before these values, the first column deciding first."""
    way = "gt" if down else "lt"
    found = Q()
    for number, column in enumerate(columns):
        equal: dict[str, Any] = dict(zip(columns[:number], values, strict=False))
        found |= Q(**equal, **{f"{column}__{way}": values[number]})
    return found
