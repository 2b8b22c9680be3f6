"""The sample company: every deal is reviewed, the told ones say what they are told for, the healthy one is quiet."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from premortem.acts.bringing_in.read import hear_folder
from premortem.acts.looking.review import ReviewDocument, review
from premortem.sample.place import DEALS

NOW = datetime(2026, 11, 22, tzinfo=UTC)
FOLDERS = sorted(one for one in DEALS.iterdir() if one.is_dir())


def reviewed(folder: Path) -> ReviewDocument:
    ledger, done = hear_folder(folder, NOW)
    assert done.left_out == []
    return review(ledger.store.read(done.deal), ledger.contents)


def test_there_are_forty() -> None:
    assert len(FOLDERS) == 40


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_finding_of_every_deal_can_be_shown(folder: Path) -> None:
    document = reviewed(folder)
    assert document.failed == []
    for finding in document.findings:
        assert finding.evidence or finding.touches
        assert "[erased]" not in finding.says
        assert "{" not in finding.says + finding.ask.question
        for cited in finding.evidence:
            assert cited.quote.strip()


def test_the_hosting_deal_hangs_on_a_developer_who_does_not_decide() -> None:
    found = {finding.check: finding for finding in reviewed(FOLDERS[0]).findings}
    assert "Rupesh Solanki" in found["single_threaded"].says
    refused = found["introduction_refused"]
    assert "Maxine" in refused.says
    assert "leave Maxine with me" in refused.evidence[0].quote
    assert "Maxine" in found["stakeholder_unmet"].says
    assert {"economic_buyer_unknown", "economic_buyer_unmet"} & set(found)


def test_the_complex_sale_was_pushed_past_a_door_that_stayed_shut() -> None:
    found = {finding.check: finding for finding in reviewed(FOLDERS[1]).findings}
    assert {"introduction_refused", "close_date_unbacked", "seller_dominates"} <= set(found)
    assert found["introduction_refused"].severity == "high"
    assert "Liesbeth" in found["introduction_refused"].says


def test_the_healthy_deal_raises_nothing_severe() -> None:
    assert [one.check for one in reviewed(FOLDERS[2]).findings if one.severity == "high"] == []
