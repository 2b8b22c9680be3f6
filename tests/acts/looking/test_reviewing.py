"""Reviews that are kept: made once, and again only where something changed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from textwrap import dedent

import msgspec
import pytest

import tests.records.models_loaded  # noqa: F401
from bench.dealing import made_up, one_more_touch
from premortem.acts.looking import reviewing
from premortem.acts.looking.overview import overview
from premortem.acts.looking.reviewing import review_changed
from premortem.acts.playbook import Rules, rules_of
from premortem.checks.base import Answer, Clear
from premortem.checks.review import review
from premortem.ledger.contents import MemoryLedger
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Entry, Finding, Waiver
from premortem.ledger.norms import Norms
from premortem.ledger.store import Ledger
from premortem.playbook.reading import no_playbook
from premortem.records.opening import open_ledger
from tests.telling import told

DEALS = ("a", "b", "c")


@pytest.fixture(params=["memory", "sqlite"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    opened = MemoryLedger() if request.param == "memory" else open_ledger(f"sqlite:///{tmp_path}/ledger.sqlite3")
    for number, deal in enumerate(DEALS):
        opened.store.append(made_up(deal, 50, random.Random(number), ended=deal == "c"))
    yield opened
    if not isinstance(opened, MemoryLedger):
        opened.close()


def seen_by(ledger: Ledger, rules: Rules | None = None, today: date | None = None) -> list[str]:
    """The deals that are reviewed again."""
    seen: list[str] = []
    reviewing.DEALS_AT_ONCE, before = 1, reviewing.DEALS_AT_ONCE
    try:
        review_changed(ledger, rules, today, progress=lambda deal, done, of: seen.append(deal))
    finally:
        reviewing.DEALS_AT_ONCE = before
    return seen


def test_a_deal_is_reviewed_once_and_then_after_each_new_touch(ledger: Ledger) -> None:
    assert seen_by(ledger) == list(DEALS)
    assert seen_by(ledger) == []
    ledger.store.append(one_more_touch(ledger.store.read("b"), random.Random(9)))
    assert seen_by(ledger) == ["b"]
    assert seen_by(ledger) == []


def test_what_is_kept_is_what_a_review_says(ledger: Ledger) -> None:
    review_changed(ledger)
    for kept in ledger.reviews.all():
        found = review(ledger.store.read(kept.deal))
        assert msgspec.json.decode(kept.findings, type=tuple[Finding, ...]) == found.findings
        assert (kept.entries, kept.as_of) == (50, found.deal.as_of)
        assert kept.gravest == (found.likely_cause[0] if found.likely_cause else None)
        assert kept.high + kept.medium + kept.low == len(found.findings)


def test_only_the_deals_asked_for_are_reviewed(ledger: Ledger) -> None:
    assert review_changed(ledger, only=["a"]) == 1
    assert [one.deal for one in ledger.reviews.all()] == ["a"]
    assert review_changed(ledger, only=[]) == 0


def test_other_checks_or_norms_review_everything_again(ledger: Ledger) -> None:
    def fine(deal: Deal, norms: Norms) -> Answer:
        return Clear("fine")

    seen_by(ledger)
    with_fine = msgspec.structs.replace(no_playbook(), put={"fine": fine})
    assert seen_by(ledger, Rules(with_fine, ledger)) == list(DEALS)
    assert seen_by(ledger) == list(DEALS)
    patient = msgspec.structs.replace(no_playbook(), thresholds={"silence_days": Norms().cycle_days})
    assert seen_by(ledger, Rules(patient, ledger)) == list(DEALS)


def test_a_review_holds_until_a_waiver_in_it_ends(ledger: Ledger) -> None:
    review_changed(ledger)
    found, ends = review(ledger.store.read("a")), date(2030, 1, 1)
    last = found.deal.touches[-1].at
    ledger.store.append([Entry("a", last, last, "user:ines", Waiver(found.findings[0].check, "0" * 64, ends))])
    assert seen_by(ledger, today=date(2029, 12, 1)) == ["a", "b"]
    assert seen_by(ledger, today=ends) == ["a", "b"]
    assert set_aside(ledger, "a", found.findings[0].check)
    assert seen_by(ledger, today=date(2030, 1, 2)) == ["a", "b"]
    assert not set_aside(ledger, "a", found.findings[0].check)


def set_aside(ledger: Ledger, deal: str, check: str) -> bool:
    (kept,) = (one for one in ledger.reviews.all() if one.deal == deal)
    return check not in {one.check for one in msgspec.json.decode(kept.findings, type=tuple[Finding, ...])}


def test_a_deal_that_goes_on_is_looked_at_again_each_day(ledger: Ledger) -> None:
    last = max(one.at for one in ledger.store.read("a")).date()
    assert seen_by(ledger, today=last) == list(DEALS)
    assert seen_by(ledger, today=last) == []
    assert seen_by(ledger, today=last + timedelta(days=1)) == ["a", "b"], "the third has ended"
    assert seen_by(ledger) == [], "whoever asks for no day takes what is there"


def test_silence_grows_without_any_touch() -> None:
    story = """
    deal: Harbour depot
    sellers: Ines
    buyers: Tom
    2026-01-05 call: Ines 50%, Tom 50%
      Tom pain_stated "it freezes shut"
    2026-01-12 call: Ines 50%, Tom 50%
      Tom success_criteria_stated "half the queue"
    """
    held = MemoryLedger()
    entries = told(dedent(story))
    held.store.append(entries)

    def quiet(today: date) -> bool:
        review_changed(held, today=today)
        (kept,) = held.reviews.all()
        return "gone_quiet" in {one.check for one in msgspec.json.decode(kept.findings, type=tuple[Finding, ...])}

    assert [quiet(date(2026, 1, 20)), quiet(date(2026, 4, 1))] == [False, True]


def test_the_list_of_deals_reads_what_is_kept(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    before = overview(ledger)
    assert [line.deal.id for line in before][-1] == "c"

    def never(*told: object, **more: object) -> None:
        raise AssertionError("nothing changed, so nothing is to be reviewed")

    monkeypatch.setattr(reviewing, "review", never)
    assert overview(ledger) == before


def test_processes_make_the_same_reviews_as_one_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = []
    for worth in (1, 1_000):
        monkeypatch.setattr(reviewing, "WORTH_A_PROCESS", worth)
        monkeypatch.setattr(reviewing, "DEALS_AT_ONCE", 2)
        opened = open_ledger(f"sqlite:///{tmp_path}/{worth}.sqlite3")
        for number, deal in enumerate("abcdefg"):
            opened.store.append(made_up(deal, 30, random.Random(number)))
        assert review_changed(opened, rules_of(opened)) == 7
        kept.append(list(opened.reviews.all()))
        opened.close()
    assert kept[0] == kept[1]
