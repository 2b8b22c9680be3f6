"""A contest: one measure, days, a prize and who takes part. Whoever has the most wins; there is no bar to clear."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Literal

from msgspec import Struct

Metric = Literal["bookings", "deals", "biggest_deal", "over_quota"]
By = Literal["person", "team"]

METRICS: dict[Metric, tuple[str, str]] = {
    "bookings": ("books the most money", "book the most money"),
    "deals": ("wins the most deals", "win the most deals"),
    "biggest_deal": ("wins the largest single deal", "win the largest single deals"),
    "over_quota": ("books the most for each unit of quota", "book the most for each unit of quota"),
}
"""What may be compared, as one and as several do it. Each is relative: it always puts somebody first."""

IN_MONEY: frozenset[Metric] = frozenset({"bookings", "biggest_deal"})


class Person(Struct, frozen=True, omit_defaults=True):
    """Somebody who takes part. `also` are other names or addresses under which their deals stand; money in units."""

    name: str
    team: str = ""
    function: str = ""
    quota: float | None = None
    also: tuple[str, ...] = ()


class Contest(Struct, frozen=True, omit_defaults=True):
    """A contest as its file tells it. Both days count. `cost` is that of all prizes together; None is not known.

    `rates` say what a unit of another currency is worth in `currency`. `publish` shows the award to the whole firm.
    """

    id: str
    name: str
    metric: Metric
    first: date
    last: date
    prize: str
    cost: float | None
    people: tuple[Person, ...]
    by: By = "person"
    winners: int = 1
    currency: str = "EUR"
    rates: dict[str, float] = {}
    uneasy: bool = False
    publish: bool = True
    note: str = ""

    @property
    def sentence(self) -> str:
        """The whole contest in one sentence, so that nobody needs a spreadsheet to know what wins."""
        one, several = METRICS[self.metric]
        money = f" (in {self.currency})" if self.metric in IN_MONEY or self.metric == "over_quota" else ""
        days = f"{money} from {written(self.first)} to {written(self.last)}"
        ties = "; who ties shares the place and its prize."
        if self.winners == 1:
            return f"{'The team that' if self.by == 'team' else 'Whoever'} {one}{days} wins{ties}"
        who = "teams that" if self.by == "team" else "people who"
        return f"The {self.winners} {who} {several}{days} win{ties}"

    @property
    def teams(self) -> dict[str, list[Person]]:
        """Who is in which team, in the order of the file."""
        found: dict[str, list[Person]] = {}
        for one in self.people:
            found.setdefault(one.team, []).append(one)
        return found

    @property
    def competitors(self) -> int:
        return len(self.teams) if self.by == "team" else len(self.people)


def key_of(name: str) -> str:
    """A name or address as it is compared: capitals, doubled spaces and the way of writing accents don't count."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def id_of(name: str) -> str:
    """'The Spring Cup' is called the-spring-cup."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
