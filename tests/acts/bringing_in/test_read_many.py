"""Mails of several deals read side by side: the same is heard as one after the other, and written by one."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from premortem.acts.bringing_in import read_many as reading
from premortem.acts.bringing_in.bring_in import bring_in
from premortem.acts.bringing_in.read_many import ToRead, read_many
from premortem.errors import Unknown
from premortem.importing.deal_folder.reading import deal_folders, read_deal_folder
from premortem.ledger.contents import card, conversation
from premortem.ledger.entries import Entry, Person
from premortem.ledger.fold import deal_as_of
from premortem.ledger.store import Ledger
from premortem.records.opening import open_ledger
from premortem.sample.place import DEALS
from tests.importing.letters_told import told

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SAID = (
    "Marta signs anything over fifty thousand euros, and she has not seen it yet.",
    "We also have an offer of Acme Cloud on the table. Could you send me the price for two years?",
    "The board decides on 12 May 2026. Who else should be in the room?",
    "I spoke to Priya Nair, our head of procurement, and she wants the security papers first.",
)
OpenAnew = Callable[[], Ledger]


@pytest.fixture
def anew(tmp_path: Path) -> OpenAnew:
    """A ledger with the rows of three deals, a new one each time."""
    folders = deal_folders(DEALS)[:3]
    number = iter(range(9))

    def opened() -> Ledger:
        held = open_ledger(f"sqlite:///{tmp_path}/{next(number)}.sqlite3")
        for folder in folders:
            bare = tmp_path / "rows" / Path(folder).name
            bare.mkdir(parents=True, exist_ok=True)
            (bare / "deal.json").write_bytes((Path(folder) / "deal.json").read_bytes())
        bring_in(held, tmp_path / "rows", NOW)
        return held

    return opened


def mails(each: int) -> dict[str, list[ToRead]]:
    chance, files = random.Random(4), {}
    for folder in deal_folders(DEALS)[:3]:
        row = read_deal_folder(folder).row
        theirs, ours = (next(one.email for one in some if one.email) for some in (row.contacts, row.sellers))
        told_all = [
            told(
                *((theirs, ours) if number % 3 else (ours, theirs)),
                Message_ID=f"<{row.id}-{number}@x>",
                body="\n\n".join(chance.sample(SAID, 2)),
            )
            for number in range(each)
        ]
        files[row.id] = [ToRead(f"{number}.eml", partial(bytes, data)) for number, data in enumerate(told_all)]
    return files


def heard(ledger: Ledger) -> dict[str, list[object]]:
    """All that was heard, with quotes and names instead of ids."""
    return {deal: [_plainly(ledger, deal)] for deal in ledger.store.deals()}


def _plainly(ledger: Ledger, id: str) -> list[object]:
    deal, told_all = deal_as_of(ledger.store.read(id)), []
    for known in deal.facts:
        fact = known.fact
        touch = next(one for one in deal.touches if one.id == fact.touch)
        talk = conversation(ledger.contents, touch.words)
        assert talk is not None
        quote = talk.turns[fact.turn].text[fact.start : fact.end]
        people = [_name(ledger, deal.people[who].card) for who in (fact.speaker, fact.person) if who]
        told_all.append((known.at, talk.name, fact.claim, quote, fact.value, fact.confidence, fact.reader, people))
    return [*sorted(told_all, key=str), *sorted(str(_name(ledger, one.card)) for one in deal.people.values())]


def _name(ledger: Ledger, kept: str | None) -> object:
    found = card(ledger.contents, kept) if kept else None
    return found and (found.name, found.title, found.emails, found.labels)


@pytest.fixture
def side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "WORTH_A_PROCESS", 1)
    monkeypatch.setattr(reading, "AT_ONCE", 6)
    monkeypatch.setattr(reading, "_cores", lambda: 2)


def test_side_by_side_the_same_is_heard(anew: OpenAnew, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "AT_ONCE", 6)
    monkeypatch.setattr(reading, "_cores", lambda: 1)
    one_by_one, together = anew(), anew()
    alone = list(read_many(one_by_one, mails(8), NOW))
    monkeypatch.setattr(reading, "WORTH_A_PROCESS", 1)
    monkeypatch.setattr(reading, "_cores", lambda: 2)
    steps: list[tuple[int, int]] = []
    done = list(read_many(together, mails(8), NOW, lambda what, number, of: steps.append((number, of))))
    assert [sum(one.touches for one in some) for some in (alone, done)] == [24, 24]
    assert sum(one.facts for one in done) > 10
    assert heard(together) == heard(one_by_one)
    assert steps[-1][1] == 24
    assert list(together.contents.damaged()) == []


def test_twice_adds_nothing_and_a_missing_file_is_told(anew: OpenAnew) -> None:
    ledger = anew()
    files = mails(1)
    deal = next(iter(files))
    files[deal].append(ToRead("gone.eml", Path("/nowhere/gone.eml").read_bytes))
    done = list(read_many(ledger, files, NOW))
    gone = [(one.deal, left.file, left.why) for one in done for left in one.left_out]
    assert gone == [(deal, "gone.eml", "it can't be read: no such file or directory")]
    again = list(read_many(ledger, files, NOW))
    assert (sum(one.touches for one in again), sum(one.known_already for one in again)) == (0, 3)


def test_what_another_process_wrote_meanwhile_is_thought_of(
    anew: OpenAnew, side_by_side: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = anew()
    files = mails(1)
    deal, write = next(iter(files)), reading._written

    def interrupted(held: Ledger, what: reading._Heard) -> bool:
        if what.done.deal == deal and what.after == len(held.store.read(deal)) and not met:
            met.append(deal)
            held.store.append([Entry(deal, NOW, NOW, "user:ines", Person("p-0000000000", side="buyer"))])
        return write(held, what)

    met: list[str] = []
    monkeypatch.setattr(reading, "_written", interrupted)
    done = list(read_many(ledger, files, NOW))
    assert sorted(one.deal for one in done) == sorted(files)
    assert met == [deal]
    assert [touch.type for touch in deal_as_of(ledger.store.read(deal)).touches] == ["mail"]


def test_a_process_that_is_ended_is_told_with_what_to_do(
    anew: OpenAnew, side_by_side: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = anew()
    monkeypatch.setattr(reading._Reader, "start", _gone)
    with pytest.raises(Unknown, match=r"was ended from outside.* Run it again"):
        list(read_many(ledger, mails(1), NOW))


def _gone(*_: object) -> None:
    raise SystemExit(9)
