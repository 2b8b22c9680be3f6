"""Judge a fact: a person says that it is right, wrong, or rather this; or adds one that no reader heard.

judge(ledger, deal, fact, says, by, now)            confirm, reject or correct a fact
add_fact(ledger, deal, touch, turn, words, …)       add one, carried by words that stand in a turn

What a person says is an entry. It has the fact's own `at`, since it tells what was truly said back then, and is
`learned` now. The deal's findings follow at once: each of the two says which went and which came.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, get_args

from msgspec import Struct
from msgspec.structs import replace

from premortem.acts.looking.reviewing import review_changed
from premortem.acts.playbook import Rules, rules_of
from premortem.acts.telling.fact_said import Said, claim_called, person_meant, span_of, value_meant
from premortem.checks.review import review
from premortem.errors import Unknown
from premortem.learning.norms import OwnNorms
from premortem.ledger.claims import may_say
from premortem.ledger.contents import conversation
from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.entries import Body, Entry, Fact, FactId, TouchId, Verdict, fact_id
from premortem.ledger.fold import deal_as_of
from premortem.ledger.store import Ledger

Saying = Literal["confirmed", "rejected", "corrected"]
SAYINGS: tuple[Saying, ...] = get_args(Saying)


class Judged(Struct, frozen=True):
    """What came of it. `told` is False where that had been said before; `gone` and `come` are findings, by check."""

    fact: FactId
    touch: TouchId
    turn: int
    says: Literal["confirmed", "rejected", "corrected", "added"]
    told: bool
    gone: list[str]
    come: list[str]


def judge(
    ledger: Ledger,
    deal: str,
    fact: FactId,
    says: str,
    by: str,
    now: datetime,
    instead: Said | None = None,
    rules: Rules | None = None,
) -> Judged:
    """Say of a fact that it is right, wrong, or rather `instead`. The newest word on a fact counts.

    Raises Unknown for a deal, a fact, a claim or a person that is not there, and for what the words can't carry.
    """
    entries = entries_of(ledger, deal)
    known = _fact_called(entries, fact)
    if says not in SAYINGS:
        raise Unknown(f"a fact can't be '{says}'", f"Say one of: {', '.join(SAYINGS)}.")
    verdict = _verdict(ledger, deal_as_of(entries), known, says, instead, by)
    if _newest(entries, fact) == verdict:
        return Judged(fact, known.fact.touch, known.fact.turn, verdict.says, False, [], [])
    return _tell(ledger, entries, known.at, verdict, known.fact, by, now, rules)


def add_fact(
    ledger: Ledger,
    deal: str,
    touch: TouchId,
    turn: int,
    words: str,
    said: Said,
    by: str,
    now: datetime,
    start: int | None = None,
    rules: Rules | None = None,
) -> Judged:
    """Add a fact that stretches over `words` in a turn: those at `start`, or the first that read so.

    A fact that a reader heard at the same place, or that somebody rejected there, is confirmed or corrected instead.
    Raises Unknown for what is not there, for words that do not stand in the turn, and for a claim that is not theirs.
    """
    entries = entries_of(ledger, deal)
    view = deal_as_of(entries)
    found = _placed(ledger, view, touch, turn, words, start)
    made = _saying(view, found, said, by, turn_text(ledger, view, touch, turn))
    made = replace(made, fact=fact_id(view.touch(touch).words, turn, made.start, made.end, made.claim, about(made)))
    if any(isinstance(one.body, Fact) and one.body.fact == made.fact for one in entries):
        return judge(ledger, deal, made.fact, "corrected", by, now, said, rules)
    return _tell(ledger, entries, view.touch(touch).at, made, made, by, now, rules)


def entries_of(ledger: Ledger, deal: str) -> list[Entry]:
    """Raises Unknown for a deal that is not there."""
    entries = ledger.store.read(deal)
    if not entries:
        raise Unknown(f"there is no deal '{deal}' in the ledger", "`premortem deals` lists what is there.")
    return entries


def rejected_facts(entries: Sequence[Entry], view: Deal) -> list[DealFact]:
    """The facts that somebody rejected, as they read before that."""
    rejections = {one.body for one in entries if isinstance(one.body, Verdict) and one.body.says == "rejected"}
    if not rejections:
        return []
    standing = {known.fact.fact for known in view.facts}
    names = {one.fact for one in rejections} - standing
    before = deal_as_of(one for one in entries if one.body not in rejections)
    return [known for known in before.facts if known.fact.fact in names]


def turn_text(ledger: Ledger, view: Deal, touch: TouchId, turn: int) -> str:
    """The words of a turn. Raises Unknown where there is no such touch or turn, or its words were erased."""
    known = next((one for one in view.touches if one.id == touch), None)
    if known is None:
        raise Unknown(f"there is no touch '{touch}' in {view.id}", "Open it from the deal's page.")
    heard = conversation(ledger.contents, known.words)
    if heard is None:
        raise Unknown("the words of this touch were erased", "Nothing can be added to it.")
    if not 0 <= turn < len(heard.turns):
        raise Unknown(f"there is no turn {turn} in this touch", f"Its turns are 0 to {len(heard.turns) - 1}.")
    return heard.turns[turn].text


def about(fact: Fact) -> str | None:
    """What tells two facts of one claim over the same words apart."""
    return fact.person or fact.value


def _fact_called(entries: Sequence[Entry], fact: FactId) -> DealFact:
    view = deal_as_of(entries)
    standing = next((known for known in view.facts if known.fact.fact == fact), None)
    known = standing or next((one for one in rejected_facts(entries, view) if one.fact.fact == fact), None)
    if known is None:
        raise Unknown(f"there is no fact '{fact}' in {view.id}", "The page of its touch lists them.")
    return known


def _verdict(ledger: Ledger, view: Deal, known: DealFact, says: str, said: Said | None, by: str) -> Verdict:
    """The entry. To confirm what somebody corrected is to say the same again, not to take the reader's word back."""
    name = known.fact.fact
    if says == "rejected":
        return Verdict(name, "rejected")
    instead = _instead(ledger, view, known, said, by) if says == "corrected" else known.fact
    if _content(instead) != _content(known.fact):
        return Verdict(name, "corrected", instead)
    return Verdict(name, "corrected", known.fact) if known.standing == "corrected" else Verdict(name, "confirmed")


