"""A manager sets a finding aside, with a reason: it is seen in every later review, and it comes back on its day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from premortem.acts.afterwards.replay import replay
from premortem.acts.bringing_in.bring_in import bring_in
from premortem.acts.looking.overview import overview
from premortem.acts.looking.review import ReviewDocument, review
from premortem.acts.looking.verify import verify_ledger
from premortem.acts.playbook import Rules, rules_of
from premortem.acts.telling.waive import take_back, waive
from premortem.errors import Unknown
from premortem.ledger.contents import MemoryLedger
from premortem.ledger.entries import Entry, Waiver

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = NOW.date()
DEAL = "bay-1"
ROW = """{"id": "bay-1", "name": "Bay Street: dock doors", "account": "Bay Street Cold Store", "seller": "Doorworks",
"created": "2026-09-01", "amount": 40000, "sellers": [{"name": "Ines Falk"}], "contacts": [{"name": "Tom Reed"}]}"""
NOTES = {
    "2026-09-02-note.txt": "Met Tom Reed. The doors freeze shut every night.",
    "2026-09-15-note.txt": "Phoned Tom Reed. He will think about it.",
    "2026-10-01-note.txt": "Phoned Tom Reed. Nothing new, no day agreed.",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    deal = tmp_path_factory.mktemp("deals") / "bay"
    (deal / "touches").mkdir(parents=True)
    (deal / "deal.json").write_text(ROW, encoding="utf-8")
    for name, text in NOTES.items():
        (deal / "touches" / name).write_text(text, encoding="utf-8")
    return deal


@pytest.fixture
def ledger(folder: Path) -> MemoryLedger:
    held = MemoryLedger()
    bring_in(held, folder, NOW)
    return held


@pytest.fixture
def rules() -> Rules:
    return rules_of()


def reviewed(ledger: MemoryLedger, as_of: str | None = None, today: date = TODAY) -> ReviewDocument:
    day = date.fromisoformat(as_of) if as_of else None
    return review(ledger.store.read(DEAL), ledger.contents, day, today=today)


def raised(document: ReviewDocument) -> set[str]:
    return {one.check for one in document.findings}


def aside(document: ReviewDocument) -> dict[str, str]:
    return {one.check: one.why for one in document.waived}


def last(ledger: MemoryLedger) -> Entry:
    return ledger.store.read(DEAL)[-1]


CHECK = "economic_buyer_unknown"


def test_what_is_set_aside_is_no_finding_and_stays_to_be_seen(ledger: MemoryLedger, rules: Rules) -> None:
    assert CHECK in raised(reviewed(ledger))
    waive(ledger, rules, DEAL, CHECK, "Tom owns the cold store", "mara", NOW)
    document = reviewed(ledger)
    assert CHECK not in raised(document)
    assert aside(document) == {CHECK: "Tom owns the cold store"}
    assert last(ledger).author == "user:mara"
    assert "Tom" not in str(last(ledger).body)  # the reason lies apart, where it can be erased
    assert verify_ledger(ledger).breaks == []


def test_it_holds_through_its_day_and_is_back_on_the_next(ledger: MemoryLedger, rules: Rules) -> None:
    until = NOW.date() + timedelta(days=7)
    waive(ledger, rules, DEAL, CHECK, "we ask on Friday", "mara", NOW, until)
    assert aside(reviewed(ledger, today=until)) == {CHECK: "we ask on Friday (until 2026-11-29)"}
    assert CHECK in raised(reviewed(ledger, today=until + timedelta(days=1)))  # though nothing else happened since
    assert CHECK in raised(reviewed(ledger, as_of="2026-12-01"))


def test_the_overview_counts_it_no_more(ledger: MemoryLedger, rules: Rules) -> None:
    def findings() -> int:
        (line,) = overview(ledger, rules, NOW.date())
        return line.high + line.medium + line.low

    before = findings()
    waive(ledger, rules, DEAL, CHECK, "known", "mara", NOW)
    assert findings() == before - 1


def test_a_view_of_the_past_does_not_know_of_it(ledger: MemoryLedger, rules: Rules) -> None:
    waive(ledger, rules, DEAL, CHECK, "known", "mara", NOW)
    assert aside(reviewed(ledger, as_of="2026-09-20")) == {}


def test_it_is_taken_back_by_another_entry(ledger: MemoryLedger, rules: Rules) -> None:
    waive(ledger, rules, DEAL, CHECK, "Tom decides", "mara", NOW)
    take_back(ledger, rules, DEAL, CHECK, "ines", NOW + timedelta(hours=1), "he does not")
    assert CHECK in raised(reviewed(ledger))
    assert sum(isinstance(one.body, Waiver) for one in ledger.store.read(DEAL)) == 2
    waive(ledger, rules, DEAL, CHECK, "he does", "mara", NOW + timedelta(hours=2))
    assert aside(reviewed(ledger)) == {CHECK: "he does"}


def test_the_replay_tells_who_set_what_aside_and_when(ledger: MemoryLedger, rules: Rules) -> None:
    waive(ledger, rules, DEAL, CHECK, "Tom decides", "mara", NOW, date(2026, 12, 24))
    take_back(ledger, rules, DEAL, CHECK, "ines", NOW + timedelta(days=1))
    lived = replay(ledger.store.read(DEAL), ledger.contents)
    assert [(one.check, one.on, one.because, one.until, one.taken_back) for one in lived.waived] == [
        (CHECK, "2026-11-22", "Tom decides", "2026-12-24", False),
        (CHECK, "2026-11-23", "taken back", None, True),
    ]


@pytest.mark.parametrize(
    ("deal", "check", "because", "until", "says"),
    [
        ("bay-2", CHECK, "x", None, "there is no deal 'bay-2' in the ledger"),
        (DEAL, "gone_quite", "x", None, "there is no check 'gone_quite'. Did you mean gone_quiet"),
        (DEAL, "astrology", "x", None, "there is no check 'astrology'. There are "),
        (DEAL, CHECK, "  ", None, "can't be set aside without a reason. Say why"),
        (DEAL, CHECK, "x", date(2026, 11, 21), "2026-11-21 is past. Name a day to come"),
    ],
)
def test_what_cannot_be_set_aside_is_told_why(
    ledger: MemoryLedger, rules: Rules, deal: str, check: str, because: str, until: date | None, says: str
) -> None:
    before = len(ledger.store.read(DEAL))
    with pytest.raises(Unknown) as refused:
        waive(ledger, rules, deal, check, because, "mara", NOW, until)
    assert says in str(refused.value)
    assert len(ledger.store.read(DEAL)) == before


def test_nothing_can_be_taken_back_that_is_not_set_aside(ledger: MemoryLedger, rules: Rules) -> None:
    with pytest.raises(Unknown, match="is not set aside"):
        take_back(ledger, rules, DEAL, CHECK, "mara", NOW)


def test_a_check_may_be_called_with_blanks(ledger: MemoryLedger, rules: Rules) -> None:
    assert waive(ledger, rules, DEAL, "economic buyer unknown", "x", "mara", NOW).check == CHECK


def test_a_review_tells_the_playbooks_part(ledger: MemoryLedger, tmp_path: Path) -> None:
    file = tmp_path / "premortem.toml"
    file.write_text(f'use = ["bant"]\ncadenc = "weekly"\n[off]\n{CHECK} = "a family firm"\n', encoding="utf-8")
    document = review(ledger.store.read(DEAL), ledger.contents, rules=rules_of(ledger, file))
    off = {one.check: one.why for one in document.does_not_apply}
    assert off[CHECK] == "switched off in premortem.toml: a family firm"
    assert CHECK not in raised(document)
    assert "line 2, cadenc: is no setting. Did you mean cadence?" in document.failed[0].why
    assert [one.name for one in document.lists] == ["bant"]
    asked = review(ledger.store.read(DEAL), ledger.contents, rules=rules_of(ledger, file), lists=["MEDDICC"])
    assert [one.name for one in asked.lists] == ["meddicc"]
    with pytest.raises(Unknown, match="there is no list 'medic'"):
        review(ledger.store.read(DEAL), ledger.contents, lists=["medic"])
