"""The forecast's pages: what a reader sees is theirs, small firms get a base rate, and a page never waits."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, date, datetime
from xml.dom import minidom

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.template.loader import render_to_string
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from msgspec.structs import replace

from premortem.acts.bringing_in.bring_in import bring_in
from premortem.acts.forecasts.forecast_page import forecast_page, told_apart
from premortem.acts.forecasts.forecast_record import RecordShown
from premortem.forecasting.track_record import Held, track_record
from premortem.records.firm.models import DealHome, Look, Team
from premortem.sample.place import DEALS
from premortem.web import forecast_kept
from premortem.web.ledger import ledger, rules
from premortem.web.pictures.calibration import calibration
from premortem.web.pictures.distribution import distribution
from premortem.web.pictures.scale import about, ticks
from tests.web.conftest import OURS, House

MINE, OTHERS = "lark-12", "lark-04"
BEFORE = datetime(2026, 11, 20, 12, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def firm(house: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """The house with two open deals: one the seller's, one of another team."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    for deal in sorted(DEALS.iterdir()):
        if deal.name[:2] in ("04", "12"):
            bring_in(ledger(), deal, BEFORE)
    seller = get_user_model().objects.get(username="seller")
    DealHome.objects.create(deal=MINE, owner=seller, team=Team.objects.get(name="Hosting"))
    DealHome.objects.create(deal=OTHERS, team=Team.objects.get(name="Third"))
    return house


def shown(house: House, path: str, who: str = "seller") -> str:
    answer = house.client(who).get(path)
    assert answer.status_code == 200, answer.content[:300]
    return answer.content.decode()


def work() -> None:
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0, reload=False)


def test_a_rep_sees_the_forecast_of_their_own_deals_alone(firm: House) -> None:
    page, all_ = shown(firm, "/forecast/"), shown(firm, "/forecast/", "executive")

    assert "74,000 GBP" in page
    assert f"/deals/{OTHERS}/" not in page
    assert f"/deals/{OTHERS}/" in all_
    assert f"/deals/{MINE}/" in all_


def test_below_fifty_closed_deals_no_deal_has_a_number_and_the_base_rate_is_named(firm: House) -> None:
    page, deal = shown(firm, "/forecast/"), shown(firm, f"/deals/{MINE}/forecast/")

    assert "Of 2 deals that ended, 1 was won" in page
    assert "90% interval" in page
    assert "</strong> to be won" not in page
    assert "no number" in deal
    assert "“" in deal, "each gate shows the words that it rests on"


def test_what_rests_on_evidence_is_a_sentence_and_no_expectation(firm: House) -> None:
    page = shown(firm, "/forecast/")
    assert re.search(r"By gates passed, [\d,]+ GBP of 74,000 GBP rests on evidence; that is no forecast\.", page)
    assert "Weighed by gates" not in page, "it stands in no column of what methods expect"


def test_a_day_of_theirs_that_has_passed_is_not_called_unknown(firm: House) -> None:
    deals = forecast_page(ledger(), rules(), date(2026, 11, 22), date(2026, 12, 31), []).lines
    line = next(one for one in deals if one.numbers.id == MINE)
    gates = replace(
        line.gates,
        window_from=date(2026, 12, 22),
        window_to=date(2026, 12, 22),
        window_by_the_buyer=False,
        buyers_day_passed=date(2026, 10, 31),
    )
    told = render_to_string("forecast/line.html", {"line": replace(line, gates=gates)})
    assert "22 Dec 2026, an assumption: their day, 31 Oct 2026, has passed; since then none" in told


def test_the_stage_is_labelled_as_no_evidence_and_in_no_sum(firm: House) -> None:
    assert "in none of our numbers" in shown(firm, f"/deals/{MINE}/forecast/")
    assert "The stage (no evidence)" not in shown(firm, "/forecast/", "executive")


def test_the_pictures_can_be_taken_along_and_tell_the_same_as_the_page(firm: House) -> None:
    client = firm.client("seller")
    svg = client.get("/forecast/fan/GBP.svg").content.decode()
    rows = list(csv.reader(io.StringIO(client.get("/forecast/fan/GBP.csv").content.decode("utf-8-sig"))))

    assert minidom.parseString(svg).documentElement is not None
    assert "var(" not in svg
    assert rows[-1][0] == "2026-12-31"
    assert client.get("/forecast/distribution/GBP.png").content.startswith(b"\x89PNG")
    assert client.get("/forecast/fan/USD.csv").status_code == 404, "the deal in USD is another team's"
    assert client.get("/forecast/fan/GBP.exe").status_code == 404
    assert client.get(f"/deals/{MINE}/forecast/picture.csv").status_code == 200


def test_a_reps_own_call_is_entered_and_stands_beside_the_methods(firm: House) -> None:
    client = firm.client("seller")
    answer = client.post(f"/deals/{MINE}/forecast/call/", {"won": "60", "category": "best_case", "by": "2030-12-31"})
    assert answer.status_code == 302

    said = [one for one in ledger().store.read(MINE) if one.author == "user:seller"]
    assert [(one.body.won, one.body.category, one.body.by) for one in said] == [  # type: ignore[union-attr]
        (0.6, "best_case", date(2030, 12, 31))
    ]
    page = client.get(f"/deals/{MINE}/forecast/").content.decode()
    assert "31 Dec 2030" in page
    assert "by 2030-12-31" not in page, "a day is written as people write it"


@pytest.mark.parametrize("given", [{"won": "160"}, {"won": "much"}, {}, {"won": "50", "by": "2020-01-01"}])
def test_a_call_that_says_nothing_or_too_much_is_refused_in_words(firm: House, given: dict[str, str]) -> None:
    answer = firm.client("seller").post(f"/deals/{MINE}/forecast/call/", given, follow=True)
    assert 'class="error"' in answer.content.decode()
    assert not [one for one in ledger().store.read(MINE) if one.author == "user:seller"]


