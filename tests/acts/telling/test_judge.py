"""A person says of a fact that it is right, wrong, or rather this; the deal's findings follow at once."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from premortem.acts.bringing_in.bring_in import bring_in
from premortem.acts.looking.review import review
from premortem.acts.looking.touch_page import touch_page
from premortem.acts.looking.verify import verify_ledger
from premortem.acts.telling.fact_said import Said, span_of
from premortem.acts.telling.judge import add_fact, judge
from premortem.errors import Unknown
from premortem.ledger.claims import CLAIMS
from premortem.ledger.contents import MemoryLedger
from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.entries import Fact, Verdict
from premortem.ledger.fold import deal_as_of

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 9, tzinfo=UTC)
DEAL = "bay-1"
ROW = """{"id": "bay-1", "name": "Bay Street: dock doors", "account": "Bay Street Cold Store", "seller": "Doorworks",
"created": "2026-09-01", "amount": 40000, "sellers": [{"name": "Ines Falk"}],
"contacts": [{"name": "Tom Reed"}, {"name": "Ada Cole", "title": "Director"}]}"""
CALL = """Ines Falk: Thanks for having me. Who would sign for this in the end?
Tom Reed: Ada Cole signs everything above ten thousand. We have set aside forty thousand EUR for it this year.
Ines Falk: And what happens when a door freezes shut?
Tom Reed: Every night somebody drives in to thaw it. That is two people, <b>every</b> night.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    deal = tmp_path_factory.mktemp("deals") / "bay"
    (deal / "touches").mkdir(parents=True)
    (deal / "deal.json").write_text(ROW, encoding="utf-8")
    (deal / "touches" / "2026-09-02-call.txt").write_text(CALL, encoding="utf-8")
    (deal / "touches" / "2026-09-15-note.txt").write_text("Phoned Tom Reed. He will think about it.", encoding="utf-8")
    return deal


@pytest.fixture
def ledger(folder: Path) -> MemoryLedger:
    held = MemoryLedger()
    bring_in(held, folder, NOW)
    return held


def view(ledger: MemoryLedger, known: datetime | None = None) -> Deal:
    return deal_as_of(ledger.store.read(DEAL), known=known)


def fact_of(ledger: MemoryLedger, claim: str) -> DealFact:
    return next(one for one in view(ledger).facts if one.fact.claim == claim)


def named(ledger: MemoryLedger, fact: str) -> DealFact | None:
    return next((one for one in view(ledger).facts if one.fact.fact == fact), None)


def call_of(ledger: MemoryLedger) -> str:
    return next(one.id for one in view(ledger).touches if one.type == "call")


def person(ledger: MemoryLedger, name: str) -> str:
    page = touch_page(ledger, DEAL, call_of(ledger))
    return next(one.id for one in page.people if one.name == name)


def raised(ledger: MemoryLedger) -> set[str]:
    return {one.check for one in review(ledger.store.read(DEAL), ledger.contents, today=NOW.date()).findings}


def test_a_rejected_fact_is_gone(ledger: MemoryLedger) -> None:
    known, before = fact_of(ledger, "budget_confirmed"), raised(ledger)
    done = judge(ledger, DEAL, known.fact.fact, "rejected", "mara", LATER)
    assert named(ledger, known.fact.fact) is None
    assert done.told
    assert raised(ledger) ^ before == set(done.come + done.gone)
    last = ledger.store.read(DEAL)[-1]
    assert (last.at, last.learned, last.author) == (known.at, LATER, "user:mara")
    assert last.body == Verdict(known.fact.fact, "rejected")
    assert verify_ledger(ledger).breaks == []


def test_findings_come_with_a_fact_and_go_with_its_rejection(ledger: MemoryLedger) -> None:
    before = raised(ledger)
    added = add_fact(ledger, DEAL, call_of(ledger), 3, "Every night", Said("opposition_stated"), "mara", NOW)
    assert (added.come, added.gone) == (["opposition"], [])
    assert raised(ledger) == before | {"opposition"}
    done = judge(ledger, DEAL, added.fact, "rejected", "mara", LATER)
    assert (done.come, done.gone) == ([], ["opposition"])
    assert raised(ledger) == before


def test_hindsight_sees_it_and_a_view_as_known_then_does_not(ledger: MemoryLedger) -> None:
    known = fact_of(ledger, "budget_confirmed")
    judge(ledger, DEAL, known.fact.fact, "rejected", "mara", LATER)
    assert known.fact.fact in {one.fact.fact for one in view(ledger, known=NOW).facts}


