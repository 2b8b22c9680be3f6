"""What we found, told to the CRM: only where the user named a field, only what changed, never as the seller's word."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from premortem.acts.crm.crm_fields import Naming, naming
from premortem.acts.crm.crm_words import DealWords, deal_words
from premortem.acts.crm.tell_crm import TellDocument, tell_crm
from premortem.acts.crm.tell_crm_csv import WITHOUT_WORDS, tell_crm_csv
from premortem.acts.playbook import rules_of
from premortem.errors import Unknown, Unreadable
from premortem.forecasting.categories import CALLED
from premortem.ledger.contents import MemoryLedger
from premortem.ledger.entries import Changed, Entry
from premortem.records.opening import open_ledger
from premortem.records.told_crm import DatabaseTold, ToldOnce
from premortem.writing_back import odoo, patience, salesforce
from premortem.writing_back.salesforce_words import record_id
from premortem.writing_back.settings import OdooPlace
from tests.forecasting.firms import NOW as THEN
from tests.forecasting.firms import telling_firm
from tests.telling import told
from tests.writing_back.answering import Answer, Answering, answering, certificate_in
from tests.writing_back.crms import OdooLike, SalesforceLike

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
HARBOUR, QUAYSIDE = "006Dn00000AbCdE", "006Dn00000AbCdFIAV"
FIELDS = """
findings = "Premortem_Findings__c"
next_question = "Premortem_Question__c"
forecast_category = "Premortem_Category__c"
probability = "Premortem_Chance__c"
reviewed_at = "Premortem_Seen__c"
"""
STORY = """
deal: Harbour depot, planned close 2026-12-31
sellers: Ines
buyers: Tom (user_buyer)
2026-11-02 call: Ines 60%, Tom 40%
  Tom decision_maker_named Dana "that one would land on Dana's desk"
