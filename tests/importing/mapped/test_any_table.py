"""A table of no CRM that is known: a mapping is proposed, and whoever imports can change it."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from premortem.acts.bringing_in.bring_in_export import bring_in_export
from premortem.acts.bringing_in.mending import to_mend
from premortem.acts.bringing_in.propose_mapping import preview_export
from premortem.errors import Unreadable
from premortem.importing.mapped.mapping import mapping_in
from premortem.importing.mapped.writing import written
from premortem.ledger.contents import MemoryLedger
from premortem.ledger.fold import deal_as_of, noon
from tests.material import material

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
HEADER = "Nr;Projekt;Kunde;Verkäufer;Status;Betrag;Erstellt am;Geplanter Abschluss;Grund\n"
ROWS = (
    "7;Hafenplan;Hafen Nord GmbH;Ines Okafor;Angebot;12.500,00 €;12.01.2026;30.12.2026;\n"
    "8;Dienstplan;Kai 4 AG;Tom Reyes;Gewonnen;7.200,50 €;03.02.2026;15.05.2026;\n"
    "9;Lager;Pier 9;Tom Reyes;Verloren;900,00 €;13.02.2026;25.06.2026;Projekt gestoppt\n"
)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "Projekte.csv").write_text(HEADER + ROWS, encoding="cp1252")
    return tmp_path / "export"


def test_a_table_from_germany_is_read_as_it_is(export: Path) -> None:
    ledger = MemoryLedger()
    done = bring_in_export(ledger, export, NOW)
    assert (done.deals, done.outcomes) == (3, {"lost": 1, "open": 1, "won": 1})
    deal = deal_as_of(ledger.store.read("7"))
    assert deal.opened is not None
    assert (deal.name, deal.opened.account, deal.opened.currency) == ("Hafenplan", "Hafen Nord GmbH", "EUR")
    assert (deal.amount, str(deal.planned_close), deal.created) == (12500.0, "2026-12-30", noon(date(2026, 1, 12)))


def test_a_preview_shows_styles_and_writes_nothing(export: Path) -> None:
    ledger = MemoryLedger()
    seen = preview_export(ledger, export, NOW)
    assert ledger.store.deals() == []
    styles = {one.column: one.style for one in seen.would.styles}
    assert styles["Erstellt am"] == "days, day first"
    assert "comma" in styles["Betrag"]
    assert seen.would.currencies == {"EUR": 3}
    assert "cp1252" in seen.would.files[0]
    assert "semicolon" in seen.would.files[0]
    mapping = mapping_in(seen.mapping, "preview")
    assert written(mapping) == seen.mapping
    assert bring_in_export(ledger, export, NOW, mapping).new == 3


def test_a_reason_becomes_a_kind_of_loss_only_by_the_table(export: Path) -> None:
    ledger = MemoryLedger()
    mapping = mapping_in(preview_export(ledger, export, NOW).mapping, "preview")
    mapping.reasons = {"Projekt gestoppt": "no_decision"}
    done = bring_in_export(ledger, export, NOW, mapping)
    assert done.outcomes == {"no_decision": 1, "open": 1, "won": 1}
    assert [(one.value, one.taken_for) for one in done.reasons] == [("Projekt gestoppt", "no_decision")]


def test_the_export_of_next_week_adds_only_what_changed(export: Path) -> None:
    ledger = MemoryLedger()
    bring_in_export(ledger, export, NOW)
    again = bring_in_export(ledger, export, NOW + timedelta(days=7))
    assert (again.new, again.changed, again.written) == (0, 0, {})
    text = (HEADER + ROWS).replace("Angebot;12.500", "Gewonnen;13.000") + "10;Neu;Hafen Nord GmbH;;Angebot;5,00 €;;;\n"
    (export / "Projekte.csv").write_text(text, encoding="cp1252")
    later = bring_in_export(ledger, export, NOW + timedelta(days=14))
    assert (later.new, later.changed) == (1, 1)
    deal = deal_as_of(ledger.store.read("7"))
    assert deal.outcome is not None
    assert deal.outcome[1].status == "won"
    assert [one.value for one in deal.amounts] == [12500.0, 13000.0]


def test_what_has_no_history_is_not_claimed_of_the_past(export: Path) -> None:
    ledger = MemoryLedger()
    bring_in_export(ledger, export, NOW)
    spring = noon(date(2026, 4, 1))
    then = deal_as_of(ledger.store.read("9"), at=spring)
    assert (then.stage, then.amount, then.outcome) == (None, None, None)
    assert deal_as_of(ledger.store.read("9")).amount == 900


def test_rows_to_be_mended_come_back_mended(export: Path) -> None:
    good = HEADER + ROWS
    (export / "Projekte.csv").write_text(good.replace("Kai 4 AG;", ""), encoding="cp1252")
    ledger = MemoryLedger()
    done = bring_in_export(ledger, export, NOW)
    assert (done.deals, done.rows_left_out) == (2, 1)
    (file,) = to_mend(done.left_out, done.headers).values()
    assert file[0][:2] == ["Nr", "Projekt"]
    assert file[1][:3] == ["8", "Dienstplan", "Tom Reyes"]
    mended = [*file[1][:2], "Kai 4 AG", *file[1][2:8], ""]
    (export / "mended.csv").write_text(";".join(file[0][:9]) + "\n" + ";".join(mended[:9]) + "\n", encoding="utf-8")
    later = bring_in_export(ledger, export / "mended.csv", NOW)
    assert (later.new, later.left_out) == (1, [])
    assert deal_as_of(ledger.store.read("8")).amount == 7200.5


def test_a_row_given_back_stands_once_and_counts_before_the_one_it_came_from(tmp_path: Path) -> None:
    header = "Id,Name,StageName,CloseDate,IsClosed,IsWon,CreatedDate,Amount\n"
    rows = (
        "006A,One,Proposal,2026-12-30,false,false,2026-01-12,100\n006B,-Two,Proposal,soon,false,false,2026-01-12,xx\n"
    )
    (tmp_path / "Opportunity (1).csv").write_text(header + rows, encoding="utf-8")
    ledger = MemoryLedger()
    done = bring_in_export(ledger, tmp_path, NOW)
    (given_back,) = to_mend(done.left_out, done.headers).values()
    assert [row[:2] for row in given_back[1:]] == [["006B", "'-Two"]], "two of its cells are wrong, and it stands once"
    assert {*given_back[1][9].split("; ")} == {"CloseDate", "Amount"}
    given_back[1][3], given_back[1][7] = "2026-12-31", "200"
    with (tmp_path / "Opportunity--1--to-mend.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(given_back)
    later = bring_in_export(ledger, tmp_path, NOW + timedelta(days=1))
    assert (later.deals, later.changed, later.left_out) == (2, 1, [])
    assert "1 rows stand in a table of mended rows too: that one was taken." in later.remarks
    deal = deal_as_of(ledger.store.read("006B"))
    assert (deal.name, deal.amount, str(deal.planned_close)) == ("-Two", 200, "2026-12-31")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("source = 3", "it is no TOML|expected"),
        ('source = "x"\n[deals]\nid = "n"\nstagge = "s"', "stagge"),
        ('source = "x"\n[deals]\nid = "n"\n[outcomes]\nWeg = "gone"', "'gone' is no outcome"),
        ('source = "x"\ntime_zone = "Mars"\n[deals]\nid = "n"', "'Mars' is no time zone"),
    ],
)
def test_a_mistake_in_a_mapping_is_told_with_its_place(text: str, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        mapping_in(text, "ours.toml")


@pytest.mark.material
def test_the_tables_of_a_public_data_set_go_in_whole() -> None:
    """Maven Analytics' CRM sales opportunities, as their files are."""
    folder = material("data/deals/maven")
    ledger = MemoryLedger()
    done = bring_in_export(ledger, folder, NOW)
    rows = (folder / "sales_pipeline.csv").read_text(encoding="utf-8").splitlines()[1:]
    stages = Counter(row.split(",")[4] for row in rows)
    assert done.deals == done.new == len(rows) == 8_800
    assert done.left_out == []
    assert done.outcomes["won"] == stages["Won"]
    assert done.outcomes["lost"] == stages["Lost"]
    assert done.outcomes["open"] == stages["Engaging"] + stages["Prospecting"]
    assert any("'GTXPro' (1,480 rows) is likely 'GTX Pro'" in one for one in done.misspelled)
    assert any("'technolgy' (12 rows) is likely 'technology'" in one for one in done.misspelled)
    assert len(done.misspelled) == 2
    again = bring_in_export(ledger, folder, NOW + timedelta(days=7))
    assert (again.new, again.changed, again.written) == (0, 0, {})
