"""Titles that are said beside names, and what kinds of work they tell."""

from __future__ import annotations

import pytest

from premortem.listening.people_names import like
from premortem.listening.people_signatures import signed
from premortem.listening.people_titles import title_beside, title_of_own
from premortem.listening.titles import trades_of


@pytest.mark.parametrize(
    ("said", "name", "title"),
    [
        ("you'd have to ask Jarek in IT about the firewall", "Jarek", "IT"),
        ("and our CFO Bolette wants it cheaper", "Bolette", "CFO"),
        ("Bolette, she runs finance", "Bolette", "runs finance"),
        ("it was Wim the plant manager who said so", "Wim", "plant manager"),
        ("there's Ozzie who looks after the depots", "Ozzie", "looks after the depots"),
        ("my boss Henrietta says no", "Henrietta", "boss"),
        ("Lunch w Corin Maddox (dir. finance), one hour", "Corin Maddox", "dir. finance"),
        ("it goes through Tove from procurement", "Tove", "procurement"),
        ("Edda Krol, he's one of our senior planners over there", "Edda Krol", "senior planners"),
        ("the signature is of our director, Ilvane Turk.", "Ilvane Turk", "director"),
        ("Jarek = ops manager Flanders, likes trains", "Jarek", "ops manager Flanders"),
        ("the finance fellow Mr Adjei says it is capital", "Mr Adjei", "finance"),
        ("Ozzie is good at darts", "Ozzie", None),
        ("Well Ozzie, the CFO won't be there", "Ozzie", None),
    ],
)
def test_a_title_stands_beside_its_name(said: str, name: str, title: str | None) -> None:
    start = said.index(name)
    assert title_beside(said, start, start + len(name)) == title


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("I'm the shift supervisor here", "shift supervisor"),
        ("so I look after the cold stores", "look after the cold stores"),
        ("I'm from procurement, so forgive me", "procurement"),
        ("I run it twice a day", None),
    ],
)
def test_a_speaker_says_what_they_are(said: str, title: str | None) -> None:
    assert title_of_own(said) == title


@pytest.mark.parametrize(
    ("title", "trades"),
    [
        ("Head of Procurement", {"leads", "purchasing"}),
        ("Group CFO", {"money", "leads"}),
        ("night shift planner", {"works"}),
        ("IT Security Manager", {"technical", "manages"}),
        ("Owner", {"owns"}),
        ("company lawyer", {"legal"}),
        ("Juggler", set()),
        (None, set()),
    ],
)
def test_a_title_tells_kinds_of_work(title: str | None, trades: set[str]) -> None:
    assert trades_of(title) == trades


def test_a_signature_gives_the_title_below_the_full_name() -> None:
    told = signed("Edda\nEdda Krol MRICS\nAsset Manager, Loomworks", "Edda Krol", [], lambda org: org == "Loomworks")
    assert told.title == "Asset Manager"
    assert signed("i.V. Dr. Edda Krol\nCFO", "Edda Krol", [], lambda _: False).title == "CFO"
    assert signed("Edda\nEdda Krol, Partner", "Edda Krol", [], lambda _: False).title == "Partner"


def test_a_name_may_come_with_two_honorifics_or_a_short_form() -> None:
    assert like("Frau Doktor Krol", "Edda Krol") == "fits"
    assert like("Roz", "Rosalind Kimber") == "fits"
