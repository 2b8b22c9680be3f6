"""Somebody with a few deals among many: the database looks these up, and does not walk through all that are open."""

from __future__ import annotations

from pathlib import Path

import tests.records.models_loaded  # noqa: F401
from premortem.records.models import DealRow
from premortem.records.opening import open_ledger
from premortem.records.planning import know_the_tables

COUNTS = {"touches": 0, "people": 0, "buyers": 0, "facts": 0}


def test_a_few_deals_among_many_are_looked_up(tmp_path: Path) -> None:
    held = open_ledger(f"sqlite:///{tmp_path}/ledger.sqlite3")
    deals = DealRow.objects.using(held.alias)
    deals.bulk_create(DealRow(deal=f"d-{n:04}", name="Harbour depot", status="open", **COUNTS) for n in range(3_000))
    mine = deals.filter(status="open", deal__in=[f"d-{n:04}" for n in range(40)])
    assert "records_deal_status" in mine.explain()
    know_the_tables(held.alias)
    assert "records_deal_status" not in mine.explain()
    assert "(deal=?)" in mine.explain()
    assert mine.count() == 40
    held.close()
