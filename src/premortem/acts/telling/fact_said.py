"""What a person says of words: a claim, whom it is about, and what it comes to; or, in a sentence, why that can't be.

What is typed into a value stands in the ledger, where no name belongs: so only days, topics, numbers and rivals do.
"""

from __future__ import annotations

import re
from datetime import date

from msgspec import Struct

from premortem.errors import Unknown
from premortem.ledger.claims import CLAIMS, OTHER, SPEAKER, TOPICS, Meaning
from premortem.ledger.deal import Deal
from premortem.ledger.entries import PersonId
from premortem.playbook.mistakes import meant

LONGEST = 80
"""Characters that a rival's name or a number may have."""


class Said(Struct, frozen=True):
    """What words carry, as a person says it: `person` is an id of the deal, `value` as `Fact` has it."""

    claim: str
    person: str | None = None
    value: str | None = None


def claim_called(name: str) -> Meaning:
    """Raises Unknown for a claim that the vocabulary does not have."""
    wanted = name.strip().replace(" ", "_")
    if wanted not in CLAIMS:
        raise Unknown(f"there is no claim '{name}'", meant(wanted, CLAIMS))
    return CLAIMS[wanted]


def person_meant(view: Deal, meaning: Meaning, person: str | None, speaker: PersonId | None) -> PersonId | None:
    """Whom a claim is about: the speaker, somebody of the deal, or nobody, as the claim has it."""
    if meaning.about == SPEAKER:
        return speaker
    if meaning.about != OTHER or not person:
        return None
    human = view.human.get(person, person)
    if human not in view.people:
        raise Unknown(f"there is no person '{person}' in {view.id}", "Choose one of those that the deal knows.")
    return human


def value_meant(meaning: Meaning, value: str | None) -> str | None:
    """What a claim comes to, in the form in which facts have it; None for a claim that comes to nothing."""
    value = " ".join((value or "").split())
    if meaning.value is None or not value:
        return None
    if meaning.value == "the topic":
        return _topic(value)
    if "day" in meaning.value:
        return _days(value)
    if len(value) > LONGEST:
        raise Unknown(f"{meaning.value} has more than {LONGEST} characters", "Give it alone, without words around it.")
    if meaning.value in ("the amount", "the number") and not re.search(r"\d", value):
        raise Unknown(f"'{value}' holds no number", "Write it in digits: 11000, or 11000 EUR.")
    return value


def span_of(text: str, words: str, start: int | None = None) -> tuple[int, int]:
    """Where words stand in a turn, however blanks and lines break between them: at `start`, or first.

    Raises Unknown where they do not stand in it.
    """
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    if not pattern:
        raise Unknown("no words were given", "Copy those that carry the fact out of the turn.")
    found = re.compile(pattern).match(text, start) if start is not None and start >= 0 else None
    found = found or re.search(pattern, text) or re.search(pattern, text, re.IGNORECASE)
    if found is None:
        raise Unknown("these words do not stand in the turn", "Copy them out of it, letter by letter.")
    return found.start(), found.end()


def _topic(value: str) -> str:
    topic = value.casefold().replace(" ", "_")
    if topic not in TOPICS:
        raise Unknown(f"there is no topic '{value}'", f"There are {', '.join(TOPICS)}.")
    return topic


def _days(value: str) -> str:
    first, _, last = value.replace(" ", "").partition("/")
    try:
        days = [date.fromisoformat(first), date.fromisoformat(last or first)]
    except ValueError as wrong:
        raise Unknown(f"'{value}' is no day", "Write 2026-05-09, or 2026-05-09/2026-05-30 for a period.") from wrong
    if days[0] > days[1]:
        raise Unknown(f"'{value}' ends before it begins", "Write the first day first.")
    return days[0].isoformat() if not last else f"{days[0].isoformat()}/{days[1].isoformat()}"
