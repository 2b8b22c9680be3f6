"""What a review finds anew is noted with its moment, for as long as it stands."""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec.structs import replace

from premortem.ledger.store import Reviewed, spaced
from premortem.records.opening import Ledger
from tests.records.test_reviews import reviewed


def found(*checks: str) -> Reviewed:
    return replace(reviewed("a", 3), raised=spaced(checks))


def noted(ledger: Ledger) -> dict[tuple[str, str], datetime]:
    from premortem.records.models import RaisedRow

    return {(one.deal, one.finding): one.at for one in RaisedRow.objects.using(ledger.alias)}


def test_a_first_review_is_no_news_and_each_later_finding_is_until_it_is_gone(ledger: Ledger) -> None:
    ledger.reviews.keep([found("no_coach")])
    assert noted(ledger) == {}
    began = datetime.now(UTC)
    ledger.reviews.keep([found("no_coach", "gone_quiet")])
    first = noted(ledger)
    assert set(first) == {("a", "gone_quiet")}
    assert began <= first["a", "gone_quiet"] <= datetime.now(UTC)
    ledger.reviews.keep([found("no_coach", "gone_quiet", "no_champion")])
    assert noted(ledger)["a", "gone_quiet"] == first["a", "gone_quiet"], "what stands is new once"
    ledger.reviews.keep([found("no_coach", "no_champion")])
    assert set(noted(ledger)) == {("a", "no_champion")}
    ledger.reviews.keep([found("gone_quiet", "no_champion")])
    assert noted(ledger)["a", "gone_quiet"] > first["a", "gone_quiet"], "what comes again is new again"


def test_each_deal_has_its_own_news(ledger: Ledger) -> None:
    ledger.reviews.keep([found("no_coach"), replace(found("no_coach"), deal="b")])
    ledger.reviews.keep([found("no_coach", "gone_quiet"), replace(found(), deal="b")])
    assert set(noted(ledger)) == {("a", "gone_quiet")}
