"""An export of the CRM through the browser: known by its headers, read as somebody says, taken in, taken back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client, override_settings

from bench.exporting import salesforce_export
from premortem.ledger.fold import deal_as_of
from premortem.records.firm.import_rows import KeptChoices
from premortem.records.firm.models import DealHome, Member, Team
from premortem.records.models import DealRow
from premortem.web.ledger import ledger
from tests.web.conftest import House
from tests.web.test_import import newest, send, zipped


@pytest.fixture(autouse=True)
def at_once() -> Iterator[None]:
    with override_settings(TASKS={"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}):
        yield


OPPORTUNITIES = (
    "Id,IsDeleted,AccountId,Name,StageName,Amount,CloseDate,IsClosed,IsWon,CurrencyIsoCode,"
    "OwnerId,CreatedDate,LastModifiedDate,Loss_Reason__c\n"
    "006A,false,001A,Scheduling,Proposal,5000,2027-01-31,false,false,EUR,005A,2026-03-01,2026-10-01,\n"
    "006B,false,001A,Payroll,Closed Lost,9000,2026-06-30,true,false,EUR,005A,2026-03-01,2026-07-01,Went quiet\n"
    "006C,false,001A,Rota,Closed Lost,700,2026-06-30,true,false,EUR,005B,2026-03-01,2026-07-01,Went quiet\n"
    ",false,001A,No id,Proposal,1,2026-06-30,false,false,EUR,005A,2026-03-01,2026-07-01,\n"
)


def salesforce(**changed: str) -> bytes:
    """A weekly export of three opportunities, two of them lost for a reason; owned by somebody who works here."""
    tables = {
        "Account.csv": "Id,Name,Website,IsDeleted\n001A,Harbour Freight Ltd,harbour.example,false\n",
        "User.csv": "Id,Username,LastName,FirstName,Name,CompanyName,Title,Email,IsActive,ProfileId\n"
        "005A,s,Ler,Sel,Sel Ler,Larkspur Cloud,AE,Seller@larkspur.example,true,00e1\n"
        "005B,x,One,No,No One,Larkspur Cloud,AE,gone@larkspur.example,true,00e1\n",
        "Opportunity.csv": OPPORTUNITIES,
    }
    return zipped({name: text.encode() for name, text in (tables | changed).items()})


def post(client: Client, part: str, **given: object) -> bytes:
    return client.post(f"/import/{newest().pk}/{part}", given, follow=True).content


def page_of(client: Client) -> str:
    return client.get(f"/import/{newest().pk}/").content.decode()


def test_an_export_is_known_read_as_somebody_says_and_taken_in(house: House) -> None:
    client = house.client("admin")
    page = send(client, "export.zip", salesforce()).content.decode()
    assert (newest().state, newest().kind) == ("previewed", "export"), newest().says
    assert "It is an export of <strong>Salesforce</strong>" in page
    assert "Went quiet" in page
    assert "Opportunity.csv, line 5" in page
    assert "seller" in page.lower()
    assert not DealRow.objects.filter(deal="006A").exists()
    stages = [one["value"] for one in newest().preview["would"]["stages"]]
    assert stages == ["Closed Lost", "Proposal"]
    post(client, "reading/", **{"reason-0-value": "Went quiet", "reason-0": "no_decision", "seller": "Larkspur Cloud"})
    assert newest().preview["would"]["outcomes"] == {"no_decision": 2, "open": 1}
    done = post(client, "", do="take").decode()
    assert newest().state == "done", newest().says
    assert "Taken in from Salesforce" in done
    assert "Scheduling" in done
    told = newest().preview
    assert (told["new"], told["changed"], told["told"]["deals"], told["told"]["rows_left_out"]) == (3, 0, 3, 1)
    assert DealRow.objects.get(deal="006B").status == "no_decision"
    assert not Path(newest().folder).exists()
    homes = {one.deal: (one.owner and one.owner.username, one.team and one.team.name) for one in _homes()}
    assert homes == {"006A": ("seller", "Hosting"), "006B": ("seller", "Hosting")}
    assert house.client("seller").get("/deals/006A/").status_code == 200
    assert house.client("stranger").get("/deals/006A/").status_code == 404


def _homes() -> list[DealHome]:
    return list(DealHome.objects.filter(deal__startswith="006").select_related("owner", "team"))


def test_next_weeks_export_is_read_the_same_way_and_adds_only_what_is_new(house: House) -> None:
    client = house.client("admin")
    send(client, "export.zip", salesforce())
    post(client, "reading/", **{"reason-0-value": "Went quiet", "reason-0": "no_decision"})
    post(client, "", do="take")
    page = send(client, "export.zip", salesforce()).content.decode()
    assert "It is read as it was set for the one before" in page
    assert "There is nothing new in it" in page
    assert newest().preview["would"]["outcomes"] == {"no_decision": 2, "open": 1}
    post(client, "reading/", do="found")
    assert not KeptChoices.objects.exists()
    assert newest().preview["would"]["outcomes"] == {"lost": 2, "open": 1}


def test_an_owner_who_joins_later_gets_their_deals_by_the_next_export(house: House) -> None:
    client = house.client("admin")
    send(client, "export.zip", salesforce())
    post(client, "", do="take")
    user = get_user_model().objects.create_user("gone", "gone@larkspur.example")
    Member.objects.create(user=user, role="rep", team=Team.objects.get(name="Other"))
    more = OPPORTUNITIES.replace("Proposal,5000", "Proposal,6000")
    send(client, "export.zip", salesforce(**{"Opportunity.csv": more}))
    assert newest().preview["would"]["changed"] == 1
    post(client, "", do="take")
    assert DealHome.objects.get(deal="006C").owner == user


def test_what_is_left_out_comes_as_a_table_to_mend(house: House) -> None:
    client = house.client("admin")
    send(client, "export.zip", salesforce())
    answer = client.get(f"/import/{newest().pk}/mend/0/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Opportunity-to-mend.csv"'
    header, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert header[0] == "Id"
    assert row[3] == "No id"
    assert "the deal's id is missing" in row
    assert client.get(f"/import/{newest().pk}/mend/1/").status_code == 404
    row[0] = "006D"
    mended = io.StringIO()
    csv.writer(mended).writerows([header, row])
    whole = salesforce(**{"Opportunity-to-mend.csv": mended.getvalue()})
    send(client, "export.zip", whole)
    assert newest().preview["would"]["new"] == 4


def test_taking_back_puts_a_deal_to_what_it_was(house: House) -> None:
    client = house.client("admin")
    send(client, "export.zip", salesforce())
    post(client, "", do="take")
    assert b"Mark the deals" in post(client, "", do="undo")
    page = post(client, "", do="undo", deal="006B").decode()
    assert newest().preview["back"] == ["006B"]
    assert "taken back" in page
    deal = deal_as_of(ledger().store.read("006B"))
    assert (deal.stage, deal.amount, deal.outcome) == (None, None, None)
    assert ledger().store.read("006B")[-1].author == "user:admin"
    assert not DealHome.objects.filter(deal="006B").exists()
    assert deal_as_of(ledger().store.read("006A")).stage == "Proposal"
    post(client, "", do="undo", all="1")
    assert newest().preview["back"] == ["006A", "006B", "006C"]


def test_a_table_of_no_crm_is_proposed_and_can_be_told_otherwise(house: House) -> None:
    rows = "Nr;Kunde;Phase;Wert;Angelegt;Ansprechpartner\n" + "".join(
        f"{n};Firma {n};{'Gewonnen' if n % 2 else 'Angebot'};{n}.000,50;{n:02}.03.2026;Dana Whitlock\n"
        for n in range(1, 9)
    )
    client = house.client("admin")
    page = send(client, "pipeline.csv", rows.encode("cp1252")).content.decode()
    assert newest().state == "previewed", newest().says
    assert "known by its headers. Which column" in page
    assert "<option selected>Phase</option>" in page
    post(client, "reading/", **{"column-name": "Kunde", "column-account": "Kunde"})
    assert newest().choices["columns"] == {"name": "Kunde"}
    bad = post(client, "reading/", do="whole", whole="source = 3").decode()
    assert "The mapping" in bad
    post(client, "reading/", **{"currency": "EUR"})
    assert newest().preview["would"]["currencies"] == {"EUR": 8}
    post(client, "", do="take")
    assert DealRow.objects.get(deal="3").name == "Firma 3"
    assert KeptChoices.objects.get().choices["columns"] == {"name": "Kunde"}


def test_what_the_data_leave_open_is_asked_before_anything_is_taken(house: House) -> None:
    rows = "Id,Name,Stage,Created\n1,One,Won,03/04/2026\n2,Two,Lost,05/06/2026\n3,Three,Open,01/02/2026\n"
    client = house.client("admin")
    page = send(client, "deals.csv", rows.encode()).content.decode()
    assert "Say below which part of a day is the month" in page
    assert "Take it in" not in page
    assert b"any more" in post(client, "", do="take")
    post(client, "reading/", days="day first")
    assert "Take it in" in page_of(client)
    post(client, "", do="take")
    found = DealRow.objects.get(deal="1").created
    assert found is not None
    assert found.month == 4


def test_a_table_in_which_nobody_sees_deals_shows_its_columns(house: House) -> None:
    client = house.client("admin")
    page = send(client, "list.csv", b"Was,Wo\nx,y\nx,y\nx,z\n").content.decode()
    assert newest().state == "previewed", newest().says
    assert "Which column tells what?" in page
    assert "<option>Was</option>" in page


def test_an_export_is_for_whom_no_deal_is_closed(house: House) -> None:
    for who in ("seller", "manager"):
        page = send(house.client(who), "export.zip", salesforce()).content
        assert b"An admin brings it in" in page
        assert newest().state == "failed"
    manager = get_user_model().objects.get(username="manager")
    DealHome.objects.update(team=Member.objects.get(user=manager).team)
    send(house.client("manager"), "export.zip", salesforce())
    assert newest().state == "previewed"


def test_accounts_that_may_be_one_are_asked_once(house: House) -> None:
    accounts = (
        "Id,Name,Website,IsDeleted\n001A,Harbour Freight,harbour.example,false\n001B,Portside,harbour.example,false\n"
    )
    client = house.client("admin")
    page = send(client, "export.zip", salesforce(**{"Account.csv": accounts})).content.decode()
    assert "are they one account?" in page
    post(client, "apart/", all="1")
    assert "are they one account?" not in page_of(client)
    again = send(client, "export.zip", salesforce(**{"Account.csv": accounts})).content.decode()
    assert "are they one account?" not in again


def test_the_sample_company_comes_in_as_salesforce_would_send_it(house: House, tmp_path: Path) -> None:
    deals = [deal_as_of(ledger().store.read(deal)) for deal in ledger().store.deals()]
    salesforce_export(tmp_path, deals, ledger().contents)
    packed = zipped({file.name: file.read_bytes() for file in tmp_path.iterdir()})
    send(house.client("admin"), "weekly.zip", packed)
    would = newest().preview["would"]
    assert (would["deals"], would["new"], would["left_out"]) == (2, 0, [])
