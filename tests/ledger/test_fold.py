"""A deal is a pure fold of its entries: these are the laws of it, and the stories that the laws are for."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from premortem.ledger.entries import Body, Changed, Entry, Fact, Measures, Opened, Part, Person, Touch, Verdict, Voice
from premortem.ledger.fold import deal_as_of, end_of, history, noon
from tests.ledger.entries_drawn import ledgers, moments


@given(ledgers(), moments)
def test_folding_a_prefix_equals_reading_as_of_that_day(entries: list[Entry], day: datetime) -> None:
    entries.sort(key=lambda entry: entry.learned)
    prefix = [entry for entry in entries if entry.learned <= day]
    if prefix:
        assert deal_as_of(entries, at=day, known=day) == deal_as_of(prefix, at=day)


@given(ledgers(), moments)
def test_what_happened_later_is_not_seen(entries: list[Entry], day: datetime) -> None:
    past = [entry for entry in entries if entry.at <= day]
    if past:
        assert deal_as_of(entries, at=day) == deal_as_of(past, at=day)


@given(ledgers(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_never_changes_a_fold(entries: list[Entry], chance: random.Random) -> None:
    shuffled = list(entries)
    chance.shuffle(shuffled)
    assert deal_as_of(shuffled) == deal_as_of(entries)


@given(ledgers())
def test_hearing_everything_twice_changes_nothing(entries: list[Entry]) -> None:
    assert deal_as_of(entries + entries) == deal_as_of(entries)


@given(ledgers())
def test_history_ends_in_the_deal_as_of_its_last_touch(entries: list[Entry]) -> None:
    views = list(history(entries))
    assert [touch.id for touch, _ in views] == [touch.id for touch in deal_as_of(entries).touches]
    if views:
        touch, last = views[-1]
        assert last == deal_as_of(entries, at=touch.at)


@dataclass
class Ledger:
    """Entries told one by one; `at` and `learned` are days of January 2026."""

    entries: list[Entry]

    def tell(self, at: int, body: Body, learned: int | None = None, author: str = "import:test") -> None:
        day = noon(date(2026, 1, at))
        self.entries.append(Entry("d-1", day, noon(date(2026, 1, learned or at)), author, body))

    def as_of(self, day: int, known: int | None = None):  # type: ignore[no-untyped-def]
        return deal_as_of(self.entries, end_of(date(2026, 1, day)), end_of(date(2026, 1, known)) if known else None)


@pytest.fixture
def ledger() -> Ledger:
    told = Ledger([])
    told.tell(1, Opened("Depot scheduling", "Harbour", "Cadence", "EUR"))
    told.tell(1, Person("p-01", side="seller"))
    told.tell(1, Person("p-02", side="buyer", in_crm=True))
    return told


def call(touch: str, *spoke: str, reading: str = "r1") -> Touch:
    return Touch(touch, "call", "a" * 64, "b" * 64, 9, reading, tuple(Part(person, "spoke") for person in spoke))


def fact(name: str, touch: str, claim: str = "pain_stated", person: str | None = None, reading: str = "r1") -> Fact:
    return Fact(name, touch, 0, 0, 9, claim, "p-02", "test", 0.8, person=person, reading=reading)  # type: ignore[arg-type]


def test_a_corrected_fact_shows_the_correction_now_and_the_old_value_as_we_knew_it_then(ledger: Ledger) -> None:
    ledger.tell(5, call("c1", "p-01", "p-02"))
    ledger.tell(5, fact("f-1", "c1", "budget_confirmed"))
    ledger.tell(5, Verdict("f-1", "corrected", fact("f-9", "c1", "budget_missing")), learned=20, author="user:ines")

    assert [known.fact.claim for known in ledger.as_of(25).facts] == ["budget_missing"]
    assert ledger.as_of(25).facts[0].standing == "corrected"
    assert [known.fact.claim for known in ledger.as_of(10, known=10).facts] == ["budget_confirmed"]
    # With hindsight it was never true that a budget was confirmed on the 5th.
    assert [known.fact.claim for known in ledger.as_of(10).facts] == ["budget_missing"]


def test_a_rejected_fact_is_gone_and_a_second_thought_brings_it_back(ledger: Ledger) -> None:
    ledger.tell(5, call("c1", "p-02"))
    ledger.tell(5, fact("f-1", "c1"))
    ledger.tell(5, Verdict("f-1", "rejected"), learned=6, author="user:ines")
    assert ledger.as_of(10).facts == ()
    ledger.tell(5, Verdict("f-1", "confirmed"), learned=8, author="user:ines")
    assert ledger.as_of(10).facts[0].standing == "confirmed"
    assert ledger.as_of(10, known=7).facts == ()


def test_reading_a_touch_anew_replaces_what_readers_said_and_keeps_what_people_said(ledger: Ledger) -> None:
    ledger.tell(5, call("c1", "p-02", reading="r1"))
    ledger.tell(5, fact("f-old", "c1"))
    ledger.tell(5, fact("f-kept", "c1", "change_risk"))
    ledger.tell(5, Verdict("f-kept", "confirmed"), learned=6, author="user:ines")
    ledger.tell(5, Fact("f-own", "c1", 0, 0, 3, "fit_doubt", "p-02", "ines", 1.0), learned=6, author="user:ines")
    ledger.tell(5, call("c1", "p-02", reading="r2"), learned=9)
    ledger.tell(5, fact("f-new", "c1", "delay_stated", reading="r2"), learned=9)

    assert {known.fact.fact for known in ledger.as_of(31).facts} == {"f-kept", "f-own", "f-new"}
    assert {known.fact.fact for known in ledger.as_of(31, known=7).facts} == {"f-old", "f-kept", "f-own"}


def test_a_call_imported_today_counts_in_march_for_what_could_be_known_and_today_for_what_was(ledger: Ledger) -> None:
    ledger.tell(5, call("c1", "p-01", "p-02"), learned=20)
    assert [touch.id for touch in ledger.as_of(6).touches] == ["c1"]
    assert ledger.as_of(6, known=6).touches == ()


def test_two_labels_of_one_human_are_merged_and_can_be_split_again(ledger: Ledger) -> None:
    ledger.tell(5, Person("p-03", side="buyer", roles=("legal",)))
    voices = (Voice("p-02", 0.3, 30, 3, 1), Voice("p-03", 0.2, 20, 2, 1), Voice("p-01", 0.5, 50, 5, 0))
    talked = Measures("words", voices)
    ledger.tell(5, Touch("c1", "call", "a" * 64, "b" * 64, 9, "r1", (Part("p-03", "spoke"),), talked))
    ledger.tell(5, fact("f-1", "c1", "person_named", person="p-03"))
    ledger.tell(1, Person("p-03", same_as="p-02"), learned=7, author="user:ines")

    deal = ledger.as_of(10)
    assert sorted(deal.people) == ["p-01", "p-02"]
    assert deal.people["p-02"].merged == ("p-03",)
    assert deal.people["p-02"].roles == {"legal"}
    assert deal.people["p-02"].met == "c1"
    assert deal.facts[0].fact.person == "p-02"
    assert [(voice.person, round(voice.share, 2)) for voice in deal.touches[0].measures.voices] == [
        ("p-02", 0.5),
        ("p-01", 0.5),
    ]

    ledger.tell(1, Person("p-03", same_as="p-03"), learned=8, author="user:ines")
    assert sorted(ledger.as_of(10).people) == ["p-01", "p-02", "p-03"]


def test_a_merge_in_a_circle_ends_somewhere(ledger: Ledger) -> None:
    ledger.tell(2, Person("p-02", same_as="p-03"))
    ledger.tell(2, Person("p-03", same_as="p-02"))
    assert sorted(ledger.as_of(10).people) == ["p-01", "p-02"]


def test_a_users_word_on_a_person_outranks_a_later_reader(ledger: Ledger) -> None:
    ledger.tell(1, Person("p-02", side="outside"), learned=3, author="user:ines")
    ledger.tell(9, Person("p-02", side="buyer"), author="reader:people")
    assert ledger.as_of(10).people["p-02"].side == "outside"


def test_somebody_in_copy_is_present_and_not_met(ledger: Ledger) -> None:
    ledger.tell(4, Touch("m1", "mail", "a" * 64, "b" * 64, 1, "r1", (Part("p-01", "wrote"), Part("p-02", "cc"))))
    deal = ledger.as_of(10)
    assert deal.people["p-02"].met is None
    assert deal.people["p-02"].present == ("m1",)
    assert deal.people["p-02"].first_named == "m1"


def test_roles_follow_from_what_was_said(ledger: Ledger) -> None:
    ledger.tell(2, Person("p-03", side="buyer"))
    ledger.tell(2, Person("p-04", side="buyer", roles=("procurement",)))
    ledger.tell(5, call("c1", "p-02"))
    ledger.tell(5, fact("f-1", "c1", "decision_maker_named", "p-03"))
    ledger.tell(5, fact("f-2", "c1", "decision_maker_named", "p-04"))
    ledger.tell(5, fact("f-3", "c1", "wants_us", "p-02"))
    assert ledger.as_of(9).people["p-02"].roles == frozenset()
    ledger.tell(6, fact("f-4", "c1", "will_fight", "p-02"))
    deal = ledger.as_of(9)
    assert deal.people["p-03"].roles == {"economic_buyer"}
    assert deal.people["p-04"].roles == {"procurement"}
    assert "coach" in deal.people["p-02"].roles


def test_the_crms_row_has_a_history(ledger: Ledger) -> None:
    ledger.tell(1, Changed("planned_close", "2026-03-31"))
    ledger.tell(9, Changed("planned_close", "2026-06-30", "manager"))
    ledger.tell(1, Changed("stage", "Discovery"))
    ledger.tell(8, Changed("amount", 84000.0))
    assert ledger.as_of(5).planned_close == date(2026, 3, 31)
    assert ledger.as_of(10).planned_close == date(2026, 6, 30)
    assert ledger.as_of(10).planned_closes[-1].set_by == "manager"
    assert (ledger.as_of(10).stage, ledger.as_of(5).amount, ledger.as_of(10).amount) == ("Discovery", None, 84000)


def test_entries_of_two_deals_or_none_at_all_are_no_deal() -> None:
    when = datetime(2026, 1, 1, tzinfo=UTC)
    two = [Entry(deal, when, when, "import:test", Opened("a", "b", "c")) for deal in ("d-1", "d-2")]
    with pytest.raises(ValueError, match="several deals: d-1, d-2"):
        deal_as_of(two)
    with pytest.raises(ValueError, match="no entries"):
        deal_as_of([])
