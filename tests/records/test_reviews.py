"""Reviews that are kept on a database: the newest of each deal, and only as long as they hold."""

from __future__ import annotations

from datetime import UTC, date, datetime

from msgspec.structs import replace

from premortem.ledger.entries import Changed
from premortem.ledger.store import Reviewed
from premortem.records.opening import Ledger
from tests.records.writers import a_deal, entry

DAY = datetime(2026, 3, 1, 23, 59, 59, 999999, tzinfo=UTC)


def reviewed(deal: str, entries: int, until: date | None = None) -> Reviewed:
    return Reviewed(deal, entries, "these checks", until, DAY, 2, 1, 0, "gone_quiet", 0, '{"id":"x"}', "[]")


def test_what_is_kept_comes_back_as_it_was_in_the_order_of_ids(ledger: Ledger) -> None:
    some = [reviewed(deal, 3) for deal in ("b", "B", "a-b", "ab")]
    ledger.reviews.keep(some)
    assert list(ledger.reviews.all()) == sorted(some, key=lambda one: one.deal)


def test_a_newer_review_takes_the_place_of_an_older_one(ledger: Ledger) -> None:
    ledger.reviews.keep([reviewed("a", 3), reviewed("b", 3)])
    newer = replace(reviewed("a", 4), gravest=None)
    ledger.reviews.keep([newer])
    assert list(ledger.reviews.all()) == [newer, reviewed("b", 3)]
    ledger.reviews.forget()
    assert list(ledger.reviews.all()) == []


def test_a_review_no_longer_holds_once_its_deal_has_moved(ledger: Ledger) -> None:
    for deal in ("a", "b"):
        ledger.store.append(a_deal(deal))
    entries = len(a_deal())
    assert ledger.reviews.outdated("these checks") == ["a", "b"]
    ledger.reviews.keep([reviewed("a", entries), reviewed("b", entries)])
    assert ledger.reviews.outdated("these checks") == []
    assert ledger.reviews.outdated("other checks") == ["a", "b"]
    ledger.store.append([entry("b", 9, Changed("stage", "Proposal"))])
    assert ledger.reviews.outdated("these checks") == ["b"]
    assert ledger.reviews.outdated("these checks", among=["a"]) == []
    assert ledger.reviews.outdated("these checks", among=["a", "b"]) == ["b"]
    assert ledger.reviews.outdated("these checks", among=[]) == []


def test_a_review_with_a_waiver_holds_until_the_waivers_last_day(ledger: Ledger) -> None:
    ledger.store.append(a_deal("a"))
    ledger.reviews.keep([reviewed("a", len(a_deal()), date(2026, 3, 31))])
    assert ledger.reviews.outdated("these checks") == []
    assert ledger.reviews.outdated("these checks", date(2026, 3, 31)) == []
    assert ledger.reviews.outdated("these checks", date(2026, 4, 1)) == ["a"]


def test_deals_are_read_a_few_at_once(ledger: Ledger) -> None:
    for deal in ("a", "b", "c"):
        ledger.store.append(a_deal(deal))
    assert dict(ledger.store.read_each(["c", "a", "not there"])) == {
        "a": ledger.store.read("a"),
        "c": ledger.store.read("c"),
    }
    assert list(ledger.store.read_each([])) == []


def test_another_process_opens_the_same_ledger(ledger: Ledger) -> None:
    ledger.store.append(a_deal("a"))
    again = ledger.elsewhere()()
    assert (again.place, again.store.deals()) == (ledger.place, ["a"])
    again.close()
