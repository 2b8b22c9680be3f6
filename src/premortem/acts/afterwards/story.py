"""A deal as a story to train others with: what was said and when, what could be seen, what was done, how it ended.

Nobody in it can be recognised: people, firms, amounts and days are changed, each always to the same, and the finished
text is searched for what must not be in it. Where anything is left there is no story, but a line that says where.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from premortem.acts.afterwards.disguise import Disguise
from premortem.acts.afterwards.in_writing import LEFT_OUT
from premortem.acts.afterwards.originals import originals
from premortem.acts.afterwards.still_seen import Left, still_seen
from premortem.acts.playbook import Rules, rules_of
from premortem.acts.telling.judge import entries_of
from premortem.acts.witness import Witness
from premortem.checks.review import GRAVITY, moment_of
from premortem.errors import PremortemError
from premortem.learning.replay import Life, replay
from premortem.ledger.claims import CLAIMS
from premortem.ledger.contents import ERASED, fill, text
from premortem.ledger.deal import Deal, DealFact, DealTouch
from premortem.ledger.entries import Conclusion, Hash, PersonId, TouchId
from premortem.ledger.fold import deal_as_of
from premortem.ledger.saying import counted, listed, on
from premortem.ledger.store import Ledger

START = 2
"""Lines before the first paragraph: title and opening."""
QUOTES, SEEN = 3, 2
"""Quotes and findings that a paragraph bears."""
MATTERS = (
    *(
        "decision_maker_named",
        "authority_claimed",
        "introduction_refused",
        "opposition_stated",
        "will_fight",
        "wants_us",
    ),
    *(
        "decision_process_unknown",
        "decision_process_described",
        "budget_missing",
        "budget_confirmed",
        "parallel_effort",
    ),
    *("competitor_named", "status_quo_option", "delay_stated", "fit_doubt", "change_risk", "product_problem"),
    *("inside_information", "decision_date_stated", "price_objection", "pain_stated", "impact_quantified"),
    *("close_pushed", "discount_offered", "introduction_asked", "introduction_agreed", "next_step_agreed"),
)
"""Which words a story rather tells, the first of them first."""
ENDED = {
    "won": "The deal was won",
    "lost": "The deal was lost",
    "other_way": "They solved it another way",
    "no_decision": "Nothing was decided",
    "unknown": "Nobody knows how it ended",
}
KINDS = {"call": "A call", "mail": "A mail", "note": "A note"}


class Said(Struct, frozen=True):
    """Somebody's words in disguise, and what they tell."""

    who: str
    words: str
    tells: str


class Paragraph(Struct, frozen=True):
    """What one day brought. `on` is the day of the story, written out; `seen` and `done` are whole sentences."""

    on: str
    told: str
    said: list[Said] = []
    seen: list[str] = []
    done: list[str] = []

    def lines(self) -> Iterator[str]:
        """Every text of it."""
        yield from (self.on, self.told, *self.seen, *self.done)
        for one in self.said:
            yield from (one.who, one.words, one.tells)


class StoryDocument(Struct, frozen=True):
    """The story. `concluded` are the sentences of the post-mortem; `changed` says what is not true in it."""

    title: str
    opening: str
    paragraphs: list[Paragraph]
    ending: list[str]
    concluded: list[str]
    changed: str
    schema: str = "premortem.story/1"

    def lines(self) -> Iterator[str]:
        """Every text of it, from top to bottom."""
        yield from (self.title, self.opening)
        for one in self.paragraphs:
            yield from one.lines()
        yield from (*self.ending, *self.concluded, self.changed)


class Betrayal(Struct, frozen=True):
    """A sentence that would give somebody away, as the story would tell it: for whoever may see the deal, nobody else.
    `touch` is what it is told of, None for what the whole deal tells."""

    sentence: str
    holds: list[str]
    touch: TouchId | None


class Revealing(PremortemError):
    """A story that would still name somebody or something. Its text names the kinds of things and no words."""

    def __init__(self, places: Sequence[Betrayal]) -> None:
        self.places = list(places)
        kinds = listed(dict.fromkeys(kind for one in self.places for kind in one.holds))
        count = len(self.places)
        many = "one sentence of it would still give somebody away. It would show"
        if count > 1:
            many = f"{count} sentences of it would still give somebody away. They would show"
        super().__init__(
            f"This deal can't be told as a story yet: {many} {kinds}, which could not be disguised. "
            "Its page 'A story for training' shows where: mark what was read there as wrong, or erase the person."
        )