def test_a_rejection_can_be_thought_better_of(ledger: MemoryLedger) -> None:
    known, before = fact_of(ledger, "budget_confirmed"), raised(ledger)
    judge(ledger, DEAL, known.fact.fact, "rejected", "mara", NOW)
    judge(ledger, DEAL, known.fact.fact, "confirmed", "ines", LATER)
    again = named(ledger, known.fact.fact)
    assert again is not None
    assert again.standing == "confirmed"
    assert raised(ledger) == before


def test_to_say_the_same_twice_tells_it_once(ledger: MemoryLedger) -> None:
    known = fact_of(ledger, "budget_confirmed")
    assert judge(ledger, DEAL, known.fact.fact, "confirmed", "mara", NOW).told
    entries = len(ledger.store.read(DEAL))
    assert not judge(ledger, DEAL, known.fact.fact, "confirmed", "mara", LATER).told
    assert len(ledger.store.read(DEAL)) == entries


def test_a_correction_takes_the_readers_place_and_keeps_its_words(ledger: MemoryLedger) -> None:
    known = fact_of(ledger, "budget_confirmed")
    said = Said("impact_quantified", value="40000 EUR")
    assert judge(ledger, DEAL, known.fact.fact, "corrected", "mara", LATER, said).says == "corrected"
    now = named(ledger, known.fact.fact)
    assert now is not None
    assert (now.standing, now.fact.claim, now.fact.value) == ("corrected", "impact_quantified", "40000 EUR")
    assert (now.fact.start, now.fact.end, now.fact.turn) == (known.fact.start, known.fact.end, known.fact.turn)
    assert now.at == known.at


def test_to_confirm_a_correction_does_not_take_it_back(ledger: MemoryLedger) -> None:
    known = fact_of(ledger, "budget_confirmed")
    judge(ledger, DEAL, known.fact.fact, "corrected", "mara", NOW, Said("impact_quantified", value="40000"))
    judge(ledger, DEAL, known.fact.fact, "confirmed", "ines", LATER)
    now = named(ledger, known.fact.fact)
    assert now is not None
    assert now.fact.claim == "impact_quantified"


def test_a_correction_that_changes_nothing_is_a_yes(ledger: MemoryLedger) -> None:
    fact = fact_of(ledger, "budget_confirmed").fact
    same = Said("budget_confirmed", value=fact.value)
    assert judge(ledger, DEAL, fact.fact, "corrected", "mara", LATER, same).says == "confirmed"


def test_a_fact_is_added_over_words_that_stand_there(ledger: MemoryLedger) -> None:
    touch, ada = call_of(ledger), person(ledger, "Ada Cole")
    words = "Ada  Cole signs\neverything"
    done = add_fact(ledger, DEAL, touch, 1, words, Said("opposition_stated", ada), "mara", LATER)
    now = named(ledger, done.fact)
    assert now is not None
    assert (now.standing, now.fact.person, now.at) == ("added", ada, view(ledger).touch(touch).at)
    shown = next(one for one in touch_page(ledger, DEAL, touch).turns[1].facts if one.id == done.fact)
    assert (shown.quote, shown.by, shown.on) == ("Ada Cole signs everything", "mara", "2026-11-23")


def test_an_added_fact_that_was_rejected_before_stands_again(ledger: MemoryLedger) -> None:
    touch = call_of(ledger)
    told = (ledger, DEAL, touch, 3, "somebody drives in", Said("use_case_described"), "mara")
    first = add_fact(*told, NOW)
    judge(ledger, DEAL, first.fact, "rejected", "mara", LATER)
    again = add_fact(*told, LATER.replace(hour=10))
    assert again.fact == first.fact
    assert named(ledger, first.fact) is not None
    assert sum(isinstance(one.body, Fact) and one.body.fact == first.fact for one in ledger.store.read(DEAL)) == 1


@pytest.mark.parametrize(
    ("turn", "words", "said", "says"),
    [
        (1, "ten million", Said("budget_confirmed"), "these words do not stand in the turn"),
        (1, "   ", Said("budget_confirmed"), "no words were given"),
        (9, "signs", Said("budget_confirmed"), "there is no turn 9"),
        (-1, "signs", Said("budget_confirmed"), "there is no turn -1"),
        (1, "signs", Said("budget_confirmd"), "there is no claim 'budget_confirmd'. Did you mean budget_confirmed"),
        (0, "Who would sign", Said("budget_confirmed"), "'budget confirmed' is not for our own side to say"),
        (1, "signs", Said("discovery_question"), "'discovery question' is not for the buyer to say"),
        (1, "signs", Said("opposition_stated", "p-nobody"), "there is no person 'p-nobody'"),
        (1, "signs", Said("decision_date_stated", value="soon"), "'soon' is no day"),
        (1, "signs", Said("decision_date_stated", value="2026-05-09/2026-05-01"), "ends before it begins"),
        (0, "Who would sign", Said("discovery_question", value="weather"), "there is no topic 'weather'"),
        (1, "signs", Said("budget_confirmed", value="plenty"), "holds no number"),
        (1, "signs", Said("competitor_named", value="x" * 81), "more than 80 characters"),
    ],
)
def test_what_words_cannot_carry_is_told_and_nothing_written(
    ledger: MemoryLedger, turn: int, words: str, said: Said, says: str
) -> None:
    before = len(ledger.store.read(DEAL))
    with pytest.raises(Unknown) as refused:
        add_fact(ledger, DEAL, call_of(ledger), turn, words, said, "mara", NOW)
    assert says in str(refused.value)
    assert len(ledger.store.read(DEAL)) == before


