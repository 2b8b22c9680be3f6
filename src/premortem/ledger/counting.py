"""Which entries of a deal still count: what an import told and somebody took back is kept, and tells nothing.

A touch was taken back where its newest reading says so; with it go its facts, and the people whom nothing else names.
What a person confirmed in it stays, and so does the touch that holds it. A deal whose opening was taken back is
withdrawn; opened anew, it begins anew. Nearly all deals have neither, so that they pay for one look at each entry.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec.structs import replace

from premortem.ledger.entries import (
    Entry,
    Erasure,
    Fact,
    FactId,
    Opened,
    Person,
    PersonId,
    Touch,
    TouchId,
    Verdict,
    Withdrawn,
    encode_body,
)
from premortem.ledger.ranking import by_learning, higher

TAKEN_BACK = "taken-back"
"""How the reading of a touch that was taken back begins."""
Batch = tuple[datetime, datetime]
"""When a touch was and when it was read: what was learned of people in that reading has the same."""


def all_count(entries: Iterable[Entry]) -> bool:
    """Whether nothing in it was taken back."""
    for entry in entries:
        body = entry.body
        if type(body) is Touch:
            if body.reading.startswith(TAKEN_BACK):
                return False
        elif type(body) is Withdrawn:
            return False
    return True


def that_count(entries: list[Entry]) -> list[Entry]:
    """The entries that a deal is folded from. None is left of a deal of which all was taken back but its touches."""
    if all_count(entries):
        return entries
    since = since_withdrawn(entries)
    if any(isinstance(entry.body, Opened) for entry in since):
        entries = since
    newest = _newest_touches(entries)
    back = {touch for touch, entry in newest.items() if is_back(entry)}
    return _without(entries, newest, back) if back else entries


def since_withdrawn(entries: list[Entry]) -> list[Entry]:
    """What was told since the deal was last withdrawn, and what was erased at any time; all where it never was."""
    last = max((entry.learned for entry in entries if isinstance(entry.body, Withdrawn)), default=None)
    if last is None:
        return entries
    return [entry for entry in entries if entry.learned > last or isinstance(entry.body, Erasure)]


def is_back(entry: Entry) -> bool:
    """Whether an entry takes a touch back."""
    return isinstance(entry.body, Touch) and entry.body.reading.startswith(TAKEN_BACK)


def _newest_touches(entries: Iterable[Entry]) -> dict[TouchId, Entry]:
    return _newest((entry.body.touch, entry) for entry in entries if isinstance(entry.body, Touch))


def _newest_verdicts(entries: Iterable[Entry]) -> dict[FactId, Entry]:
    return _newest((entry.body.fact, entry) for entry in entries if isinstance(entry.body, Verdict))


def _newest(told: Iterable[tuple[str, Entry]]) -> dict[str, Entry]:
    """Of the entries about each thing, the one that was learned last."""
    newest: dict[str, Entry] = {}
    for about, entry in told:
        known = newest.get(about)
        newest[about] = entry if known is None else higher(entry, known, by_learning)
    return newest


def _without(entries: list[Entry], newest: dict[TouchId, Entry], back: set[TouchId]) -> list[Entry]:
    """The entries without those of the touches in `back`, except what a person confirmed there."""
    verdicts = _newest_verdicts(entries)
    held = _held_by_a_person(entries, verdicts, back)
    gone = back - held
    silent: set[FactId] = {
        entry.body.fact for entry in entries if isinstance(entry.body, Fact) and entry.body.touch in gone
    }
    rest = [entry for entry in entries if not _is_of(entry, gone, silent)]
    void = _void(rest, entries, back)
    return _people_left(rest, void, newest, gone)


def _held_by_a_person(entries: Iterable[Entry], verdicts: dict[FactId, Entry], back: set[TouchId]) -> set[TouchId]:
    """The touches of which a fact stands on a person's word."""
    held: set[TouchId] = set()
    for entry in entries:
        body = entry.body
        if isinstance(body, Fact) and body.touch in back:
            verdict = verdicts.get(body.fact)
            says = verdict.body.says if verdict is not None and isinstance(verdict.body, Verdict) else None
            if says != "rejected" and (says is not None or entry.by_a_person):
                held.add(body.touch)
    return held


def _is_of(entry: Entry, touches: set[TouchId], facts: set[FactId]) -> bool:
    body = entry.body
    if isinstance(body, Touch | Fact):
        return body.touch in touches
    return isinstance(body, Verdict) and body.fact in facts


def _void(rest: Iterable[Entry], entries: Sequence[Entry], back: set[TouchId]) -> set[Entry]:
    """What was learned of people in readings that were taken back, and in no other that names them."""
    batches: set[Batch] = set()
    named: dict[Batch, set[PersonId]] = defaultdict(set)
    for entry in entries:
        if isinstance(entry.body, Touch) and not is_back(entry):
            if entry.body.touch in back:
                batches.add((entry.at, entry.learned))
            else:
                named[entry.at, entry.learned].update(part.person for part in entry.body.parts)
    return {
        entry
        for entry in rest
        if isinstance(entry.body, Person)
        and entry.author.startswith("reader:")
        and (entry.at, entry.learned) in batches
        and entry.body.person not in named[entry.at, entry.learned]
    }


def _people_left(rest: list[Entry], void: set[Entry], newest: dict[TouchId, Entry], gone: set[TouchId]) -> list[Entry]:
    """Without what is void: of whoever is named elsewhere, it stays where nothing else tells who they are."""
    solid: dict[PersonId, list[Person]] = defaultdict(list)
    for entry in rest:
        if isinstance(entry.body, Person) and entry not in void:
            solid[entry.body.person].append(entry.body)
    unsettled = {entry.body.person for entry in void if isinstance(entry.body, Person)}
    unsettled = {one for one in unsettled if not any(person.card for person in solid[one])}
    named = _named(unsettled, rest, newest, gone) if unsettled else set()
    stays = {one for one in unsettled if solid[one] or one in named}
    nowhere = unsettled - stays
    left = [entry for entry in rest if entry not in void or _of(entry, stays)]
    return [_sure_of(entry, nowhere) for entry in left] if nowhere else left


def _of(entry: Entry, people: set[PersonId]) -> bool:
    return isinstance(entry.body, Person) and entry.body.person in people


def _sure_of(entry: Entry, nowhere: set[PersonId]) -> Entry:
    """A person's entry without its doubt whether they might be somebody who is nowhere any more."""
    body = entry.body
    if not isinstance(body, Person) or nowhere.isdisjoint(body.unsure):
        return entry
    return replace(entry, body=replace(body, unsure=tuple(one for one in body.unsure if one not in nowhere)))


def _named(
    people: set[PersonId], rest: Iterable[Entry], newest: dict[TouchId, Entry], gone: set[TouchId]
) -> set[PersonId]:
    """Those of these people whom a touch that counts names, or whom somebody named by hand."""
    named: set[PersonId] = set()
    for touch, entry in newest.items():
        if touch not in gone and isinstance(entry.body, Touch):
            named.update(part.person for part in entry.body.parts)
    for entry in rest:
        body = entry.body
        if isinstance(body, Fact):
            named.update(one for one in (body.person, body.speaker) if one is not None)
        elif not isinstance(body, Touch | Person):
            written = encode_body(body)
            named.update(one for one in people if f'"{one}"' in written)
        elif isinstance(body, Person) and body.same_as is not None and body.person != body.same_as:
            named.add(body.same_as)
    return named & people