def story(ledger: Ledger, deal: str, rules: Rules | None = None) -> StoryDocument:
    """The story of a deal, whether it ended or goes on.

    Raises Unknown for a deal that is not there or that can't be disguised, and Revealing where anything is left.
    """
    entries, rules = entries_of(ledger, deal), rules or rules_of(ledger)
    whole = deal_as_of(entries)
    hidden = originals(whole, entries, ledger.contents)
    found = replay(entries, rules.norms_of(deal_as_of(entries, moment_of(entries))), rules.put)
    seed = "".join(sorted([touch.words for touch in whole.touches] + [one.card or one.id for one in whole.buyers]))
    teller = _Teller(whole, Witness(whole, ledger.contents), Disguise(hidden, deal + seed), ledger)
    document = teller.whole(found.lives)
    betrayals = _betrayals(document, whole, still_seen(list(document.lines()), hidden))
    if betrayals:
        raise Revealing(betrayals)
    return document


def _betrayals(document: StoryDocument, deal: Deal, left: list[Left]) -> list[Betrayal]:
    """Each line that holds something, once, with the touch that it is told of."""
    lines = list(document.lines())
    touches: list[TouchId | None] = [None] * START
    for paragraph, touch in zip(document.paragraphs, deal.touches, strict=True):
        touches += [touch.id] * len(list(paragraph.lines()))
    touches += [None] * (len(lines) - len(touches))
    holds: dict[int, list[str]] = defaultdict(list)
    for one in left:
        holds[one.line - 1].append(one.what)
    return [Betrayal(lines[place], what, touches[place]) for place, what in sorted(holds.items())]