def test_what_is_not_there_cannot_be_judged(ledger: MemoryLedger) -> None:
    fact = fact_of(ledger, "budget_confirmed").fact.fact
    for deal, name, says, why in (
        ("bay-2", fact, "confirmed", "there is no deal 'bay-2'"),
        (DEAL, "f-0", "confirmed", "there is no fact 'f-0'"),
        (DEAL, fact, "liked", "can't be 'liked'"),
        (DEAL, fact, "corrected", "nothing was given"),
    ):
        with pytest.raises(Unknown, match=why):
            judge(ledger, deal, name, says, "mara", NOW)


def test_words_are_found_where_they_were_selected() -> None:
    text = "the price, the day and the price"
    assert span_of(text, "the price") == (0, 9)
    assert span_of(text, "the price", 23) == (23, 32)
    assert span_of(text, "the price", 4) == (0, 9)
    assert span_of(text, "THE DAY") == (11, 18)
    assert span_of("a+b (c)", "+b (c)") == (1, 7)


def test_no_value_holds_what_somebody_typed_about_a_person(ledger: MemoryLedger) -> None:
    fact = fact_of(ledger, "budget_confirmed").fact.fact
    judge(ledger, DEAL, fact, "corrected", "mara", NOW, Said("delay_stated", value="Tom Reed is ill"))
    assert "Tom" not in str(ledger.store.read(DEAL)[-1].body)


def test_overlapping_facts_share_their_pieces(ledger: MemoryLedger) -> None:
    touch = call_of(ledger)
    for words, claim in (
        ("Every night somebody drives in", "pain_stated"),
        ("somebody drives in to thaw", "fit_doubt"),
    ):
        add_fact(ledger, DEAL, touch, 3, words, Said(claim), "mara", NOW)
    turn = touch_page(ledger, DEAL, touch).turns[3]
    assert "".join(piece.text for piece in turn.pieces) == CALL.splitlines()[3].removeprefix("Tom Reed: ")
    shared = next(piece for piece in turn.pieces if piece.text == "somebody drives in")
    assert {"pain stated", "fit doubt"} <= {one.called for one in turn.facts if one.id in shared.facts}
    ended = [one.id for piece in turn.pieces for one in piece.ends]
    assert sorted(ended) == sorted(one.id for one in turn.facts)


def test_the_page_tells_who_spoke_who_kept_silent_and_what_nobody_got_to(ledger: MemoryLedger) -> None:
    page = touch_page(ledger, DEAL, call_of(ledger))
    assert [(lane.speaker, lane.side) for lane in page.lanes] == [("Ines Falk", "seller"), ("Tom Reed", "buyer")]
    assert page.lanes[0].spoken.endswith("words")
    assert page.length is None
    assert sum(lane.share for lane in page.lanes) in (99, 100, 101)
    assert page.call is not None
    assert "timing" in page.call.never_reached
    assert all(one.means[:10] == CLAIMS[one.claim].means[:10] for turn in page.turns for one in turn.facts)


def test_a_rejected_fact_stays_to_be_seen(ledger: MemoryLedger) -> None:
    known = fact_of(ledger, "budget_confirmed")
    judge(ledger, DEAL, known.fact.fact, "rejected", "mara", LATER)
    turn = touch_page(ledger, DEAL, known.fact.touch).turns[known.fact.turn]
    assert [(one.id, one.by) for one in turn.facts if one.standing == "rejected"] == [(known.fact.fact, "mara")]
    assert known.fact.fact not in {one for piece in turn.pieces for one in piece.facts}


def test_a_touch_that_is_not_there(ledger: MemoryLedger) -> None:
    with pytest.raises(Unknown, match="there is no touch 't-0'"):
        touch_page(ledger, DEAL, "t-0")


def test_findings_follow_in_under_a_second(ledger: MemoryLedger) -> None:
    known = fact_of(ledger, "budget_confirmed")
    began = time.perf_counter()
    judge(ledger, DEAL, known.fact.fact, "rejected", "mara", LATER)
    assert time.perf_counter() - began < 1
