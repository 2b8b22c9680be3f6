"""How well the checks see what labelled deals tell: their flags, how early, and what would lose the deal.

    python -m bench.checks [--deals FOLDER] [--facts labels|reader] [--only CHECK …] [--each]

By default on the corpus' own deals with the labels' facts, so that the checks are judged and not the reader. A flag is
right where the labels have it too; in time where it is dated no later than the label's touch. `--each` names the deals
in which a check is wrong or misses.
"""

from __future__ import annotations

import argparse
import json
import pickle
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from bench.counting import Counts
from bench.facts import NOW, as_if_open, labelled_deals, whole
from premortem.acts.bringing_in.read import hear_folder
from premortem.acts.looking.review import ReviewDocument, review
from premortem.ledger.contents import MemoryContents
from premortem.ledger.entries import Entry
from premortem.listening.given import Given
from premortem.listening.readers.assembly import Assembly, Readers

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "build" / "bench-checks"
"""Deals as they were heard, so that a check can be tried again without listening again."""


class Judged(NamedTuple):
    """A review beside the truth of its deal."""

    deal: str
    review: ReviewDocument
    truth: dict[str, Any]
    touches: list[str]
    won: bool

    def found(self) -> dict[str, str | None]:
        return {one.check: one.first_visible for one in self.review.findings}

    def wanted(self) -> dict[str, str]:
        return {one["flag"]: one["first_visible"] for one in self.truth["flags"]}

    def in_time(self, check: str) -> bool:
        seen = self.found()[check]
        return seen in self.touches and self.touches.index(seen) <= self.touches.index(self.wanted()[check])

    def cause_named(self) -> bool:
        cause = self.truth["cause"]
        top = self.review.likely_cause
        return top is not None and top.check in (cause["real"], *cause.get("others", ()))


def judged(deal: Path, by_labels: bool) -> Judged:
    truth = json.loads((deal / "truth.json").read_text(encoding="utf-8"))
    won = json.loads((deal / "deal.json").read_text(encoding="utf-8"))["outcome"]["status"] == "won"
    entries, contents = heard(deal, Given.in_file(deal / "truth.json") if by_labels else Assembly.found())
    touches = sorted(one.name for one in (deal / "touches").iterdir())
    return Judged(deal.name, review(entries, contents), truth, touches, won)


def heard(deal: Path, readers: Readers) -> tuple[list[Entry], MemoryContents]:
    """A deal's entries as these readers hear it, from disk where they did before."""
    stamp = sha256((deal / "truth.json").read_bytes()).hexdigest()[:8]
    kept = KEPT / f"{deal.name}-{readers.version}-{stamp}.pickle"
    if not kept.exists():
        with as_if_open(deal) as copy:
            ledger, done = hear_folder(copy, NOW, readers=readers)
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps((list(ledger.store.read(done.deal)), ledger.contents)))
    entries, contents = pickle.loads(kept.read_bytes())
    return entries, contents


def by_check(all_judged: Iterable[Judged]) -> dict[str, Counts]:
    per: dict[str, Counts] = defaultdict(Counts)
    for one in all_judged:
        found, wanted = one.found(), one.wanted()
        for check in found.keys() | wanted.keys():
            right, there = check in found and check in wanted, check in found
            per[check] = per[check].plus(Counts(int(right), int(there and not right), int(not there)))
    return dict(sorted(per.items()))


def report(all_judged: Sequence[Judged], only: Sequence[str], each: bool) -> str:
    per = by_check(all_judged)
    lines = [f"{'check':28}{'right':>6}{'wrong':>6}{'missed':>7}{'P':>6}{'R':>6}{'F1':>6}{'in time':>9}"]
    times: list[bool] = []
    for check, counts in per.items():
        early = [one.in_time(check) for one in all_judged if check in one.found() and check in one.wanted()]
        times += early
        if only and check not in only:
            continue
        in_time = f"{sum(early) / len(early):9.2f}" if early else ""
        figures = f"{counts.precision:6.2f}{counts.recall:6.2f}{counts.f1:6.2f}{in_time}"
        lines.append(f"{check:28}{counts.right:6}{counts.wrong:6}{counts.missed:7}{figures}")
        if each:
            lines += [line for one in all_judged for line in _differs(one, check)]
    total = whole(per)
    not_won = [one for one in all_judged if not one.won]
    named = sum(one.cause_named() for one in not_won) / max(1, len(not_won))
    real = sum(
        one.review.likely_cause is not None and one.review.likely_cause.check == one.truth["cause"]["real"]
        for one in not_won
    ) / max(1, len(not_won))
    lines.append(f"all flags: P {total.precision:.3f} R {total.recall:.3f} F1 {total.f1:.3f}")
    lines.append(f"in time {sum(times) / max(1, len(times)):.3f}; cause real {real:.3f}, among those named {named:.3f}")
    return "\n".join(lines)


def _differs(one: Judged, check: str) -> Iterable[str]:
    found, wanted = one.found(), one.wanted()
    if check in found and check not in wanted:
        says = next(finding.says for finding in one.review.findings if finding.check == check)
        yield f"    wrong   {one.deal}: {says}"
    elif check in wanted and check not in found:
        why = next(flag["why"] for flag in one.truth["flags"] if flag["flag"] == check)
        yield f"    missed  {one.deal}: {why}"
    elif check in found and not one.in_time(check):
        yield f"    late    {one.deal}: {found[check]}, the labels say {wanted[check]}"


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--deals", type=Path, default=ROOT / "corpus" / "deals")
    ask.add_argument("--facts", choices=("labels", "reader"), default="labels")
    ask.add_argument("--only", nargs="+", default=(), metavar="CHECK")
    ask.add_argument("--each", action="store_true")
    asked = ask.parse_args()
    all_judged = [judged(deal, asked.facts == "labels") for deal in labelled_deals(asked.deals)]
    sys.stdout.write(report(all_judged, asked.only, asked.each) + "\n")


if __name__ == "__main__":
    main()
