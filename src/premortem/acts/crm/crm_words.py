"""What of ours can be told to the firm's CRM: of each open deal the findings, the next question, and the forecast.

The category comes from the gates, which only evidence passes, and the probability from the method that counts: the
stage that the seller set is in neither, so nothing goes back to the CRM that came from its own row.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple
from urllib.parse import quote

import msgspec
from msgspec import Struct

from premortem.acts.forecasts.forecast_basis import basis, standing_of
from premortem.acts.forecasts.forecast_numbers import numbers, period_end
from premortem.acts.looking.review import DealShown
from premortem.acts.looking.reviewing import Progress, review_changed
from premortem.acts.playbook import Rules
from premortem.acts.witness import Witness
from premortem.checks.next_questions import next_questions
from premortem.checks.review import moment_of
from premortem.checks.review import review as review_entries
from premortem.errors import Unknown
from premortem.forecasting.categories import CALLED
from premortem.forecasting.weeks import seen
from premortem.learning.norms import OwnNorms
from premortem.ledger.entries import Changed, Entry, Opened
from premortem.ledger.fold import deal_as_of
from premortem.ledger.store import Ledger, Reviewed
from premortem.playbook.mistakes import meant
from premortem.writing_back.fitting import As, Said


class Word(NamedTuple):
    """Something of ours that can be told. `quotes`: it may name people, or hold words that somebody said."""

    told: As
    says: str
    quotes: bool = False


WORDS: dict[str, Word] = {
    "findings": Word("count", "how many findings are open"),
    "high_findings": Word("count", "how many of them are high"),
    "next_question": Word("text", "the question worth asking next", quotes=True),
    "asked_of": Word("text", "whom to put it to", quotes=True),
    "forecast_category": Word("text", "commit, best case, pipeline or not on the forecast, by the gates"),
    "probability": Word("share", "the chance that it is won by the period's end"),
    "likely_cause": Word("text", "the check whose finding would most likely lose it"),
    "review_url": Word("text", "where its page is"),
    "reviewed_at": Word("moment", "when what stands beside it was told"),
}
QUESTION = frozenset({"next_question", "asked_of"})


class DealWords(Struct, frozen=True):
    """What we have to say of an open deal. `sources` are those by whose imports the ledger knows its row."""

    deal: str
    name: str
    sources: frozenset[str]
    said: dict[str, Said]


def known_words(names: Collection[str]) -> list[str]:
    """These words, in our order. Raises Unknown where one of them is none that can be told."""
    for name in names:
        if name not in WORDS:
            raise Unknown(f"'{name}' is nothing that can be told", meant(name, WORDS))
    return [name for name in WORDS if name in names]


def deal_words(
    ledger: Ledger,
    rules: Rules,
    wanted: Collection[str],
    now: datetime,
    pages: str = "",
    by: date | None = None,
    progress: Progress | None = None,
) -> list[DealWords]:
    """Every open deal with the words wanted of it. `by` is the day of the probability, else the quarter's end.

    Raises Unknown for a review_url where nobody said where the pages are.
    """
    if "review_url" in wanted and not pages:
        raise Unknown("nobody knows where our pages are, for review_url", 'Set pages = "https://…" in the settings.')
    review_changed(ledger, rules, now.date(), progress=progress)
    going = {one.deal: one for one in ledger.reviews.all() if _head(one).outcome is None}
    chances = _chances(ledger, rules, now.date(), by) if "probability" in wanted else {}
    own = rules.norms_at()
    found = []
    for number, (deal, entries) in enumerate(ledger.store.read_each(sorted(going)), 1):
        said = _reviewed(going[deal]) | {"probability": chances.get(deal), "reviewed_at": now}
        said["review_url"] = f"{pages.rstrip('/')}/deals/{quote(deal, safe='')}/"
        if "forecast_category" in wanted:
            said["forecast_category"] = _category(rules, own, entries, now.date())
        if QUESTION & set(wanted):
            said |= _question(ledger, rules, own, entries, now.date())
        told = {name: said.get(name) for name in WORDS if name in wanted}
        found.append(DealWords(deal, _head(going[deal]).name, _sources(entries), told))
        if progress is not None:
            progress("deals", number, len(going))
    return found


def _head(one: Reviewed) -> DealShown:
    return msgspec.json.decode(one.head, type=DealShown)


def _reviewed(one: Reviewed) -> dict[str, Said]:
    return {
        "findings": one.high + one.medium + one.low,
        "high_findings": one.high,
        "likely_cause": one.gravest.replace("_", " ") if one.gravest else None,
    }


def _chances(ledger: Ledger, rules: Rules, today: date, by: date | None) -> dict[str, float | None]:
    """By deal; none of a deal of which nobody knows since when it is open."""
    known = basis(ledger.store.read_each(ledger.store.deals()), today, rules)
    return {told.one.deal.id: told.stands.won for told in numbers(known, by or period_end(today))}


def _category(rules: Rules, own: OwnNorms, entries: Sequence[Entry], today: date) -> str | None:
    """Where the deal's gates put it, as it stands today; None where nobody knows since when it is open."""
    deal = deal_as_of(entries)
    norms = own.of(deal.amount, deal.opened.currency if deal.opened else None)
    standing = standing_of(seen(entries, today), today, norms, rules.playbook.cadence)
    return CALLED[standing.placed.category] if standing else None


def _question(ledger: Ledger, rules: Rules, own: OwnNorms, entries: Sequence[Entry], today: date) -> dict[str, Said]:
    """The first of the next questions, with names put back; nothing where nothing is open."""
    moment = moment_of(entries, today=today)
    deal = deal_as_of(entries, moment)
    norms = own.of(deal.amount, deal.opened.currency if deal.opened else None)
    found = review_entries(entries, moment, norms, put=rules.put, today=today, dated=False)
    asked = next_questions(found.deal, found.findings, found.signs, found.unknowns)
    if not asked:
        return {}
    witness = Witness(found.deal, ledger.contents)
    ask = asked[0].ask
    return {"next_question": witness.sentence(ask.question), "asked_of": witness.name(ask.to)}


def _sources(entries: Sequence[Entry]) -> frozenset[str]:
    """Whose exports told the deal's row."""
    return frozenset(_told_by(entries))


def _told_by(entries: Sequence[Entry]) -> Iterator[str]:
    for entry in entries:
        if isinstance(entry.body, Opened | Changed) and entry.author.startswith("import:"):
            yield entry.author.removeprefix("import:")
