"""The post-mortem: one team's account of how a deal ended, and all accounts side by side with what the evidence says.

An account takes four questions. What comes of it are entries: how the deal ended, whose reason that is, and a factor
for each sign that one wishes to have reacted to earlier. Whoever can name none has taken part all the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Literal, get_args

from msgspec import Struct
from msgspec.structs import replace

from premortem.acts.playbook import Rules
from premortem.errors import Unknown
from premortem.learning.blame import Blame, blaming
from premortem.learning.post_mortem import AT_THE_TABLE, Standing, Team, standing
from premortem.ledger.contents import cards, keep_text, text
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Body, Conclusion, Entry, Hash, Outcome
from premortem.ledger.fold import deal_as_of, noon
from premortem.ledger.store import Contents, Ledger
from premortem.playbook.mistakes import meant

Ended = Literal["won", "lost", "other_way", "no_decision", "unknown"]
ENDS: dict[Ended, str] = {
    "won": "We won it",
    "lost": "A rival won it",
    "other_way": "They solved it another way",
    "no_decision": "They decided nothing",
    "unknown": "We don’t know",
}
"""How a deal can end: none of them is a bare 'lost'."""
LOST = "We lost it"
"""What 'lost' says where nobody told to whom: a CRM's 'Closed Lost' names no rival."""
PLACES = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth"}

QUESTIONS = (
    "How did it end?",
    "Who got it, and which place did we finish in?",
    "What reason did they give you?",
    "What do you wish you had reacted to earlier?",
)
"""All that a first account asks."""

NAMED_NOTHING = "nothing that could be named"
LONGEST = 2_000
"""Characters of somebody's own words."""


class Account(Struct, frozen=True):
    """What one person tells of a deal's end, for their team. What is None stays as it was told before.

    `ticked` are checks whose finding they wish to have reacted to earlier, `wish` the same in own words.
    """

    team: Team
    status: Ended | None = None
    to: str | None = None
    rank: int | None = None
    reason: str | None = None
    ticked: tuple[str, ...] = ()
    wish: str | None = None
    ended: date | None = None


def give_account(ledger: Ledger, rules: Rules, deal: str, account: Account, by: str, now: datetime) -> list[Blame]:
    """Enter an account, and say which of its words can be read as blame; they are kept as they are.

    Raises Unknown for a deal or check that is not there, and where nobody has said yet how it ended.
    """
    entries = entries_of(ledger, deal)
    told = standing(entries)
    _can_be_told(account, told, rules.put, now)
    wish = (account.wish or "").strip()[:LONGEST]
    bodies: list[tuple[datetime, Body]] = [*_end(ledger.contents, account, told, now)]
    bodies += [(now, one) for one in _factors(ledger.contents, account, told, wish)]
    ledger.store.append([Entry(deal, at, now, f"user:{by}", body) for at, body in bodies], after=len(entries))
    ledger.reading.refresh(deal)
    return blaming(wish, our_names(deal_as_of(entries), ledger.contents))


def entries_of(ledger: Ledger, deal: str) -> list[Entry]:
    """A deal's entries. Raises Unknown where it is not there."""
    entries = ledger.store.read(deal)
    if not entries:
        raise Unknown(f"there is no deal '{deal}' in the ledger", "`premortem deals` lists what is there.")
    return entries


def new_id(contents: Contents) -> str:
    """An id for a conclusion."""
    return f"c-{contents.nonce()[-12:]}"


def our_names(deal: Deal, contents: Contents) -> list[str]:
    """The names of the people of our side, as the deal knows them."""
    kept = cards(contents, [one.card for one in deal.of_side("seller") if one.card is not None])
    return sorted(known.name for known in kept.values() if known is not None and known.name)


def _can_be_told(account: Account, told: Standing, known: Collection[str], now: datetime) -> None:
    if account.status is None and told.ended is None:
        ways = ", ".join(get_args(Ended))
        raise Unknown("nobody has said yet how this deal ended", f"Say one of: {ways}; 'unknown' is an answer.")
    if account.status is not None and account.status not in ENDS:
        raise Unknown(f"a deal does not end as '{account.status}'", f"Say one of: {', '.join(ENDS)}.")
    if account.rank is not None and account.rank < 1:
        raise Unknown(f"{account.rank} is no place to finish in", "1 is the winner, 2 is next to it.")
    if account.ended is not None and account.ended > now.date():
        raise Unknown(f"{account.ended.isoformat()} is still to come", "Name the day on which it ended.")
    for check in account.ticked:
        if check not in known:
            raise Unknown(f"there is no check '{check}'", meant(check, known))