class _Teller:
    """One deal being told in disguise."""

    def __init__(self, deal: Deal, witness: Witness, disguise: Disguise, ledger: Ledger) -> None:
        self._deal, self._witness, self._disguise, self._ledger = deal, witness, disguise, ledger
        self._names = {one: self._called(human) for one, human in deal.human.items()}

    def _called(self, person: PersonId) -> str:
        """An invented name; 'the CFO' for whom only a title is known, if that needs no gap."""
        card = self._witness.cards.get(person)
        if card is None or card.name or not card.title:
            return self._disguise.person(person)
        title = self._disguise.quote(card.title, self._deal.as_of.date())
        return self._disguise.person(person) if LEFT_OUT in title else f"the {title}"

    def whole(self, lives: tuple[Life, ...]) -> StoryDocument:
        visible: dict[str, list[Life]] = defaultdict(list)
        acted: dict[str, list[Life]] = defaultdict(list)
        for life in lives:
            visible[life.visible].append(life)
            if life.acted is not None and life.acted.touch is not None and life.acted.touch != life.visible:
                acted[life.acted.touch].append(life)
        return StoryDocument(
            title=self._title(),
            opening=self._opening(),
            paragraphs=[self._paragraph(one, visible[one.id], acted[one.id]) for one in self._deal.touches],
            ending=list(self._ending(lives)),
            concluded=list(self._concluded()),
            changed="People, firms, amounts and days are changed; weekdays and the time between the days are as they "
            "were. […] stands where words were left out.",
        )

    def _title(self) -> str:
        end = self._deal.outcome[1].status if self._deal.outcome else None
        return {
            "won": "A deal that was won",
            "lost": "A deal that was lost",
            "other_way": "A deal that was solved another way",
            "no_decision": "A deal in which nothing was decided",
        }.get(end or "", "A deal that goes on" if end is None else "A deal whose end nobody knows")

    def _opening(self) -> str:
        deal, opened = self._deal, self._deal.opened
        buyer = self._disguise.firm(opened.account) if opened else "A firm"
        ours = self._disguise.firm(opened.seller) if opened else "another"
        start = deal.created or deal.touches[0].at if deal.touches else deal.created
        since = f" On {self._on(start.date())} the deal was opened." if start else ""
        currency = f" {opened.currency}" if opened and opened.currency else ""
        worth = f", worth about {self._disguise.amount(deal.amount)}{currency}" if deal.amount else ""
        return f"{buyer} is the buyer, {ours} sells{worth}.{since}"

    def _paragraph(self, touch: DealTouch, visible: list[Life], acted: list[Life]) -> Paragraph:
        day = touch.at.date()
        who = [self._names[one] for one in touch.people("spoke", "wrote", "reported")]
        who = [one if one[:1].isupper() or one.startswith("the ") else "somebody" for one in dict.fromkeys(who)]
        graver = sorted(visible, key=lambda one: (GRAVITY[one.first.severity], one.check))[:SEEN]
        return Paragraph(
            on=self._on(day),
            told=f"{KINDS[touch.type]}{': ' + ', '.join(who) if who else ''}.",
            said=[self._said(one, day) for one in self._facts(touch)],
            seen=[self._sentence(one.first.says, day) for one in graver],
            done=[f"{_first_up(one.acted.how)}: {one.check.replace('_', ' ')}." for one in acted if one.acted],
        )

    def _facts(self, touch: DealTouch) -> list[DealFact]:
        """The words of a touch that matter most, in the order in which they were said."""
        told = [one for one in self._deal.facts if one.fact.touch == touch.id and one.believed and self._words(one)]
        told = [one for one in told if one.fact.claim in MATTERS]
        first = {(one.fact.turn, one.fact.start, one.fact.end): one for one in reversed(told)}
        best = sorted(first.values(), key=lambda one: MATTERS.index(one.fact.claim))[:QUOTES]
        return sorted(best, key=lambda one: (one.fact.turn, one.fact.start))

    def _words(self, known: DealFact) -> str:
        words = self._witness.said(known, known.fact.start, known.fact.end)
        return "" if words == ERASED else " ".join(words.split())

    def _said(self, known: DealFact, day: date) -> Said:
        words = self._disguise.quote(self._words(known), day)
        meaning = CLAIMS[known.fact.claim].claim.replace("_", " ")
        return Said(self._names.get(known.fact.speaker or "", "somebody"), words, meaning)

    def _ending(self, lives: tuple[Life, ...]) -> Iterator[str]:
        if self._deal.outcome is None:
            yield "The deal goes on."
        else:
            at, end = self._deal.outcome
            place = f" We finished in place {end.rank}." if end.rank else ""
            to = f" to {self._disguise.firm(end.to)}" if end.to and end.status == "lost" else ""
            yield f"On {self._on(at.date())}: {ENDED[end.status]}{to}.{place}"
            if end.stated_reason is not None:
                whose = "the buyer" if end.stated_by == "buyer" else "the seller"
                yield f"The reason that {whose} gave: “{self._text(end.stated_reason, at.date())}”."
        for life in sorted(lives, key=lambda one: (-one.days_blind, one.check))[:SEEN]:
            name = life.check.replace("_", " ")
            if life.acted is None:
                since = self._on(life.visible_at.date())
                yield f"Nobody ever acted on this, which could be seen from {since} on: {name}."
            elif life.days_to_act:
                yield f"It took {counted(life.days_to_act, 'day')} until somebody acted on this: {name}."

    def _concluded(self) -> Iterator[str]:
        newest: dict[str, tuple[date, Conclusion]] = {
            one.conclusion: (at.date(), one) for at, one in self._deal.conclusions
        }
        called = {"factor": "What contributed", "action": "What is done about it", "recurred": "Later"}
        for day, one in newest.values():
            if not one.dropped:
                due = f" (by {self._on(one.due)})" if one.due else ""
                again = {True: "it happened again: ", False: "it did not happen again: ", None: ""}[one.again]
                yield f"{called[one.type]}: {again}{self._text(one.words, day)}{due}."
        for lesson in self._deal.lessons.values():
            if not lesson.dropped:
                yield f"The lesson: {self._text(lesson.title, self._deal.as_of.date())}."

    def _on(self, day: date) -> str:
        return on(self._disguise.day(day))

    def _text(self, key: Hash, day: date) -> str:
        return self._disguise.quote(text(self._ledger.contents, key), day).rstrip(".")

    def _sentence(self, told: str, day: date) -> str:
        """A sentence of a finding: people first, so that their invented names are not taken for others'."""
        return _first_up(fill(self._disguise.sentence(told, day), self._names).replace(ERASED, "somebody"))


def _first_up(told: str) -> str:
    return told[:1].upper() + told[1:]