2026-11-05 stage Commit
"""


class Notes:
    """A log that is kept in mind."""

    def __init__(self) -> None:
        self.told: list[ToldOnce] = []

    def add(self, told: Sequence[ToldOnce]) -> None:
        self.told += told


def firm(*deals: str, source: str = "salesforce") -> MemoryLedger:
    """A ledger with the same story under each of these ids."""
    ledger = MemoryLedger()
    for deal in deals:
        entries = [
            Entry(deal, one.at, one.learned, one.author.replace("import:story", f"import:{source}"), one.body)
            for one in told(STORY)
        ]
        ledger.store.append(entries)
    return ledger


def words_of(ledger: MemoryLedger, named: Naming, now: datetime = NOW) -> list[DealWords]:
    return deal_words(ledger, rules_of(ledger), named.fields, now, named.settings.pages)


@pytest.fixture
def toml(tmp_path: Path) -> Path:
    (tmp_path / "crm.toml").write_text(f"[fields]{FIELDS}", encoding="utf-8")
    return tmp_path / "crm.toml"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate_in(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def server(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Answering]:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    monkeypatch.setattr(patience, "sleep", lambda seconds: None)
    with answering(SalesforceLike(), certificate) as found:
        yield found


def its(server: Answering) -> SalesforceLike:
    assert isinstance(server.answer, SalesforceLike)
    return server.answer


def tell(server: Answering, ledger: MemoryLedger, named: Naming, notes: Notes, **how: Any) -> TellDocument:
    crm = salesforce.connect(server.url, {salesforce.TOKEN: "00D!the-token"})
    words = how.pop("words", None) or words_of(ledger, named)
    return tell_crm(named, crm, words, notes, "ines", how.pop("now", NOW), **how)


def test_a_dry_run_shows_old_and_new_and_writes_nothing(server: Answering, toml: Path) -> None:
    harbour = str(record_id(HARBOUR))
    its(server).records = {harbour: {"Premortem_Findings__c": 1.0, "Premortem_Category__c": "Commit"}}
    notes = Notes()
    done = tell(server, firm(HARBOUR), naming(toml, "salesforce"), notes)
    (line,) = done.lines
    assert (line.record, line.became) == (harbour, "would be told"), "15 characters are found under their 18"
    told = {change.word: (change.old, change.new) for change in line.changes}
    assert told["findings"][0] == 1.0
    assert told["forecast_category"] == ("Commit", "Pipeline"), "what the seller calls it has no part in it"
    assert isinstance(told["next_question"][1], str)
    assert len(told["next_question"][1]) <= 60
    assert "probability" not in told, "empty before, and nobody knows it now"
    assert done.quoting == ["next_question"]
    assert not server.asked("PATCH")
    assert notes.told == []


def test_it_writes_what_changed_once_and_notes_it_without_the_words(server: Answering, toml: Path) -> None:
    its(server).records = {str(record_id(HARBOUR)): {}, QUAYSIDE: {}}
    ledger, named, notes = firm(HARBOUR, QUAYSIDE), naming(toml, "salesforce"), Notes()
    done = tell(server, ledger, named, notes, write=True)
    assert done.counts == {"told": 2}
    stands = its(server).records[QUAYSIDE]
    assert stands.keys() == set(named.fields.values()) - {"Premortem_Chance__c"}
    assert stands["Premortem_Category__c"] == "Pipeline"
    assert {one.word: one.new for one in notes.told if one.deal == QUAYSIDE} == {
        "findings": str(stands["Premortem_Findings__c"]),
        "next_question": "",
        "forecast_category": '"Pipeline"',
        "reviewed_at": f'"{NOW:%Y-%m-%dT%H:%M:%SZ}"',
    }
    again = tell(server, ledger, named, notes, write=True, now=NOW + timedelta(days=1))
    assert again.counts == {"same": 2}
    assert len(server.asked("PATCH")) == 1, "a day that moved on is no news"


def test_what_is_refused_stands_beside_what_was_written(server: Answering, toml: Path) -> None:
    there = [str(record_id(f"006Dn0000{number:06}")) for number in range(4)]
    gone, ruled, written, twice = there
    its(server).records = {ruled: {}, written: {}, twice: {}}
    its(server).refuses = {ruled: ("FIELD_CUSTOM_VALIDATION_EXCEPTION", "Amount is required")}
    ledger = firm(*there, twice[:15], "harbour-depot")
    notes = Notes()
    done = tell(server, ledger, naming(toml, "salesforce"), notes, write=True)
    became = {line.deal: (line.became, line.why) for line in done.lines}
    assert became[written] == ("told", "")
    assert "deleted" in became[gone][1]
    assert "a validation rule forbids it" in became[ruled][1]
    assert "two deals of the ledger are this record" in became[twice][1]
    assert "no id of Salesforce" in became["harbour-depot"][1]
    assert all(line.remedy for line in done.lines if line.became == "refused")
    assert {one.deal for one in notes.told} == {written}


def test_what_breaks_off_goes_on_where_it_stopped(server: Answering, toml: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(salesforce.Salesforce, "at_once", 2)
    deals = [str(record_id(f"006Dn0000{number:06}")) for number in range(5)]
    its(server).records = {deal: {} for deal in deals}
    ledger, named, notes = firm(*deals), naming(toml, "salesforce"), Notes()
    words = words_of(ledger, named)
    answer = server.answer

    def used_up(call: Any) -> Answer:
        if call.method == "PATCH" and len(server.asked("PATCH")) > 1:
            return Answer(403, [{"errorCode": "REQUEST_LIMIT_EXCEEDED", "message": "TotalRequests Limit exceeded."}])
        return answer(call)

    monkeypatch.setattr(server, "answer", used_up)
    done = tell(server, ledger, named, notes, words=words, write=True)
    assert done.counts == {"told": 2, "left": 3}
    assert "used up" in done.hung_up
    assert {one.deal for one in notes.told} == set(deals[:2])
    monkeypatch.setattr(server, "answer", answer)
    again = tell(server, ledger, named, notes, words=words, write=True)
    assert again.counts == {"told": 3, "same": 2}
    assert {one.deal for one in notes.told} == set(deals)


def test_what_was_written_before_it_hung_up_within_a_batch_is_noted(
    server: Answering, toml: Path, monkeypatch: Any
) -> None:
    deals = [str(record_id(f"006Dn0000{number:06}")) for number in range(3)]
    its(server).records = {deal: {} for deal in deals}
    its(server).refuses = {deals[1]: ("UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access")}
    notes, answer = Notes(), server.answer

    def used_up(call: Any) -> Answer:
        if call.method == "PATCH" and len(server.asked("PATCH")) > 1:
            return Answer(403, [{"errorCode": "REQUEST_LIMIT_EXCEEDED", "message": "TotalRequests Limit exceeded."}])
        return answer(call)

    monkeypatch.setattr(server, "answer", used_up)
    done = tell(server, firm(*deals), naming(toml, "salesforce"), notes, write=True)
    assert {line.deal: line.became for line in done.lines} == dict(zip(deals, ("told", "left", "told"), strict=True))
    assert {one.deal for one in notes.told} == {deals[0], deals[2]}


def test_deals_from_elsewhere_have_no_record_there(server: Answering, toml: Path) -> None:
    done = tell(server, firm(HARBOUR, source="hubspot"), naming(toml, "salesforce"), Notes())
    assert done.lines == []
    assert done.remarks == ["1 open deals are from elsewhere, and have no record there."]


@pytest.mark.parametrize(
    ("crm", "field", "says"),
    [
        ("salesforce", "StageName", "the seller's own"),
        ("salesforce", "Amount", "the seller's own"),
        ("salesforce", "CloseDate", "the seller's own"),
        ("salesforce", "ForecastCategoryName", "the seller's own"),
        ("salesforce", "NextStep", "the seller's own"),
        ("salesforce", "Loss_Reason__c", "the seller's own"),
        ("salesforce", "Description", "ends with __c"),
        ("hubspot", "dealstage", "the seller's own"),
        ("hubspot", "hs_manual_forecast_category", "the seller's own"),
        ("hubspot", "closed_lost_reason", "the seller's own"),
        ("odoo", "probability", "the seller's own"),
        ("odoo", "date_deadline", "the seller's own"),
        ("odoo", "description", "begins with x_"),
    ],
)
def test_our_word_never_takes_the_place_of_the_sellers(tmp_path: Path, crm: str, field: str, says: str) -> None:
    file = tmp_path / "crm.toml"
    file.write_text(f'[fields]\nforecast_category = "{field}"\n', encoding="utf-8")
    with pytest.raises(Unreadable, match=re.escape(says)):
        naming(file, crm)


def test_a_field_that_the_firms_own_import_reads_is_the_sellers_too(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text(
        'source = "our-crm"\n[deals]\ntable = "pipeline"\nid = "Id"\nstage = "Our_Stage__c"\n', encoding="utf-8"
    )
    file = tmp_path / "crm.toml"
    file.write_text('mappings = ["ours.toml"]\n[fields]\nfindings = "Our_Stage__c"\n', encoding="utf-8")
    with pytest.raises(Unreadable, match="the seller's own"):
        naming(file, "salesforce")
    file.write_text('mappings = ["ours.toml"]\n[fields]\nfindings = "Our_Findings__c"\n', encoding="utf-8")
    assert naming(file, "salesforce").sources == {"salesforce", "our-crm"}


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ("Our_Guess__c", "its label 'Stage' is one that an import reads"),
        ("Premortem_Formula__c", "may not write it"),
        ("Next_Account__c", "holds another kind of value"),
        ("Premortem_Nowhere__c", "has no such field"),
        ("Premortem_Chance__c", "holds another kind of value"),
    ],
)
def test_the_crm_is_asked_what_a_field_takes(server: Answering, tmp_path: Path, field: str, says: str) -> None:
    file = tmp_path / "crm.toml"
    file.write_text(f'[fields]\nlikely_cause = "{field}"\n', encoding="utf-8")
    with pytest.raises(Unreadable, match=re.escape(says)):
        tell(server, firm(HARBOUR), naming(file, "salesforce"), Notes(), write=True)
    assert not server.asked("PATCH")


def test_mistakes_in_the_names_are_told_all_at_once(tmp_path: Path) -> None:
    file = tmp_path / "crm.toml"
    file.write_text('[fields]\nfindings = "Ours__c"\nhigh_findings = "Ours__c"\nprobability = "Amount"\n', "utf-8")
    with pytest.raises(Unreadable, match=r"two of our words.*'Amount'"):
        naming(file, "salesforce")
    file.write_text('[fields]\nmood = "Ours__c"\n', "utf-8")
    with pytest.raises(Unknown, match="'mood' is nothing that can be told"):
        naming(file, "salesforce")
    file.write_text("[fields]\n", "utf-8")
    with pytest.raises(Unreadable, match="no field is named"):
        naming(file, "salesforce")


def test_the_stage_that_the_seller_set_changes_no_chance_and_no_category() -> None:
    ledger = telling_firm(closed=60, going=2)
    wanted = ("forecast_category", "probability")
    before = {one.deal: one.said for one in deal_words(ledger, rules_of(ledger), wanted, THEN)}
    for deal in before:
        told_then = THEN - timedelta(hours=2)
        ledger.store.append([Entry(deal, told_then, told_then, "import:salesforce", Changed("stage", "Closed won"))])
    after = {one.deal: one.said for one in deal_words(ledger, rules_of(ledger), wanted, THEN)}
    assert after == before
    assert all(isinstance(said["probability"], float) for said in after.values())
    assert {said["forecast_category"] for said in after.values()} <= set(CALLED.values())


def test_a_table_has_a_row_for_each_open_deal_and_no_formula(toml: Path) -> None:
    ledger = firm(HARBOUR, "=1+1")
    words = deal_words(ledger, rules_of(ledger), WITHOUT_WORDS, NOW)
    rows = list(csv.DictReader(io.StringIO(tell_crm_csv(words, WITHOUT_WORDS))))
    assert {row["id"] for row in rows} == {record_id(HARBOUR), "'=1+1"}
    assert rows[0].keys() == {"id", *WITHOUT_WORDS}
    assert "next_question" not in rows[0], "words leave only where somebody asks for them"
    assert {row["forecast_category"] for row in rows} == {"pipeline"}
    asked = [replace(one, said={"next_question": "=HYPERLINK(0)"}) for one in words]
    table = tell_crm_csv(asked, ["next_question"], naming(toml, "salesforce"))
    assert table.splitlines()[0] == "id,Premortem_Question__c"
    assert "'=HYPERLINK(0)" in table


def test_an_odoo_is_told_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "crm.toml"
    file.write_text(
        '[fields]\nfindings = "x_findings"\nforecast_category = "x_category"\nprobability = "x_chance_words"\n'
        'reviewed_at = "x_seen"\n',
        encoding="utf-8",
    )
    like = OdooLike()
    like.records = {31: {"x_findings": 0}}
    ledger, named, notes = firm("__export__.crm_lead_31_0a1b2c3d", source="odoo"), naming(file, "odoo"), Notes()
    with answering(like) as at:
        crm = odoo.connect(OdooPlace(at.url, "larkspur", "bot@larkspur.example"), {odoo.KEY: "the-key"})
        done = tell_crm(named, crm, words_of(ledger, named), notes, "ines", NOW, write=True)
        assert done.counts == {"told": 1}
        assert like.records[31]["x_category"] == "pipe"
        again = tell_crm(named, crm, words_of(ledger, named), notes, "ines", NOW + timedelta(days=1), write=True)
    assert again.counts == {"same": 1}


def test_the_log_is_kept_with_the_ledger(tmp_path: Path) -> None:
    ledger = open_ledger(f"sqlite:///{tmp_path}/ledger.sqlite3")
    log = DatabaseTold(ledger.alias)
    at = datetime(2026, 11, 22, 9, tzinfo=UTC)
    one = ToldOnce(at, "ines", "salesforce", HARBOUR, "006", "findings", "Premortem_Findings__c", "1", "3")
    log.add([one, replace(one, at=at + timedelta(days=1), old="3", new="4"), replace(one, deal=QUAYSIDE)])
    assert [told.new for told in log.newest(deal=HARBOUR)] == ["4", "3"]
    assert len(log.newest()) == 3
    assert len(log.newest(most=1)) == 1
    ledger.close()
