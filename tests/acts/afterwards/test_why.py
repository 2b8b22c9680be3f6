"""Replays of deals that ended are kept; the five questions are answered from them, with few shown as few."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import tests.records.models_loaded  # noqa: F401
from premortem.acts.afterwards.post_mortem import outcome_said
from premortem.acts.afterwards.replaying import replay_changed
from premortem.acts.afterwards.why import wanted, why
from premortem.acts.afterwards.why_ages import ages
from premortem.acts.afterwards.why_deals import deals_behind
from premortem.errors import Unknown
from premortem.ledger.entries import Changed, Entry, Outcome
from premortem.records.models import DealRow
from premortem.records.opening import Ledger, open_ledger
from premortem.records.replays import Age, Replays
from tests.learning.test_why import EVERYTHING_KNOWN, NEVER_MET, NOBODY_SIGNS
from tests.telling import told

TODAY = date(2026, 6, 20)
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def add(held: Ledger, deal: str, story: str, amount: float | None = None) -> None:
    entries = [Entry(deal, one.at, one.learned, one.author, one.body) for one in told(story)]
    if amount is not None:
        entries.append(Entry(deal, entries[0].at, entries[0].at, "import:story", Changed("amount", amount)))
    held.store.append(entries)
    held.reading.refresh(deal)


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Ledger]:
    opened = open_ledger(f"sqlite:///{tmp_path}/ledger.sqlite3")
    add(opened, "mill", EVERYTHING_KNOWN, 40_000)
    add(opened, "depot", NOBODY_SIGNS, 2_000)
    add(opened, "harbour", NEVER_MET)
    add(opened, "long-ago", NEVER_MET.replace("2026-", "2025-"))
    add(opened, "open", "\n".join(NOBODY_SIGNS.splitlines()[:-1]))
    replay_changed(opened, Replays(opened.alias))
    yield opened
    opened.close()


def test_only_what_changed_is_replayed_again(held: Ledger) -> None:
    replays = Replays(held.alias)
    assert replay_changed(held, replays) == 0
    held.store.append([Entry("depot", NOON, NOON, "user:ines", Outcome("lost", "Brightline"))])
    held.reading.refresh("depot")
    seen: list[str] = []
    assert replay_changed(held, replays, progress=lambda deal, done, of: seen.append(deal)) == 1
    assert seen == ["depot"]


def test_the_caution_counts_the_comparisons_that_the_page_shows(held: Ledger) -> None:
    document = why(Replays(held.alias), wanted(None, None, TODAY))
    against = sum(one.more is not None for question in document.questions for one in question.against)
    rows = sum(row.more is not None for row in document.moved)
    assert document.cautions[-1].startswith(f"{against + rows} comparisons stand on this page")


def test_lost_says_to_nobody_where_nobody_said_so(held: Ledger) -> None:
    document = why(Replays(held.alias), wanted(None, None, TODAY))
    assert [one.called for one in document.questions[0].by_end] == ["won", "lost", "no decision"]
    assert outcome_said(Outcome("lost")) == "We lost it, and nobody has said to whom."
    assert outcome_said(Outcome("lost", "Brightline")) == "A rival won it: Brightline."


def test_each_question_is_answered_by_how_deals_ended(held: Ledger) -> None:
    document = why(Replays(held.alias), wanted(None, None, TODAY))
    assert document.ended == {"won": 1, "lost": 1, "other_way": 0, "no_decision": 1}
    reached = document.questions[0]
    assert {one.end: (one.yes.some, one.yes.of, one.unknown) for one in reached.by_end} == {
        "won": (1, 1, 0),
        "lost": (0, 1, 0),
        "no_decision": (0, 0, 1),
    }
    assert all(one.yes.few for one in reached.by_end)
    assert [one.tells for one in reached.against] == [False, False], "one against one tells nothing"
    assert reached.against[1].more is None
    assert (document.lost_to_no_decision.some, document.lost_to_no_decision.of) == (1, 2)
    assert "3 deals are few" in document.cautions[1]


def test_the_period_before_is_as_long_and_stands_beside_it(held: Ledger) -> None:
    document = why(Replays(held.alias), wanted(None, None, TODAY))
    assert (document.first, document.before_first, document.before_last) == ("2025-06-21", "2024-06-21", "2025-06-20")
    won = document.moved[-1]
    assert ((won.before.some, won.before.of), (won.now.some, won.now.of)) == ((0, 1), (1, 3))
    assert won.says == "can't tell"


def test_causes_and_days_blind_are_told_of_what_was_not_won(held: Ledger) -> None:
    document = why(Replays(held.alias), wanted(None, None, TODAY))
    assert [one.end for one in document.causes] == ["lost", "no_decision"]
    assert document.causes[0].causes[0].first.of == 1
    assert {one.check for one in document.blind} >= {"economic_buyer_unmet"}
    assert all(one.most == 0 for one in document.blind), "all was learned on its day"


def test_a_segment_narrows_it_and_one_that_is_not_there_is_refused(held: Ledger) -> None:
    replays = Replays(held.alias)
    segment = replays.segments()[0]
    assert why(replays, wanted(None, None, TODAY, segment)).deals == 1
    with pytest.raises(Unknown, match="no deal that ended has the segment"):
        why(replays, wanted(None, None, TODAY, "a great many"))
    with pytest.raises(Unknown, match="is after"):
        wanted(date(2026, 2, 1), date(2026, 1, 1), TODAY)


def test_nothing_ended_is_told_as_nothing(held: Ledger) -> None:
    document = why(Replays(held.alias), wanted(date(2020, 1, 1), date(2020, 2, 1), TODAY))
    assert (document.deals, document.ages, document.causes, document.blind) == (0, None, [], [])
    assert all(one.by_end == [] for one in document.questions)


def test_only_the_deals_that_may_be_seen_count(held: Ledger) -> None:
    seen = DealRow.objects.using(held.alias).filter(deal="mill")
    document = why(Replays(held.alias, seen), wanted(None, None, TODAY))
    assert (document.deals, document.ended["won"]) == (1, 1)
    assert deals_behind(held, Replays(held.alias, seen), wanted(None, None, TODAY), "reached", "no").deals == []


def test_behind_an_answer_stand_its_deals_with_why(held: Ledger) -> None:
    asked = wanted(None, None, TODAY)
    told_of = deals_behind(held, Replays(held.alias), asked, "reached", "unknown", "no_decision")
    assert [(one.deal, one.said, one.end) for one in told_of.deals] == [("depot", "unknown", "no decision")]
    assert (told_of.deals[0].why, told_of.deals[0].quotes) == ("Nobody is known to give the final yes", [])
    assert deals_behind(held, Replays(held.alias), asked, "reached", "yes", "lost").total == 0
    with pytest.raises(Unknown, match="who did it"):
        deals_behind(held, Replays(held.alias), asked, "who did it")


def an_age(created: date, ended: date | None, status: str) -> Age:
    def at(day: date) -> datetime:
        return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)

    return Age(at(created), at(ended) if ended else None, status, None, None)


def test_ends_exclude_one_another_by_age() -> None:
    told_of = [
        an_age(date(2026, 1, 1), date(2026, 1, 11), "won"),
        an_age(date(2026, 1, 1), date(2026, 1, 21), "lost"),
        an_age(date(2026, 1, 1), date(2026, 1, 31), "no_decision"),
        an_age(date(2026, 1, 1), None, "open"),
    ]
    found = ages(told_of, date(2026, 1, 1), date(2026, 3, 1))
    assert found is not None
    last = {one.end: one.shares[-1] for one in found.curves}
    assert last == pytest.approx({"won": 0.25, "lost": 0.25, "no_decision": 0.25}), "nobody left early: plain shares"
    assert (found.deals, found.ended) == (4, 3)
    won = next(one for one in found.curves if one.end == "won")
    assert won.shares[:12] == pytest.approx([0.0] * 10 + [0.25] * 2), "on the eleventh day it climbs"


def test_a_deal_counts_only_while_it_was_under_watch() -> None:
    ended_before = an_age(date(2025, 1, 1), date(2025, 12, 1), "lost")
    began_after = an_age(date(2026, 5, 1), date(2026, 6, 1), "lost")
    ended_after = an_age(date(2026, 1, 1), date(2026, 4, 1), "lost")
    old = an_age(date(2025, 12, 22), date(2026, 1, 11), "won")
    found = ages([ended_before, began_after, ended_after, old], date(2026, 1, 1), date(2026, 3, 1))
    assert found is not None
    assert (found.deals, found.ended, [one.end for one in found.curves]) == (2, 1, ["won"])
    assert found.at_risk[0] == 1, "the older one came under watch at ten days"
    assert ages([ended_after], date(2026, 1, 1), date(2026, 3, 1)) is None
