"""What must not be seen in a story: every name, firm, address, number, amount and day of a deal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from premortem.ledger.contents import Card, Conversation, cards, conversations
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Conclusion, Entry, Hash, PersonId
from premortem.ledger.store import Contents
from premortem.listening.days import days_said
from premortem.listening.everyday_words import COMMON, NODS, POINTERS
from premortem.listening.money import amounts
from premortem.listening.people_names import spellings, words_of

_LABELS = """
speaker unknown buyer seller customer client participant guest team sales marketing finance procurement
    purchasing legal host agent user admin info office support contact reception desk mail hello accounts billing
    manager account caller somebody someone
"""
_SMALL = "a an as at be by do go he if in is it me my no of on or so to up us we i am oh ok"
LABELS = frozenset(_LABELS.split())
"""Words by which files label a voice or a mailbox: they name nobody."""
EVERYDAY = COMMON | NODS | POINTERS | frozenset(_SMALL.split())
EMAIL = re.compile(r"[\w.+'’-]+@[\w-]+(?:\.[\w-]+)+")
DOMAIN = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
PHONE = re.compile(r"(?<![\w.,])\+?\(?\d(?:[\s().\-/]{0,2}\d){6,}(?!\w)")
DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")
YEAR = re.compile(r"(?<![\w.,])(?:19|20)\d\d(?![\w,.]?\d)")
SMALL_CHANGE = 100
"""Numbers below it are counts and percentages, which point to nobody."""
LONG = 3
"""A part of a name counts from so many letters on."""


class Originals(Struct):
    """What a deal holds that points to somebody. Parts of names are in plain letters, without accents."""

    people: dict[PersonId, list[str]]
    others: list[str]
    """Names of people who are nobody's card: senders, owners, labels."""
    firms: list[str]
    addresses: set[str]
    phones: set[str]
    amounts: set[float]
    days: set[date]
    words: set[str]
    """All words that stand somewhere in small letters: they are no names."""

    @property
    def names(self) -> list[str]:
        """Of all people, each once."""
        return list(dict.fromkeys([*(name for names in self.people.values() for name in names), *self.others]))


def originals(deal: Deal, entries: Iterable[Entry], contents: Contents) -> Originals:
    """All that the ledger and the words of a deal hold of that kind."""
    entries = list(entries)
    heard = [one for one in conversations(contents, {touch.words for touch in deal.touches}).values() if one]
    kept = cards(contents, {key for person in deal.people.values() for key in person.cards})
    known = {one.id: _cards(kept, one.cards) for one in deal.people.values()}
    texts = [text for one in heard for text in _texts(one)]
    addresses = {hit.group().casefold() for text in texts if "@" in text for hit in EMAIL.finditer(text)}
    addresses |= {email.casefold() for own in known.values() for card in own for email in card.emails}
    addresses |= {one.email.casefold() for talk in heard for one in talk.mentions if one.email}
    return Originals(
        people={one: list(dict.fromkeys(name for card in own for name in _called(card))) for one, own in known.items()},
        others=list(dict.fromkeys(_others(deal, entries, heard, addresses))),
        firms=list(dict.fromkeys(one for one in _firms(deal, known, heard, addresses) if one.strip())),
        addresses=addresses,
        phones={re.sub(r"\D", "", one) for one in _phones(known, texts)},
        amounts=set(_amounts(deal, texts)),
        days=set(_days(deal, heard)),
        words={word for word in set(re.findall(r"[^\W\d_]+", "\n".join(texts))) if word.islower()},
    )


def parts(names: Iterable[str], least: int = LONG) -> set[str]:
    """The parts of these names, in plain letters, that are no everyday words nor labels."""
    found: set[str] = set()
    for name in names:
        for word in words_of(name).words:
            for piece in [word, *re.split(r"[-‐'’.&/_+]", word)]:
                bare = re.sub(r"[\W\d_]", "", piece)
                if len(bare) >= least and not everyday(bare):
                    found |= spellings(bare)
    return {one for one in found if len(one) >= least}


def everyday(word: str) -> bool:
    low = word.casefold()
    return low in EVERYDAY or low in LABELS or low.removesuffix("s") in EVERYDAY


def _cards(kept: dict[Hash, Card | None], keys: Iterable[Hash]) -> list[Card]:
    return [card for key in keys if (card := kept.get(key)) is not None]


def _called(card: Card) -> Iterator[str]:
    if card.name:
        yield card.name
    for label in card.labels:
        if "@" not in label:
            yield label


def _texts(talk: Conversation) -> Iterator[str]:
    yield from (turn.text for turn in talk.turns)
    yield from (one for one in (talk.subject, talk.signature) if one)


def _others(deal: Deal, entries: list[Entry], heard: list[Conversation], addresses: set[str]) -> Iterator[str]:
    for talk in heard:
        yield from (turn.speaker for turn in talk.turns if turn.speaker and "@" not in turn.speaker)
        yield from (one.name for one in talk.mentions if one.name and "@" not in one.name)
    yield from (str(one.value) for one in deal.owners if one.value)
    for entry in entries:
        if entry.author.startswith("user:"):
            yield re.sub(r"[._@\d]+", " ", entry.author.removeprefix("user:").partition("@")[0])
        if isinstance(entry.body, Conclusion) and entry.body.owner:
            yield entry.body.owner.partition("@")[0]
    yield from (re.sub(r"[._+\d-]+", " ", one.partition("@")[0]) for one in addresses)


def _firms(
    deal: Deal, known: dict[PersonId, list[Card]], heard: list[Conversation], addresses: set[str]
) -> Iterator[str]:
    if deal.opened is not None:
        yield from (deal.opened.account, deal.opened.seller)
    if deal.outcome is not None and deal.outcome[1].to:
        yield deal.outcome[1].to
    yield from (known.fact.value for known in deal.facts if known.fact.claim == "competitor_named" and known.fact.value)
    yield from (card.organisation for own in known.values() for card in own if card.organisation)
    yield from (one.organisation for talk in heard for one in talk.mentions if one.organisation)
    for name in [deal.name, *(str(one.value) for one in deal.names)]:
        yield from (word for word in re.findall(r"[^\W\d_][\w'’-]*", name) if word[0].isupper())
    for one in addresses:
        yield from one.partition("@")[2].split(".")[:-1]


def _phones(known: dict[PersonId, list[Card]], texts: list[str]) -> Iterator[str]:
    yield from (phone for own in known.values() for card in own for phone in card.phones)
    yield from (hit.group() for text in texts for hit in PHONE.finditer(text) if not DAY.search(hit.group()))


def _amounts(deal: Deal, texts: list[str]) -> Iterator[float]:
    yield from (float(one.value) for one in deal.amounts if one.value)
    for text in texts:
        for one in amounts(text, bare=True):
            if one.number >= SMALL_CHANGE and not YEAR.fullmatch(text[one.start : one.end]):
                yield one.number


def _days(deal: Deal, heard: list[Conversation]) -> Iterator[date]:
    yield from (touch.at.date() for touch in deal.touches)
    yield from (date.fromisoformat(str(one.value)) for one in deal.planned_closes if one.value)
    yield from (moment.date() for moment in (deal.created, deal.outcome[0] if deal.outcome else None) if moment)
    on = {touch.words: touch.at.date() for touch in deal.touches}
    fallback = min(on.values(), default=date(2000, 1, 1))
    for talk in heard:
        day = talk.at.date() if talk.at else fallback
        for text in _texts(talk):
            for said in days_said(text, day):
                if said.exact and said.value:
                    yield date.fromisoformat(said.value)
