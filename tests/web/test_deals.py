"""The table of deals: what it shows, how it is filtered and sorted, saved views, and its CSV."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from premortem.acts.looking.deal_table import deal_line, deal_table
from premortem.checks.called import called
from premortem.importing.tables.cells import defused
from premortem.records.deal_lists import DealLists, Wanted
from premortem.records.firm.models import SavedView
from premortem.records.models import DealRow, ReviewRow
from tests.web.conftest import OURS, THEIRS, House

ALL = "whose=all&status=all"


def ids(wanted: Wanted, on: date = date(2026, 11, 22)) -> list[str]:
    return [line.id for line in deal_table(DealLists(DealRow.objects.all(), user=0), wanted, on).lines]


def row(**told: object) -> DealRow:
    given: dict[str, object] = {"deal": "d", "name": "Deal", "status": "open", "touches": 1, "people": 1, "buyers": 1}
    return DealRow(**{**given, "facts": 1, **told})


def more_deals(number: int) -> None:
    DealRow.objects.bulk_create([row(deal=f"x-{n:03}", name=f"Deal {n:03}", amount=n) for n in range(number)])


def test_a_line_tells_findings_unknowns_and_both_days(house: House) -> None:
    shown = house.client("seller").get(f"/deals/?{ALL}").content.decode()
    kept, told = ReviewRow.objects.get(deal=OURS), DealRow.objects.get(deal=OURS)
    assert told.name in shown
    assert f"{kept.high} high" in shown
    assert kept.gravest is not None
    assert called(kept.gravest) in shown.lower()
    assert "Buyer&#x27;s last word" in shown
    assert "Our close" in shown
    assert DealRow.objects.get(deal=THEIRS).name not in shown


def test_reviews_keep_what_is_not_known_and_the_buyers_day(house: House) -> None:
    kept = ReviewRow.objects.get(deal=OURS)
    assert kept.unknown == len(deal_line(row(), kept, date(2026, 11, 22)).not_known)
    assert ReviewRow.objects.exclude(buyer_day=None).exists()


def test_our_close_stands_against_the_buyers_day() -> None:
    kept = ReviewRow(deal="d", high=0, medium=0, low=0, unknown=0, buyer_day=date(2026, 3, 20))
    early = deal_line(row(planned_close=date(2026, 3, 1)), kept, date(2026, 2, 1))
    late = deal_line(row(planned_close=date(2026, 3, 25)), kept, date(2026, 2, 1))
    assert (early.early_days, early.late_days, late.late_days) == (19, 0, 5)
    assert deal_line(row(), None, date(2026, 2, 1)).reviewed is False


def test_filters(house: House) -> None:
    DealRow.objects.filter(deal=OURS).update(status="open", stage="Proposal", name="Köln 50% off", account="Acme")
    DealRow.objects.filter(deal=THEIRS).update(status="lost", stage="Demo", name="Other", account="Beta")
    ReviewRow.objects.filter(deal=OURS).update(high=2)
    ReviewRow.objects.filter(deal=THEIRS).update(high=0, medium=0, low=0)
    assert ids(Wanted()) == [OURS]
    assert ids(Wanted(status="closed")) == [THEIRS]
    assert ids(Wanted(status="all", stage="Demo")) == [THEIRS]
    assert ids(Wanted(status="all", severity="high")) == [OURS]
    assert ids(Wanted(status="all", severity="none")) == [THEIRS]
    assert ids(Wanted(status="all", text="50% acme")) == [OURS]
    assert ids(Wanted(status="all", text="_")) == [], "what is typed is no pattern"


def test_silent_for_so_many_days(house: House) -> None:
    DealRow.objects.filter(deal=OURS).update(last_buyer_word_at=timezone.now() - timedelta(days=20))
    DealRow.objects.filter(deal=THEIRS).update(last_buyer_word_at=None)
    today = timezone.localdate()
    assert set(ids(Wanted(status="all", silent=14), today)) == {OURS, THEIRS}
    assert ids(Wanted(status="all", silent=20), today).count(OURS) == 1
    assert ids(Wanted(status="all", silent=21), today) == [THEIRS]


def test_what_is_not_known_stands_last_either_way(house: House) -> None:
    more_deals(2)
    first = ids(Wanted(status="all", sort="amount", down=True))
    assert ids(Wanted(status="all", sort="findings", down=True))[-2:] == ["x-000", "x-001"]
    assert ids(Wanted(status="all", sort="findings", down=False))[-2:] == ["x-000", "x-001"]
    assert first.index("x-001") < first.index("x-000")


@pytest.mark.parametrize("sort", ["name", "stage", "unknowns", "last_word", "buyer_day", "planned_close", "cause"])
def test_every_heading_sorts_and_says_so(house: House, sort: str) -> None:
    shown = house.client("admin").get(f"/deals/?{ALL}&sort={sort}&down=0").content.decode()
    assert shown.count('aria-sort="ascending"') == 1
    assert f"sort={sort}&amp;down=1" in shown, "a second click turns it round"


def test_a_wrong_address_is_taken_as_the_first_sight(house: House) -> None:
    odd = "?whose=x&status=y&severity=z&silent=-3&sort=password&down=q&page=99999999999"
    assert house.client("admin").get(f"/deals/{odd}").status_code == 200


def test_pages_of_fifty_in_the_same_number_of_queries(house: House) -> None:
    client = house.client("admin")
    with CaptureQueriesContext(connection) as few:
        client.get(f"/deals/?{ALL}")
    more_deals(118)
    with CaptureQueriesContext(connection) as many:
        shown = client.get(f"/deals/?{ALL}&page=2").content.decode()
    assert "page 2 of 3" in shown
    assert shown.count("<tr>") == 51
    assert len(many) <= len(few)
    assert "Page 3 of 3" in client.get(f"/deals/?{ALL}&page=77").content.decode()


def test_a_part_alone_goes_to_htmx(house: House) -> None:
    part = house.client("admin").get(f"/deals/?{ALL}", headers={"HX-Request": "true"}).content.decode()
    assert "<table" in part
    assert "<html" not in part


def test_a_view_is_saved_applied_and_deleted_by_its_owner_alone(house: House) -> None:
    seller, manager = house.client("seller"), house.client("manager")
    query = "whose=all&status=all&sort=name&down=0&evil=1"
    answer = seller.post("/deals/save/", {"name": "By name", "query": query})
    assert answer["Location"] == "/deals/?whose=all&status=all&sort=name&down=0"
    saved = SavedView.objects.get()
    assert "By name" in seller.get(answer["Location"]).content.decode()
    assert "By name" not in manager.get("/deals/").content.decode()
    manager.post("/deals/save/", {"delete": saved.pk})
    assert SavedView.objects.exists()
    seller.post("/deals/save/", {"delete": saved.pk})
    assert not SavedView.objects.exists()


def test_a_view_needs_a_name(house: House) -> None:
    shown = house.client("seller").post("/deals/save/", {"name": " ", "query": ""}, follow=True).content.decode()
    assert "Give the view a name first" in shown
    assert not SavedView.objects.exists()


def test_the_csv_has_all_rows_in_order_and_no_formula(house: House) -> None:
    more_deals(60)
    DealRow.objects.filter(deal="x-003").update(name='=HYPERLINK("http://evil")', account="@cmd")
    answer = house.client("admin").get(f"/deals/?{ALL}&sort=amount&down=0&format=csv")
    assert answer["Content-Disposition"].startswith('attachment; filename="deals-')
    told = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(told) == 62
    assert [one["deal"] for one in told[:4]] == ["x-000", "x-001", "x-002", "x-003"]
    assert told[3]["name"].startswith("'=")
    assert told[3]["account"] == "'@cmd"


@pytest.mark.parametrize("cell", ["=1", "+1+1", "-A1", "@x", "\tx", "\rx"])
def test_formulas_are_defused(cell: str) -> None:
    assert defused(cell) == "'" + cell
    assert defused("a" + cell) == "a" + cell


@pytest.mark.parametrize("cell", ["-5", "+3.2", "-1,200.50"])
def test_plain_numbers_stay_numbers(cell: str) -> None:
    assert defused(cell) == cell


def test_no_deal_yet_says_what_to_do_first(house: House) -> None:
    assert 'href="/import/"' in house.client("stranger").get("/deals/").content.decode()
    assert "No deal fits" in house.client("admin").get("/deals/?whose=all&text=zzzz").content.decode()


def test_a_sorted_part_takes_its_order_along(house: House) -> None:
    client = house.client("seller")
    client.post("/deals/save/", {"name": "By name", "query": "whose=all&status=all&sort=name&down=0"})
    asked = f"/deals/?{ALL}&sort=name&down=0"
    part = client.get(asked, headers={"HX-Request": "true"}).content.decode()
    assert part.count('hx-swap-oob="true"') == 4, "the file, the order, the saved views, and what is saved next"
    assert 'href="?whose=all&amp;status=all&amp;sort=name&amp;down=0&amp;format=csv"' in part
    assert '<option value="name" selected>' in part
    assert 'value="whose=all&amp;status=all&amp;sort=name&amp;down=0"' in part
    assert "hx-swap-oob" not in client.get(asked).content.decode()


def test_whose_deal_it_is_is_shown_searched_and_exported(house: House) -> None:
    manager = house.client("manager")
    assert "<small>" in (page := manager.get(f"/deals/?{ALL}").content.decode())
    assert f"{DealRow.objects.get(deal=OURS).account} · Seller</small>" in page
    assert ids(Wanted(status="all", text="seller")) == [OURS], "the owner is called Seller"
    answer = manager.get(f"/deals/?{ALL}&format=csv&text=Seller")
    (told,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (told["deal"], told["owner"]) == (OURS, "Seller")
