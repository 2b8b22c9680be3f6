"""Deals, as programs see them."""

from __future__ import annotations

from premortem.records.firm.models import Look
from premortem.records.models import DealRow
from tests.api.conftest import Program
from tests.web.conftest import House


def test_a_sellers_program_lists_what_the_seller_sees(house: House) -> None:
    answer = Program(house).get("deals?status=all")
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert [one["id"] for one in told["deals"]] == [house.ours]
    assert (told["total"], told["next"]) == (1, None)


def test_a_review_quotes_the_words_and_a_look_from_outside_is_logged(house: House) -> None:
    found = Program(house, "marketing").get(f"deals/{house.ours}/review")
    assert found.status_code == 200, found.content
    assert any(one["evidence"] for one in found.json()["findings"])
    assert Look.objects.filter(deal=house.ours, user__username="marketing").count() == 1


def test_a_list_goes_out_in_parts_and_a_new_deal_doubles_nothing(house: House) -> None:
    program = Program(house, "admin")
    row = DealRow.objects.get(deal=house.ours)
    for number in range(7):
        row.pk, row.deal, row.name, row.planned_close = None, f"copy-{number}", f"Deal {number % 3}", None
        row.save(force_insert=True)
    asked = "deals?status=all&sort=name&down=false&limit=3"
    first = program.get(asked).json()
    row.pk, row.deal, row.name = None, "first-of-all", "AAA"
    row.save(force_insert=True)
    seen = [one["id"] for one in first["deals"]]
    after = first["next"]
    while after:
        part = program.get(f"{asked}&cursor={after}").json()
        seen += [one["id"] for one in part["deals"]]
        after = part["next"]
    assert len(seen) == len(set(seen)) == 9
    assert set(seen) == {house.ours, house.theirs, *(f"copy-{number}" for number in range(7))}


def test_every_order_goes_through_all_deals_once(house: House) -> None:
    program = Program(house, "admin")
    row = DealRow.objects.get(deal=house.ours)
    for number in range(5):
        row.pk, row.deal, row.amount = None, f"copy-{number}", None if number % 2 else 1.5 * number
        row.save(force_insert=True)
    for sort in ("findings", "name", "stage", "amount", "unknowns", "last_word", "buyer_day", "planned_close", "cause"):
        for down in ("true", "false"):
            asked, after, seen = f"deals?status=all&sort={sort}&down={down}&limit=2", "", []
            while after is not None:
                part = program.get(f"{asked}&cursor={after}").json()
                seen += [one["id"] for one in part["deals"]]
                after = part["next"]
            whole = program.get(f"deals?status=all&sort={sort}&down={down}").json()["deals"]
            assert seen == [one["id"] for one in whole], (sort, down)


def test_a_cursor_of_another_list_is_refused(house: House) -> None:
    program = Program(house, "admin")
    after = program.get("deals?status=all&limit=1").json()["next"]
    answer = program.get(f"deals?status=all&limit=1&sort=name&cursor={after}")
    assert answer.status_code == 422
    assert "Begin without one" in answer.json()["detail"]
    assert program.get("deals?cursor=nonsense").status_code == 422
