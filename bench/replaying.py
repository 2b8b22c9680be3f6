"""What a replay tells of labelled deals that were not won: is the main cause among its first factors, and in time?

    python -m bench.replaying [--deals FOLDER] [--facts labels|reader] [--each]

By default on the corpus' own deals with the labels' facts. A cause is dated in time where the replay saw it no later
than the labels do.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from statistics import median

from msgspec import Struct

from bench.checks import ROOT, heard
from bench.facts import labelled_deals
from premortem.acts.witness import Witness
from premortem.checks.review import review
from premortem.learning.factors import factors
from premortem.learning.replay import replay
from premortem.listening.given import Given
from premortem.listening.readers.assembly import Assembly

FIRST = 3


class Lost(Struct, frozen=True):
    """One deal that was not won. `place` is the main cause's among the factors, from 1; None where it is not there."""

    deal: str
    cause: str
    place: int | None
    in_time: bool
    days_blind: tuple[int, ...]


def looked_back_on(deal: Path, by_labels: bool) -> Lost | None:
    """None where the deal was won."""
    truth = json.loads((deal / "truth.json").read_text(encoding="utf-8"))
    end = json.loads((deal / "deal.json").read_text(encoding="utf-8"))["outcome"]["status"]
    if end == "won":
        return None
    entries, contents = heard(deal, Given.in_file(deal / "truth.json") if by_labels else Assembly.found())
    reviewed = review(entries)
    found = factors(replay(entries), reviewed.findings, end)
    cause = truth["cause"]["real"]
    place = next((number for number, one in enumerate(found, 1) if one.check == cause), None)
    touches = sorted(one.name for one in (deal / "touches").iterdir())
    witness = Witness(reviewed.deal, contents)
    seen = next((witness.touch_name(one.visible) for one in found if one.check == cause and one.visible), None)
    labelled = next((flag["first_visible"] for flag in truth["flags"] if flag["flag"] == cause), None)
    in_time = seen is not None and labelled is not None and touches.index(seen) <= touches.index(labelled)
    return Lost(deal.name, cause, place, in_time, tuple(one.days_blind for one in found))


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--deals", type=Path, default=ROOT / "corpus" / "deals")
    ask.add_argument("--facts", choices=("labels", "reader"), default="labels")
    ask.add_argument("--each", action="store_true")
    asked = ask.parse_args()
    looked = [looked_back_on(deal, asked.facts == "labels") for deal in labelled_deals(asked.deals)]
    lost = [one for one in looked if one is not None]
    if asked.each:
        for one in lost:
            sys.stdout.write(f"{one.deal}: {one.cause} at {one.place}, {'in time' if one.in_time else 'late'}\n")
    among = sum(one.place is not None and one.place <= FIRST for one in lost)
    first, in_time = sum(one.place == 1 for one in lost), sum(one.in_time for one in lost)
    blind = [days for one in lost for days in one.days_blind]
    sys.stdout.write(
        f"{len(lost)} deals that were not won: the main cause among the first {FIRST} factors in {among} "
        f"({among / max(1, len(lost)):.2f}), first in {first}, seen in time in {in_time} "
        f"({in_time / max(1, len(lost)):.2f}); {median(blind) if blind else 0:.0f} days blind in the middle\n"
    )


if __name__ == "__main__":
    main()
