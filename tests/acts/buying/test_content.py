"""One piece is kept, proposed with the words that name what it answers, sent, and counted where it stood."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from premortem.acts.buying.content import content, send
from premortem.acts.buying.pieces import add_piece, import_pieces, pieces_document
from premortem.acts.buying.relations import held_lunch, plan_lunch, relations
from premortem.acts.buying.sample import answered, overdue, sample
from premortem.acts.buying.visibility import ask_for, assume, drop, settle, visibility
from premortem.acts.looking.verify import verify_ledger
from premortem.buying.content import Piece
from premortem.errors import Unknown, Unreadable
from premortem.ledger.contents import Card, Conversation, Turn, keep_card, keep_conversation
from premortem.ledger.entries import Entry, Fact, Opened, Outcome, Part, Person, Sent, Touch
from premortem.ledger.fold import ALWAYS, noon
from premortem.records.database_url import sqlite_url
from premortem.records.opening import Ledger, open_ledger
from premortem.records.pieces import Contacts, Pieces

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)
TODAY = NOW.date()
SAID = "Every night the labels come off in the cold."


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    held = open_ledger(sqlite_url(tmp_path / "ledger.sqlite3"))
    for number, end in (("1", None), ("2", "won"), ("3", "lost")):
        _a_deal(held, f"bay-{number}", end)
    return held


def _a_deal(held: Ledger, deal: str, end: str | None) -> None:
    day = noon(date(2026, 10, 1))
    words = keep_conversation(held.contents, Conversation("call", "plain", (Turn(SAID, "Tom"), Turn("I see.", "Ines"))))
    people = (("p-1", "Tom Reed", "buyer"), ("p-2", "Ines Falk", "seller"))
    parts = (Part("p-1", "spoke"), Part("p-2", "spoke"))
    entries = [Entry(deal, day, day, "import:test", Opened("Dock doors", "Bay Street", "Ines"))]
    for person, name, side in people:
        card = keep_card(held.contents, Card(name))
        entries.append(Entry(deal, ALWAYS, day, "import:test", Person(person, card, side)))  # type: ignore[arg-type]
    touch = Touch("t-1", "call", "0" * 64, words, 2, "reading", parts, seats=(0, 1))
    fact = Fact("f-1", "t-1", 0, 12, 43, "pain_stated", "p-1", "reader", 0.9, reading="reading")
    entries += [Entry(deal, day, day, "reader:test", one) for one in (touch, fact)]
    if end is not None:
        entries.append(Entry(deal, noon(date(2026, 11, 1)), NOW, "user:ines", Outcome(end)))  # type: ignore[arg-type]
    held.store.append(entries)
    held.reading.refresh(deal)


def test_a_piece_is_proposed_with_its_quote_and_once_sent_no_more(ledger: Ledger) -> None:
    pieces = Pieces(ledger.alias)
    add_piece(pieces, Piece("", "Labels that hold", pain="labels come off"))
    before = content(ledger, pieces, "bay-1")
    assert [(one.piece, one.to) for one in before.few] == [("labels-that-hold", "Tom Reed")]
    assert before.few[0].quote.quote == "the labels come off in the cold"
    gone = send(ledger, pieces, "bay-1", "Labels that hold", "Tom", "ines", NOW)
    assert gone.sent.answers == "pain_stated"
    assert gone.remarks == []
    after = content(ledger, pieces, "bay-1")
    assert after.few == []
    assert after.answers_nothing == 0
    send(ledger, pieces, "bay-1", "labels-that-hold", "Tom", "ines", LATER, opened=True)
    assert [one.opened for one in content(ledger, pieces, "bay-1").sent] == [True]
    assert not verify_ledger(ledger).breaks


def test_a_piece_that_answers_nothing_is_entered_and_counts_against_us(ledger: Ledger) -> None:
    pieces = Pieces(ledger.alias)
    add_piece(pieces, Piece("zoo", "A zoo's tickets", pain="tickets"))
    assert "counts against us" in send(ledger, pieces, "bay-1", "zoo", "Tom", "ines", NOW).remarks[0]
    assert content(ledger, pieces, "bay-1").answers_nothing == 1


@pytest.mark.parametrize(
    ("piece", "to", "on", "says"),
    [
        ("labels", "Tom", None, "there is no piece"),
        ("zoo", "Nora", None, "nobody is called"),
        ("zoo", "Ines", None, "one of ours"),
        ("zoo", "Tom", date(2027, 1, 1), "still to come"),
    ],
)
def test_what_can_not_have_been_sent_is_refused(
    ledger: Ledger, piece: str, to: str, on: date | None, says: str
) -> None:
    pieces = Pieces(ledger.alias)
    add_piece(pieces, Piece("zoo", "A zoo's tickets", pain="tickets"))
    with pytest.raises(Unknown, match=says):
        send(ledger, pieces, "bay-1", piece, to, "ines", NOW, on=on)


def test_marketing_sees_where_each_stood_and_that_few_say_little(ledger: Ledger) -> None:
    pieces = Pieces(ledger.alias)
    add_piece(pieces, Piece("zoo", "A zoo's tickets", pain="tickets"))
    for deal in ("bay-2", "bay-3"):
        ledger.store.append([Entry(deal, noon(date(2026, 10, 9)), NOW, "user:ines", Sent("zoo", "p-1"))])
    document = pieces_document(pieces)
    zoo = document.pieces[0]
    assert (zoo.deals, zoo.won, zoo.not_won, zoo.open, zoo.unanswered) == (2, 1, 1, 0, 2)
    assert zoo.few
    assert zoo.share is not None
    assert zoo.share.low < 0.1 < 0.9 < zoo.share.high
    assert (document.ended, document.won) == (2, 1)


def test_a_table_of_pieces_is_kept_whole_or_not_at_all(ledger: Ledger) -> None:
    pieces = Pieces(ledger.alias)
    head = "title,pain,reader,concern\n"
    assert import_pieces(pieces, f"{head}Labels,come off,,\nSwitch,,economic buyer,risk\n", "pieces.csv") == 2
    for line, says in (
        ("Late,pain,gardener,\n", "line 3: nobody reads as 'gardener'"),
        ("Late,,,\n", "answers nothing"),
        ("Late,,,colour\n", "is no concern"),
        ("Good,pain,,\n", "stands there twice"),
    ):
        with pytest.raises(Unreadable, match=says):
            import_pieces(pieces, f"{head}Good,pain,,\n{line}", "pieces.csv")
    with pytest.raises(Unreadable, match="no column 'title'"):
        import_pieces(pieces, "name\nx\n", "pieces.csv")
    assert len(pieces.all()) == 2


def test_an_unknown_without_owner_way_or_date_is_refused(ledger: Ledger) -> None:
    with pytest.raises(Unknown, match="in which way or by when"):
        ask_for(ledger, "bay-1", "Who signs?", "ola", "", None, "ola", NOW)
    with pytest.raises(Unknown, match="looked at again"):
        assume(ledger, "bay-1", "They have money", "ola", None, "ola", NOW)
    with pytest.raises(Unknown, match="is past"):
        ask_for(ledger, "bay-1", "Who signs?", "ola", "ask Tom", date(2026, 1, 1), "ola", NOW)


def test_a_matter_is_asked_comes_due_and_is_settled(ledger: Ledger) -> None:
    told = ask_for(ledger, "bay-1", "Who signs?", "ola", "ask Tom", TODAY, "ola", NOW)
    assume(ledger, "bay-1", "They have money", "ola", date(2026, 12, 1), "ola", NOW)
    later = date(2026, 11, 25)
    entries = Contacts(ledger.alias).matters()
    late = overdue(ledger, entries, Contacts(ledger.alias).seen(["bay-1"]), later, 10)[0]
    assert [(one.words, one.late) for one in late] == [("Who signs?", 3)]
    settle(ledger, "bay-1", told.matter, "Ingrid, alone", "ola", LATER)
    document = visibility(ledger, "bay-1", later)
    assert document.overdue == 0
    assert [(one.words, one.answer) for one in document.matters if one.settled] == [("Who signs?", "Ingrid, alone")]
    drop(ledger, "bay-1", told.matter, "ola", LATER + timedelta(minutes=1))
    assert [one.type for one in visibility(ledger, "bay-1", later).matters] == ["assumption"]
    with pytest.raises(Unknown, match="there is no matter"):
        settle(ledger, "bay-1", told.matter, "again", "ola", NOW)


def test_a_gap_that_somebody_takes_is_no_gap_any_more(ledger: Ledger) -> None:
    gap = visibility(ledger, "bay-1", TODAY).gaps[0]
    ask_for(ledger, "bay-1", gap.question, "ola", "in the next call", TODAY, "ola", NOW, gap.matter)
    assert gap.matter not in {one.matter for one in visibility(ledger, "bay-1", TODAY).gaps}


def test_only_whoever_was_drawn_answers_and_the_answers_are_compared(ledger: Ledger) -> None:
    contacts = Contacts(ledger.alias)
    answered(ledger, contacts, "bay-1", "Tom", "worse", "orders fell", "ines", NOW)
    document = sample(ledger, contacts, TODAY)
    assert [(one.person, one.how, one.words) for one in document.asked] == [("Tom Reed", "worse", "orders fell")]
    assert {one.how: one.number for one in document.answers}["worse"] == 1
    assert {one.how: one.number for one in sample(ledger, contacts, date(2026, 12, 3)).before}["worse"] == 1
    with pytest.raises(Unknown, match="nobody in 'bay-2' was drawn"):
        answered(ledger, contacts, "bay-2", "Tom", "worse", "", "ines", NOW)
    with pytest.raises(Unknown, match="can't be compared"):
        answered(ledger, contacts, "bay-1", "Tom", "so so", "", "ines", NOW)
    assert visibility(ledger, "bay-1", TODAY).matters == []


def test_a_lunch_is_planned_held_and_counted(ledger: Ledger) -> None:
    planned = plan_lunch(ledger, "bay-1", "ines", TODAY, "ines", NOW)
    assert relations(ledger, "bay-1", TODAY).lunches[0].held is None
    held_lunch(ledger, "bay-1", date(2026, 10, 1), "ines", LATER, planned.matter)
    document = relations(ledger, "bay-1", TODAY)
    assert [one.met for one in document.lunches] == [["Tom Reed"]]
    assert (document.met_elsewhere, document.touches_elsewhere) == (0, 0)
    with pytest.raises(Unknown, match="there is no lunch"):
        held_lunch(ledger, "bay-1", TODAY, "ines", NOW, "lunch-none")
