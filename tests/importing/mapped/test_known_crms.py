"""Each known CRM's export is known by its headers, and tells name, account, stage, amount, days, people and end."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from premortem.acts.bringing_in.bring_in_export import bring_in_export
from premortem.importing.mapped.sources import sources
from premortem.ledger.contents import MemoryLedger, card
from premortem.ledger.fold import deal_as_of

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


class Written(NamedTuple):
    """A CRM's file: an open deal of Harbour, worth 5,000, and one that was lost on 25 June 2026 over its price."""

    file: str
    text: str


CRMS = {
    "hubspot": Written(
        "hubspot-crm-exports-all-deals.csv",
        "Record ID,Deal Name,Deal Stage,Amount,Currency,Deal owner,Create Date,Close Date,Closed Lost Reason,"
        'Associated Company,Associated Contact,"Date entered ""Closed Lost (Sales Pipeline)"""\n'
        "1,Scheduling,Presentation Scheduled,5000,EUR,Ines Okafor,2026-01-12 09:30,2026-12-30 10:00,,Harbour,"
        "Tom Reyes (tom@harbour.example),\n"
        "2,Yard,Closed Lost,900,EUR,Ines Okafor,2026-02-13 09:30,2026-06-25 10:00,price,Pier 9,,2026-06-25 10:00\n",
    ),
    "pipedrive": Written(
        "deals-1234-5.csv",
        "Deal - ID,Deal - Title,Deal - Organization,Deal - Contact person,Deal - Stage,Deal - Status,Deal - Value,"
        "Deal - Currency of Value,Deal - Owner,Deal - Deal created,Deal - Expected close date,Deal - Deal closed on,"
        "Deal - Lost reason,Person - Email - Work\n"
        "1,Scheduling,Harbour,Tom Reyes,Proposal Made,Open,5000,EUR,Ines Okafor,2026-01-12 09:30:00,2026-12-30,,,"
        "tom@harbour.example\n"
        "2,Yard,Pier 9,,Proposal Made,Lost,900,EUR,Ines Okafor,2026-02-13 09:30:00,,2026-06-25 10:00:00,price,\n",
    ),
    "odoo": Written(
        "crm.lead.csv",
        "External ID,Opportunity,Customer,Contact Name,Email,Salesperson,Stage,Expected Revenue,Currency,Created on,"
        "Expected Closing,Closed Date,Won/Lost,Lost Reason\n"
        "1,Scheduling,Harbour,Tom Reyes,tom@harbour.example,Ines Okafor,Proposition,5000.00,EUR,2026-01-12 09:30:00,"
        "2026-12-30,,Pending,\n"
        "2,Yard,Pier 9,,,Ines Okafor,Proposition,900.00,EUR,2026-02-13 09:30:00,,2026-06-25 10:00:00,Lost,price\n",
    ),
    "espocrm": Written(
        "Export_Opportunity.csv",
        "ID;Name;Account;Contacts;Stage;Amount;Amount Currency;Close Date;Created At;Assigned User\n"
        "1;Scheduling;Harbour;Tom Reyes (tom@harbour.example);Proposal;5000;EUR;2026-12-30;2026-01-12 09:30;Ines\n"
        "2;Yard;Pier 9;;Closed Lost;900;EUR;2026-06-25;2026-02-13 09:30;Ines Okafor\n",
    ),
    "suitecrm": Written(
        "Opportunities.csv",
        '"Opportunity Name","ID","Account Name","Sales Stage","Opportunity Amount","Expected Close Date",'
        '"Date Created",'
        '"Assigned to"\n'
        '"Scheduling","1","Harbour","Proposal/Price Quote","5000.00","12/30/2026","01/12/2026 09:30am","Ines Okafor"\n'
        '"Yard","2","Pier 9","Closed Lost","900.00","06/25/2026","02/13/2026 09:30am","Ines Okafor"\n',
    ),
    "twenty": Written(
        "opportunities.csv",
        "Id,Name,Company / Name,Point of Contact / Name,Point of Contact,Stage,Amount / Amount,Amount / Currency,"
        "Close date,Creation date,Owner\n"
        "1,Scheduling,Harbour,,Tom Reyes,PROPOSAL,5000,EUR,2026-12-30T00:00:00.000Z,2026-01-12T09:30:00.000Z,Ines\n"
        "2,Yard,Pier 9,,,LOST,900,EUR,2026-06-25T00:00:00.000Z,2026-02-13T09:30:00.000Z,Ines\n",
    ),
    "frappe": Written(
        "CRM Deal.csv",
        "ID,Organization,Status,Deal Value,Currency,Deal Owner,Expected Closure Date,Closed Date,Lost Reason,"
        "Created On,Contact,Primary Email\n"
        "1,Harbour,Proposal/Quotation,5000,EUR,ines@cadence.example,2026-12-30,,,2026-01-12 09:30:00.000000,Tom Reyes,"
        "tom@harbour.example\n"
        "2,Pier 9,Lost,900,EUR,ines@cadence.example,,2026-06-25,price,2026-02-13 09:30:00.000000,,\n",
    ),
    "salesforce": Written(
        "report1700000000000.csv",
        '"Opportunity ID","Opportunity Name","Account Name","Stage","Amount","Opportunity Currency","Close Date",'
        '"Created Date","Opportunity Owner","Contact Name","Loss Reason"\n'
        '"1","Scheduling","Harbour","Proposal","5,000.00","EUR","30/12/2026","12/01/2026","Ines","Tom Reyes",""\n'
        '"2","Yard","Pier 9","Closed Lost","900.00","EUR","25/06/2026","13/02/2026","Ines Okafor","","price"\n'
        '"Grand Totals (2 records)"\n"Confidential Information - Do Not Distribute"\n',
    ),
}


def test_every_known_crm_has_its_story_here() -> None:
    assert {one.source for one in sources()} == set(CRMS)


@pytest.mark.parametrize("crm", CRMS)
def test_an_export_is_known_by_its_headers(crm: str, tmp_path: Path) -> None:
    (tmp_path / CRMS[crm].file).write_text(CRMS[crm].text, encoding="utf-8")
    ledger = MemoryLedger()
    done = bring_in_export(ledger, tmp_path, NOW)
    assert (done.source, done.deals, done.left_out) == (crm, 2, [])
    assert done.outcomes == {"lost": 1, "open": 1}
    deal, lost = (deal_as_of(ledger.store.read(one)) for one in ("1", "2"))
    assert deal.opened is not None
    assert (deal.opened.account, deal.opened.currency or "EUR", deal.amount) == ("Harbour", "EUR", 5000)
    assert deal.created is not None
    assert (deal.created.date(), deal.planned_close) == (date(2026, 1, 12), date(2026, 12, 30))
    assert lost.outcome is not None
    assert (lost.outcome[0].date(), lost.outcome[1].status) == (date(2026, 6, 25), "lost")
    assert lost.planned_close is None
    named = [held.name for one in deal.buyers if one.card and (held := card(ledger.contents, one.card))]
    assert named == ([] if crm == "suitecrm" else ["Tom Reyes"])