def test_a_large_firms_page_does_not_wait_and_shows_what_a_worker_kept(
    firm: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = shown(firm, "/forecast/")
    monkeypatch.setattr(forecast_kept, "AT_ONCE", 1)
    waiting = shown(firm, "/forecast/")
    shown(firm, "/forecast/")

    assert "is being worked out" in waiting
    assert "74,000 GBP" not in waiting
    asked = DBTaskResult.objects.filter(status="READY", task_path=forecast_kept.work_out_forecast.module_path)
    assert asked.count() == 1, "asked for once"
    work()
    kept = shown(firm, "/forecast/")
    assert "is being worked out" not in kept
    assert _inside(kept) == _inside(at_once), "the same numbers, whoever worked them out"
    assert f"/deals/{OTHERS}/" not in kept
    assert "Its gates" in shown(firm, f"/deals/{MINE}/forecast/")


def _inside(page: str) -> str:
    return page[page.index('id="rests"') :]


def test_a_deal_page_of_a_large_firm_knows_the_newest_call(firm: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forecast_kept, "AT_ONCE", 1)
    shown(firm, "/forecast/")
    work()
    firm.client("seller").post(f"/deals/{MINE}/forecast/call/", {"won": "37", "by": "2026-12-31"})
    assert "37%" in shown(firm, f"/deals/{MINE}/forecast/")


def test_the_record_says_what_to_do_first_and_then_counts_what_waits(firm: House) -> None:
    assert "Nothing was written down yet" in shown(firm, "/forecast/record/")
    firm.client("seller").post(f"/deals/{MINE}/forecast/call/", {"won": "60"})
    page = shown(firm, "/forecast/record/")
    assert "1 not due yet" in page


def test_a_rep_sees_no_other_reps_record(firm: House) -> None:
    firm.client("manager").post(f"/deals/{MINE}/forecast/call/", {"won": "60"})
    firm.client("seller").post(f"/deals/{MINE}/forecast/call/", {"won": "50"})

    assert ">Manager<" not in shown(firm, "/forecast/record/").replace(" ", "")
    assert ">Manager<" in shown(firm, "/forecast/record/", "executive").replace(" ", "")
    assert ">Seller<" in shown(firm, "/forecast/record/").replace(" ", "")


def test_an_admin_writes_down_todays_forecasts(firm: House) -> None:
    firm.client("admin").post("/forecast/record/write/")
    work()
    said = [one for one in ledger().store.read(MINE) if one.author == "user:admin"]
    assert {"stage", "gates"} <= {one.body.method for one in said}  # type: ignore[union-attr]


def test_a_backtest_is_worked_out_when_somebody_asks_for_it(firm: House) -> None:
    assert "Work out the backtest" in shown(firm, "/forecast/record/")
    firm.client("seller").post("/forecast/record/backtest/")
    assert "is being worked out" in shown(firm, "/forecast/record/")
    work()
    page = shown(firm, "/forecast/record/")
    assert "one each month" in page
    assert "few: mostly luck" in page or "gave no number" in page
    assert "Work out the backtest" not in page, "nothing has come in since"


def test_a_deal_that_has_ended_has_no_forecast_and_says_so(firm: House) -> None:
    assert "has ended" in shown(firm, f"/deals/{OURS}/forecast/")


def test_whoever_looks_from_outside_the_team_is_noted(firm: House) -> None:
    before = Look.objects.count()
    shown(firm, f"/deals/{MINE}/forecast/", "executive")
    assert Look.objects.count() == before + 1


def test_a_part_is_found_by_the_deals_it_holds(firm: House) -> None:
    page = forecast_page(ledger(), rules(), date(2026, 11, 22), date(2026, 12, 31), [[MINE], [MINE, "gone"]])

    assert len(page.parts) == 2, "all of them, and the one; what is not open makes no other part"
    part = page.part([MINE, "not-there"])
    assert part is not None
    assert [one.currency for one in part.totals] == ["GBP"]
    assert page.part([]) is None
    assert page.whole == told_apart([OTHERS, MINE])


def test_twenty_dots_lie_within_the_frame_and_the_middle_within_its_range(firm: House) -> None:
    page = forecast_page(ledger(), rules(), date(2026, 11, 22), date(2026, 12, 31), [])
    for total in page.parts[page.whole].totals:
        drawn = distribution(total, page.by)
        assert drawn is not None
        assert len(drawn.dots) == 20
        assert all(0 < x < drawn.width and 0 < y < drawn.bottom for x, y in drawn.dots)
        assert drawn.low <= drawn.middle <= drawn.high
        assert list(drawn.amounts) == sorted(drawn.amounts)


def test_calibration_shows_few_as_few() -> None:
    held = [
        Held(f"d{n}", date(2026, 1, 1), date(2026, 3, 1), 0.7 if n < 20 else 0.1, n < 14, None, "EUR")
        for n in range(23)
    ]
    drawn = calibration(RecordShown("rep", "the rep's own call", track_record(held), True, 0))
    assert drawn is not None
    assert [mark.few for mark in drawn.marks] == [True, False]
    few, many = drawn.marks
    assert (few.low - few.high) > (many.low - many.high), "three forecasts tell less than twenty"
    assert calibration(RecordShown("gates", "the gates", None, False, 3)) is None


def test_marks_are_round_and_reach_the_end() -> None:
    assert ticks(370_000) == [0, 100_000, 200_000, 300_000, 400_000]
    assert ticks(1.0)[-1] >= 1.0
    assert [about(one) for one in (0, 7, 184_321, 96_000)] == ["0", "7", "180,000", "96,000"]