def _content(fact: Fact) -> tuple[str, str | None, str | None]:
    return fact.claim, fact.person, fact.value


def _instead(ledger: Ledger, view: Deal, known: DealFact, said: Said | None, by: str) -> Fact:
    if said is None:
        raise Unknown("nothing was given to put in the fact's place", "Name the claim that the words carry.")
    heard = conversation(ledger.contents, known.words)
    return _saying(view, known.fact, said, by, "" if heard is None else heard.turns[known.fact.turn].text)


def _saying(view: Deal, fact: Fact, said: Said, by: str, text: str) -> Fact:
    """The fact with what a person says of the same words in its place."""
    meaning = claim_called(said.claim)
    touch = view.touch(fact.touch)
    if not may_say(meaning.claim, view.side(fact.speaker), touch.type == "note"):
        whose = "our own side" if view.side(fact.speaker) == "seller" else "the buyer"
        called = meaning.claim.replace("_", " ")
        raise Unknown(f"'{called}' is not for {whose} to say", "Take another claim, or set the speaker's side right.")
    value = value_meant(meaning, said.value)
    at = text.find(value) if value else -1
    return replace(
        fact,
        claim=meaning.claim,
        person=person_meant(view, meaning, said.person, fact.speaker),
        value=value,
        value_at=(at, at + len(value)) if value and at >= 0 else None,
        reader=f"user:{by}",
        confidence=1.0,
        reading=fact.reading or touch.reading,
    )


def _placed(ledger: Ledger, view: Deal, touch: TouchId, turn: int, words: str, start: int | None) -> Fact:
    """A fact of no claim yet, over words that stand in a turn."""
    first, last = span_of(turn_text(ledger, view, touch, turn), words, start)
    speakers = view.touch(touch).speakers
    speaker = speakers[turn] if turn < len(speakers) else None
    return Fact("", touch, turn, first, last, "person_named", speaker, "", 1.0)


def _newest(entries: Sequence[Entry], fact: FactId) -> Verdict | None:
    told = [one for one in entries if isinstance(one.body, Verdict) and one.body.fact == fact]
    last = max(told, key=lambda one: one.learned, default=None)
    return last.body if last is not None and isinstance(last.body, Verdict) else None


def _tell(
    ledger: Ledger,
    entries: Sequence[Entry],
    at: datetime,
    body: Body,
    fact: Fact,
    by: str,
    now: datetime,
    rules: Rules | None,
) -> Judged:
    """Append it, bring the lists up to date, and say what that does to the findings."""
    entry = Entry(entries[0].deal, at, now, f"user:{by}", body)
    ledger.store.append([entry])
    ledger.reading.refresh(entry.deal)
    rules = rules or rules_of(ledger)
    review_changed(ledger, rules, now.date(), [entry.deal])
    own = rules.norms_at()
    before, after = _raised(entries, rules, own, now), _raised([*entries, entry], rules, own, now)
    says = body.says if isinstance(body, Verdict) else "added"
    return Judged(fact.fact, fact.touch, fact.turn, says, True, sorted(before - after), sorted(after - before))


def _raised(entries: Sequence[Entry], rules: Rules, own: OwnNorms, now: datetime) -> set[str]:
    view = deal_as_of(entries)
    norms = own.of(view.amount, view.opened.currency if view.opened else None)
    return {one.check for one in review(entries, norms=norms, put=rules.put, today=now.date()).findings}