def _end(contents: Contents, account: Account, told: Standing, now: datetime) -> Iterable[tuple[datetime, Outcome]]:
    """How it ended, where that is news. What was told before and not told anew stays."""
    before = told.outcome
    status = account.status or (before.status if before else "unknown")
    same_end = before is not None and before.status == status
    ended = told.ended if told.ended and account.ended in (None, told.ended.date()) else None
    at = ended or min(now, noon(account.ended or now.date()))
    stated, news = _reason(contents, account, told)
    kept = _bare(before) if before is not None and same_end else Outcome(status, rank=1 if status == "won" else None)
    outcome = replace(kept, to=_named(account.to) or kept.to, rank=account.rank or kept.rank)
    if news or told.ended != at or before is None or outcome != _bare(before):
        yield at, replace(outcome, stated_reason=stated)


def _bare(outcome: Outcome) -> Outcome:
    """How it ended, without anybody's reason."""
    return replace(outcome, stated_reason=None, stated_by="seller")


def _reason(contents: Contents, account: Account, told: Standing) -> tuple[Hash | None, bool]:
    """The seller's reason, and whether it is another than before."""
    before = told.sellers_reason.words if told.sellers_reason else None
    words = (account.reason or "").strip()[:LONGEST]
    if not words or (before is not None and words == text(contents, before)):
        return before, False
    return keep_text(contents, words), True


def _named(firm: str | None) -> str | None:
    return (firm or "").strip()[:LONGEST] or None


def _factors(contents: Contents, account: Account, told: Standing, wish: str) -> list[Conclusion]:
    """A factor for each tick that the team had not named yet, and for the own words; else that none could be named."""
    named = {one.check for one in told.factors if account.team in one.teams}
    found = [
        Conclusion(new_id(contents), "factor", keep_text(contents, check.replace("_", " ")), check, team=account.team)
        for check in dict.fromkeys(account.ticked)
        if check not in named
    ]
    if wish:
        found.append(Conclusion(new_id(contents), "factor", keep_text(contents, wish), team=account.team))
    if not found and not account.ticked:
        nothing = keep_text(contents, NAMED_NOTHING)
        found.append(Conclusion(new_id(contents), "factor", nothing, team=account.team, dropped=True))
    return found


def outcome_said(outcome: Outcome | None) -> str:
    """How it ended in a sentence: 'A rival won it: Ferrum. We came second.'"""
    if outcome is None or outcome.status == "open":
        return "It has not ended, as far as we were told."
    said = ENDS[outcome.status]
    if outcome.status == "lost":
        said = f"{said}: {outcome.to}" if outcome.to else f"{LOST}, and nobody has said to whom"
    elif outcome.to:
        said += f": {outcome.to}"
    place = PLACES.get(outcome.rank or 0, f"number {outcome.rank}")
    return f"{said}. We came {place}." if outcome.rank and outcome.status != "won" else f"{said}."


def ends_differ(told: Standing) -> list[str]:
    """That the end was told in several ways, if it was."""
    if len(told.ends_told) < 2:
        return []
    ways = [LOST.lower() if one == "lost" else ENDS[one].lower() for one in told.ends_told if one in ENDS]
    return [f"The end was told in different ways, the newest last: {'; '.join(ways)}."]


def teams_differ(told: Standing) -> list[str]:
    """Factors that one team names and the other, which took part too, does not."""
    here = [team for team in AT_THE_TABLE if told.took_part.get(team)]
    if len(here) < len(AT_THE_TABLE):
        return []
    found = []
    for team in here:
        alone = [one.check.replace("_", " ") for one in told.factors if one.check and one.teams == (team,)]
        if alone:
            found.append(f"Only {team} names {', '.join(alone)}.")
    return found
