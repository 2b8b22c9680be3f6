"""The buyer's interview after the end: what to ask, and the answers taken in as a note of the deal.

The note quotes the buyer, question by question, so the readers hear it like any other. What the buyer says decided it
stands in the post-mortem as the buyer's own reason.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from premortem.acts.afterwards.post_mortem import LONGEST, entries_of, outcome_said
from premortem.acts.afterwards.post_mortem_shown import CAUSES
from premortem.acts.bringing_in.bring_in import BroughtIn, bring_in
from premortem.acts.looking.people import person_called
from premortem.acts.looking.review import DealShown, deal_shown
from premortem.acts.playbook import Rules, rules_of
from premortem.acts.witness import Witness
from premortem.checks.review import moment_of
from premortem.checks.review import review as review_entries
from premortem.errors import Unknown
from premortem.learning.factors import factors
from premortem.learning.interview import QUESTIONS, WHAT_DECIDED, GuideQuestion, guide, known_keys
from premortem.learning.post_mortem import standing
from premortem.learning.replay import replay
from premortem.ledger.contents import keep_text
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Entry, PersonId
from premortem.ledger.fold import deal_as_of
from premortem.ledger.store import Contents, Ledger
from premortem.listening.readers.assembly import Readers


class BuyerShown(Struct, frozen=True):
    """Somebody on the buyer's side who could be asked."""

    id: PersonId
    name: str
    met: bool


class QuestionShown(Struct, frozen=True):
    """A question by its key, and why this deal asks it; the buyer sees the question alone."""

    key: str
    question: str
    why: list[str]


class InterviewDocument(Struct, frozen=True):
    """A deal's guide. `buyers` are whom to ask, those whom we met first. `schema` changes when a meaning does."""

    deal: DealShown
    outcome_said: str
    questions: list[QuestionShown]
    buyers: list[BuyerShown]
    schema: str = "premortem.interview/1"


class Answered(Struct, frozen=True):
    """A note to take in: what its file is called, and its text."""

    name: str
    text: str


def interview(entries: Sequence[Entry], contents: Contents, rules: Rules | None = None) -> InterviewDocument:
    """What to ask the buyer of a deal, at most seven questions, by what was open before its end."""
    rules = rules or rules_of()
    norms = rules.norms_of(deal_as_of(entries, moment_of(entries)))
    found = review_entries(entries, norms=norms, put=rules.put)
    told, whole = standing(entries), deal_as_of(entries)
    end = told.outcome.status if told.outcome else None
    causes = [one.check for one in factors(replay(entries, norms, rules.put), found.findings, end)][:CAUSES]
    return InterviewDocument(
        deal=deal_shown(found.deal, whole),
        outcome_said=outcome_said(told.outcome),
        questions=[_shown(one) for one in guide(found.deal, causes)],
        buyers=_buyers(whole, Witness(whole, contents)),
    )


def note_of(
    ledger: Ledger, deal: str, answers: Mapping[str, str], buyer: str, by: str, on: date, in_writing: bool = False
) -> Answered:
    """The answers of a buyer as a note of ours that quotes them. `by` is who of us writes it, in full.

    Raises Unknown for a buyer whom the deal does not know, and for no answer at all.
    """
    view = deal_as_of(entries_of(ledger, deal))
    name = Witness(view, ledger.contents).name(person_called(ledger, view, buyer)) or ""
    said = {key: " ".join(answers[key].split())[:LONGEST] for key in known_keys(answers)}
    said = {key: words for key, words in said.items() if words}
    if not said:
        raise Unknown("nothing was answered", "Write down at least one answer.")
    lines = [f"Note by {by}, {on.isoformat()}"]
    lines.append(f"After the end, {name} answered our questions in writing." if in_writing else f"Spoke to {name}.")
    lines += [f"On {QUESTIONS[key].on}, {name} said: “{words}”" for key, words in said.items()]
    return Answered(f"{on.isoformat()}-interview-{ledger.contents.nonce()[-6:]}.txt", "\n".join(lines) + "\n")


def state_reason(ledger: Ledger, deal: str, answers: Mapping[str, str], by: str, now: datetime) -> bool:
    """Enter what the buyer says decided it as the buyer's reason; False where they did not say or nothing has ended."""
    entries = entries_of(ledger, deal)
    told, words = standing(entries), " ".join(answers.get(WHAT_DECIDED, "").split())[:LONGEST]
    if not words or told.outcome is None or told.ended is None:
        return False
    stated = replace(told.outcome, stated_reason=keep_text(ledger.contents, words), stated_by="buyer")
    ledger.store.append([Entry(deal, told.ended, now, f"user:{by}", stated)], after=len(entries))
    ledger.reading.refresh(deal)
    return True


def record_interview(
    ledger: Ledger,
    deal: str,
    answers: Mapping[str, str],
    buyer: str,
    by: str,
    now: datetime,
    readers: Readers | None = None,
) -> BroughtIn:
    """Take an interview in at once: the note is read, and the buyer's reason entered. Raises as `note_of`."""
    answered = note_of(ledger, deal, answers, buyer, by, now.date())
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / answered.name
        file.write_text(answered.text, encoding="utf-8")
        (done,) = bring_in(ledger, file, now, deal, readers=readers)
    state_reason(ledger, deal, answers, by, now)
    return done


def _shown(one: GuideQuestion) -> QuestionShown:
    return QuestionShown(one.key, one.question, list(one.why))


def _buyers(deal: Deal, witness: Witness) -> list[BuyerShown]:
    named = [BuyerShown(one.id, witness.name(one.id) or "", one.met is not None) for one in deal.buyers]
    return sorted((one for one in named if one.name), key=lambda one: (not one.met, one.name))
