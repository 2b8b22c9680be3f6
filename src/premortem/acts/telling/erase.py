"""Erase a person from a deal: their name, what they said, and their name in what others said.

The ledger keeps every entry and still verifies; what the entries stood for is gone. Words are blotted out in their
places, so that what others said keeps its quotes.
"""

from __future__ import annotations

import re
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from premortem.acts.looking.people import deal_in, person_called
from premortem.ledger.contents import ERASED, Card, Conversation, Turn, card, conversation, keep_conversation
from premortem.ledger.deal import DealTouch
from premortem.ledger.entries import (
    BUYERS_HAND,
    Agreement,
    Entry,
    Erasure,
    Fact,
    Hash,
    Milestone,
    PersonId,
    Touch,
    Trial,
)
from premortem.ledger.fold import deal_in_all
from premortem.ledger.store import Contents, Ledger

BLOT = "█"


class Erased(Struct, frozen=True):
    """How many touches were blotted out, and how many contents are gone for good."""

    touches: int
    contents: int


def erase_person(ledger: Ledger, deal: str, called: str, by: str, now: datetime) -> Erased:
    """Raises Unknown where nobody, or more than one, is called so."""
    entries = ledger.store.read(deal)
    deal_in(ledger, deal)
    view = deal_in_all(entries)
    person = person_called(ledger, view, called)
    cards = [known for key in view.people[person].cards if (known := card(ledger.contents, key)) is not None]
    told: list[Entry] = []
    gone: list[Hash] = [*view.people[person].cards, *_written_by(entries, {person, *view.people[person].merged})]
    verdicts = dict.fromkeys(one for entry in entries if isinstance(entry.body, Trial) for one in entry.body.verdicts)
    gone += [words for who, words in verdicts if view.human.get(who, who) == person]
    for touch in view.touches:
        heard = conversation(ledger.contents, touch.words)
        blotted = _blotted(heard, touch, person, _names(cards)) if heard is not None else None
        if blotted is None or blotted == heard:
            continue
        gone += [touch.words, touch.raw]
        told += _anew(ledger.contents, entries, touch, blotted, now)
    told.append(Entry(deal, now, now, f"user:{by}", Erasure(tuple(gone), person)))
    ledger.store.append(told, after=len(entries))
    for key in gone:
        ledger.contents.erase(key)
    ledger.reading.refresh(deal)
    return Erased(len({entry.body.touch for entry in told if isinstance(entry.body, Touch)}), len(gone))


def _written_by(entries: list[Entry], ids: set[PersonId]) -> list[Hash]:
    """What somebody wrote in their room by their own hand, but for titles of steps, which are the plan's."""
    hands = {f"{BUYERS_HAND}{one}" for one in ids}
    bodies = [entry.body for entry in entries if entry.author in hands]
    words = [body.words for body in bodies if isinstance(body, Agreement)]
    words += [body.note for body in bodies if isinstance(body, Milestone)]
    words += [one.title for one in bodies if isinstance(one, Milestone) and (one.element or "").startswith("comment:")]
    return list(dict.fromkeys(word for word in words if word is not None))


def _names(cards: list[Card]) -> re.Pattern[str] | None:
    """Every word by which somebody is called, addresses and numbers whole."""
    whole = {text for one in cards for text in (*one.emails, *one.phones)}
    words = {
        word for one in cards for text in (one.name or "", *one.labels) for word in re.findall(r"[^\W\d_]{2,}", text)
    }
    called = sorted(map(re.escape, whole | words), key=lambda text: (-len(text), text))
    return re.compile(r"(?<!\w)(?:" + "|".join(called) + r")(?!\w)", re.IGNORECASE) if called else None


def _blot(text: str) -> str:
    return re.sub(r"\S", BLOT, text)


def _blotted(
    heard: Conversation, touch: DealTouch, person: PersonId, names: re.Pattern[str] | None
) -> Conversation | None:
    """The same conversation, as long in every turn, without this person's name and words."""

    def nameless(text: str | None) -> str | None:
        return text if text is None or names is None else names.sub(lambda hit: _blot(hit[0]), text)

    turns = []
    for number, turn in enumerate(heard.turns):
        theirs = number < len(touch.speakers) and touch.speakers[number] == person
        text = _blot(turn.text) if theirs else nameless(turn.text) or ""
        turns.append(Turn(text, ERASED if theirs else nameless(turn.speaker), turn.start, turn.end))
    mentions = tuple(
        one for one in heard.mentions if names is None or not names.search(f"{one.name or ''} {one.email or ''}")
    )
    wrote = bool(touch.speakers) and touch.speakers[0] == person
    return replace(
        heard,
        turns=tuple(turns),
        mentions=mentions,
        subject=nameless(heard.subject),
        signature=None if wrote else nameless(heard.signature),
        name=nameless(heard.name),
        remarks=tuple(nameless(remark) or "" for remark in heard.remarks),
    )


def _anew(
    contents: Contents, entries: list[Entry], touch: DealTouch, blotted: Conversation, now: datetime
) -> list[Entry]:
    """The touch and its facts entered once more, with the blotted words in the place of the old ones."""
    words = keep_conversation(contents, blotted)
    reading = f"{touch.reading.partition('/')[0]}/{words[:12]}"
    told = []
    for entry in entries:
        body = entry.body
        if isinstance(body, Touch | Fact) and body.touch == touch.id and body.reading == touch.reading:
            new = (
                replace(body, reading=reading)
                if isinstance(body, Fact)
                else replace(body, reading=reading, words=words)
            )
            told.append(replace(entry, learned=now, body=new))
    return told
