"""What was said, as a model learned it from the labelled corpus: the claims, and the words that carry each.

Names of people and rivals have exact readers of their own; here the rest is heard, and completed by what is exact:
whom it is about, which day, how much.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import get_args

from msgspec.structs import replace

from premortem.ledger.claims import Claim, may_say
from premortem.listening.claim_model import Judged
from premortem.listening.days import days_said
from premortem.listening.money import amounts
from premortem.listening.readers._about import Spoken, of_speaker
from premortem.listening.readers._listened import LEAST, Listened
from premortem.listening.readers._quoted import quoted
from premortem.listening.scene import Reading, Scene
from premortem.listening.windows import Window

EXACT: frozenset[Claim] = frozenset({"person_named", "competitor_named"})
GIVES: frozenset[Claim] = frozenset(get_args(Claim)) - EXACT
NEEDS: frozenset[Claim] = EXACT
VERSION = "2"

OF_SPEAKER: frozenset[Claim] = frozenset({"wants_us", "will_fight", "personal_stake", "authority_claimed"})
OF_SOMEBODY: frozenset[Claim] = frozenset(
    {
        "decision_maker_named",
        "introduction_asked",
        "introduction_agreed",
        "introduction_refused",
        "opposition_stated",
    }
)
WITH_DAY: frozenset[Claim] = frozenset(
    {"decision_date_stated", "next_step_agreed", "compelling_event", "delay_stated", "close_pushed"}
)
WITH_MONEY: frozenset[Claim] = frozenset({"budget_confirmed", "price_objection", "impact_quantified"})


def read(scene: Scene, before: Iterable[Reading]) -> Iterable[Reading]:
    spoken = Spoken(scene)
    for window, judged in Listened(scene).windows:
        for heard in _claims(scene, window, judged):
            yield _completed(scene, spoken, window, heard)


def _claims(scene: Scene, window: Window, judged: Judged) -> Iterator[Reading]:
    for claim in GIVES:
        sure = judged.of(claim)
        if sure < LEAST or not may_say(claim, scene.side(window.turn), scene.in_note):
            continue
        start, end = judged.place(claim)
        found = quoted(scene, claim, window.turn, window.start + start, window.start + end, sure)
        yield replace(found, value=judged.topic) if claim == "discovery_question" else found


def _completed(scene: Scene, spoken: Spoken, window: Window, found: Reading) -> Reading:
    if found.claim in OF_SPEAKER:
        return of_speaker(scene, found)
    if found.claim in OF_SOMEBODY:
        return spoken.about(found, scene.speakers[found.turn])
    if found.claim in WITH_DAY:
        return _with_day(scene, window, found)
    return _with_amount(scene, found) if found.claim in WITH_MONEY else found


def _with_day(scene: Scene, window: Window, found: Reading) -> Reading:
    """The first day said in the quote, else in its window."""
    text = scene.turns[found.turn].text
    for start, end in ((found.start, found.end), (window.start, window.end)):
        for day in days_said(text[start:end], scene.day):
            return replace(found, value=day.value, value_at=(start + day.start, start + day.end))
    return found


def _with_amount(scene: Scene, found: Reading) -> Reading:
    for one in amounts(scene.turns[found.turn].text[found.start : found.end]):
        return replace(found, value=one.value, value_at=(found.start + one.start, found.start + one.end))
    return found
