"""Conclude: what follows from a post-mortem. A factor, an action with an owner and a day, and later: did it recur?

Each is an entry, and so is each change of it: an action that is done, a conclusion that is taken back.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from msgspec.structs import replace

from premortem.acts.afterwards.post_mortem import LONGEST, entries_of, new_id, our_names
from premortem.errors import Unknown
from premortem.learning.blame import Blame, blaming
from premortem.learning.post_mortem import Team
from premortem.ledger.contents import keep_text
from premortem.ledger.entries import Conclusion, Entry
from premortem.ledger.fold import deal_as_of
from premortem.ledger.store import Ledger

NOT_SAID = "nothing more was said"


def add_factor(
    ledger: Ledger, deal: str, words: str, team: Team, by: str, now: datetime
) -> tuple[Conclusion, list[Blame]]:
    """Add what contributed, in own words, and say which of them can be read as blame.

    Raises Unknown for a deal that is not there, one that has not ended, and for no words.
    """
    entries = _ended(ledger, deal)
    told = _words(words, "a factor")
    body = Conclusion(new_id(ledger.contents), "factor", keep_text(ledger.contents, told), team=team)
    return _tell(ledger, entries, body, by, now), _wording(ledger, entries, told)


def add_action(
    ledger: Ledger, deal: str, words: str, owner: str, due: date, by: str, now: datetime, about: str | None = None
) -> tuple[Conclusion, list[Blame]]:
    """Add what is to be done, by whom and by when; `about` is the factor that it follows from.

    Raises Unknown as `add_factor`, and for no owner, a day that is past, or a factor that is not there.
    """
    entries = _ended(ledger, deal)
    told = _words(words, "an action")
    if not owner.strip():
        raise Unknown("an action without an owner is nobody's", "Name who will do it: --owner NAME.")
    if due < now.date():
        raise Unknown(f"{due.isoformat()} is past", "Name a day to come.")
    factor = _called(entries, about, "factor").conclusion if about else None
    body = Conclusion(
        new_id(ledger.contents),
        "action",
        keep_text(ledger.contents, told),
        owner=owner.strip()[:LONGEST],
        due=due,
        about=factor,
    )
    return _tell(ledger, entries, body, by, now), _wording(ledger, entries, told)


def done(ledger: Ledger, deal: str, action: str, by: str, now: datetime, on: date | None = None) -> Conclusion:
    """Say that an action was done. Raises Unknown for an action that is not there or a day to come."""
    entries = _ended(ledger, deal)
    day = on or now.date()
    if day > now.date():
        raise Unknown(f"{day.isoformat()} is still to come", "Name the day on which it was done.")
    return _tell(ledger, entries, replace(_called(entries, action, "action"), done=day), by, now)


def recurred(
    ledger: Ledger, deal: str, action: str, again: bool, by: str, now: datetime, words: str = ""
) -> Conclusion:
    """Say whether what an action was to prevent happened again. Raises Unknown for an action that is not there."""
    entries = _ended(ledger, deal)
    about = _called(entries, action, "action")
    told = keep_text(ledger.contents, words.strip()[:LONGEST] or NOT_SAID)
    body = Conclusion(new_id(ledger.contents), "recurred", told, about=about.conclusion, again=again)
    return _tell(ledger, entries, body, by, now)


def take_back(ledger: Ledger, deal: str, conclusion: str, by: str, now: datetime) -> Conclusion:
    """Take a factor or an action back. It stays in the ledger. Raises Unknown for one that is not there."""
    entries = _ended(ledger, deal)
    return _tell(ledger, entries, replace(_called(entries, conclusion, None), dropped=True), by, now)


def _ended(ledger: Ledger, deal: str) -> list[Entry]:
    entries = entries_of(ledger, deal)
    if deal_as_of(entries).outcome is None:
        raise Unknown(f"{deal} has not ended", f"Say how it ended first: premortem postmortem {deal} --outcome …")
    return entries


def _words(words: str, what: str) -> str:
    told = words.strip()[:LONGEST]
    if not told:
        raise Unknown(f"{what} needs words", "Say it in a sentence.")
    return told


def _called(entries: Iterable[Entry], wanted: str, kind: str | None) -> Conclusion:
    """The newest word on a conclusion that stands, by its id."""
    newest = {body.conclusion: body for _, body in deal_as_of(entries).conclusions if body.type != "recurred"}
    stands = {one: body for one, body in newest.items() if not body.dropped and kind in (None, body.type)}
    if wanted not in stands:
        there = f"There are: {', '.join(sorted(stands))}." if stands else "There is none yet."
        raise Unknown(f"there is no {kind or 'conclusion'} '{wanted}' in this post-mortem", there)
    return stands[wanted]


def _wording(ledger: Ledger, entries: list[Entry], told: str) -> list[Blame]:
    return blaming(told, our_names(deal_as_of(entries), ledger.contents))


def _tell(ledger: Ledger, entries: list[Entry], body: Conclusion, by: str, now: datetime) -> Conclusion:
    ledger.store.append([Entry(entries[0].deal, now, now, f"user:{by}", body)], after=len(entries))
    ledger.reading.refresh(entries[0].deal)
    return body
