"""The way stories are told: what a line comes to, and what one that can't be understood answers."""

from __future__ import annotations

import pytest

from premortem.ledger.fold import deal_as_of
from tests.telling import Untold, told, who

STORY = """
deal: Harbour depot, planned close 2026-03-31
sellers: Ines
buyers: Tom (user_buyer/influencer)
2026-01-05 call: Ines 60% 4 questions, Tom 40%; Mara listed
  Tom decision_maker_named Dana "that one would land on Dana's desk"
  Tom will_fight "I will argue for it"
2026-01-05 mail Ines to Tom, Kim, cc Mara
2026-01-12 mail Tom to Ines (learned 2026-02-01)
2026-01-20 note by Ines, met Dana
2026-05-01 lost to Brightline
"""


def test_a_story_becomes_a_deal() -> None:
    deal = deal_as_of(told(STORY))
    assert (deal.name, str(deal.planned_close)) == ("Harbour depot", "2026-03-31")
    assert [touch.id for touch in deal.touches] == [
        "2026-01-05-call",
        "2026-01-05-mail",
        "2026-01-12-mail",
        "2026-01-20-note",
    ]
    assert deal.people[who("Tom")].roles == {"user_buyer", "influencer"}
    assert {deal.side(who(name)) for name in ("Tom", "Mara", "Dana", "Kim")} == {"buyer"}
    assert deal.people[who("Dana")].met == "2026-01-20-note"
    assert deal.people[who("Kim")].met == "2026-01-05-mail"
    assert deal.people[who("Mara")].met is None
    assert deal.outcome is not None and deal.outcome[1].to == "Brightline"  # noqa: PT018


def test_a_call_is_measured() -> None:
    measures = deal_as_of(told(STORY)).touches[0].measures
    assert measures is not None
    assert [(voice.share, voice.questions) for voice in measures.voices] == [(0.6, 4), (0.4, 0)]
    assert measures.silent == (who("Mara"),)


def test_words_are_about_whom_they_name_or_who_speaks() -> None:
    facts = deal_as_of(told(STORY)).facts
    assert [fact.fact.person for fact in facts] == [who("Dana"), who("Tom")]


def test_a_touch_is_learned_when_the_story_says() -> None:
    deal = deal_as_of(told(STORY))
    assert [str(touch.learned.date()) for touch in deal.touches] == [
        "2026-01-05",
        "2026-01-05",
        "2026-02-01",
        "2026-01-20",
    ]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("2026-01-05 lunch with Tom", "no stage, close, waiver"),
        ("2026-13-05 mail Ines to Tom", "month must be in 1..12"),
        ("2026-01-05 call: Ines talks, Tom", "in a call stand"),
        ("once upon a time", "neither a deal, nor people"),
        ('  Tom pain_stated "it hurts"', "words without a touch"),
        ("2026-01-05 call: Tom\n  Tom pain_stated it hurts", "words are told as"),
        ('2026-01-05 call: Tom\n  Tom wishes "more"', "'wishes' is no claim"),
        ('2026-01-05 call: Tom\n  Tom discovery_question =weather "rain?"', "'weather' is no topic"),
    ],
)
def test_a_line_that_says_nothing_known_is_named(line: str, why: str) -> None:
    with pytest.raises(Untold, match=r"line \d+, '.+': .*" + why):
        told(line)
