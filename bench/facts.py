"""How many facts of labelled deals a reader finds, and how many it makes up.

A labelled deal is a folder with `deal.json`, `touches/` and `truth.json`; its outcome and its truth are hidden from the
reader. In a call an item is a claim in a turn; in a mail or a note it is a claim with its quote, and two quotes are the
same where they share half the words of the shorter one.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from bench.counting import Counts
from premortem.acts.bringing_in.read import read
from premortem.listening.readers.assembly import Readers

NOW = datetime(2026, 6, 1, tzinfo=UTC)
"""When all is read, so that a run tomorrow reads the same."""


class Item(NamedTuple):
    """A fact as it is counted; `turn` is None in a mail or a note."""

    touch: str
    turn: int | None
    claim: str
    quote: str
    confidence: float = 1.0


def labelled_deals(folder: Path) -> list[Path]:
    """The labelled deals below a folder, in the order of their names. Raises SystemExit where there is none."""
    found = sorted(one.parent for one in folder.glob("*/truth.json"))
    if not found:
        raise SystemExit(f"{folder}: no labelled deal here. Give a folder that holds folders with a truth.json each.")
    return found


def measure(deals: Sequence[Path], readers: Readers) -> dict[str, Counts]:
    """Counts by claim over all these deals."""
    per: dict[str, Counts] = defaultdict(Counts)
    for deal in deals:
        for claim, counts in matched(truth_of(deal), found_in(deal, readers)).items():
            per[claim] = per[claim].plus(counts)
    return dict(per)


def truth_of(deal: Path) -> list[Item]:
    told: dict[str, Any] = json.loads((deal / "truth.json").read_text(encoding="utf-8"))
    return [Item(fact["touch"], fact.get("turn"), fact["claim"], fact["quote"]) for fact in told["facts"]]


@contextmanager
def as_if_open(deal: Path) -> Iterator[Path]:
    """A copy of a labelled deal that looks as if it were still open: neither its outcome nor its truth is there."""
    with tempfile.TemporaryDirectory() as above:
        copy = Path(above) / deal.name
        shutil.copytree(deal / "touches", copy / "touches")
        row = json.loads((deal / "deal.json").read_text(encoding="utf-8"))
        row.pop("outcome", None)
        (copy / "deal.json").write_text(json.dumps(row), encoding="utf-8")
        yield copy


def found_in(deal: Path, readers: Readers) -> list[Item]:
    """What readers hear in a deal that looks as if it were still open."""
    with as_if_open(deal) as copy:
        document = read(copy, NOW, readers=readers)
    if document.left_out:
        raise SystemExit(f"{deal.name}: {document.left_out[0].why}")
    return [Item(fact.touch, fact.turn, fact.claim, fact.quote, fact.confidence) for fact in document.facts]


def matched(truth: Sequence[Item], found: Sequence[Item]) -> dict[str, Counts]:
    """Each fact of the truth takes one that was found; a claim found twice in a turn is no error."""
    pool: dict[tuple[str, int | None, str], list[Item]] = defaultdict(list)
    for item in found:
        pool[item[:3]].append(item)
    per: dict[str, Counts] = defaultdict(Counts)
    for item in truth:
        left = pool[item[:3]]
        hit = next((one for one in left if item.turn is not None or same_quote(one.quote, item.quote)), None)
        if hit is not None:
            left.remove(hit)
        per[item.claim] = per[item.claim].plus(Counts(missed=1) if hit is None else Counts(right=1))
    carried = {item[:3] for item in truth if item.turn is not None}
    for key, left in pool.items():
        wrong = len(left) if key[1] is None else int(bool(left) and key not in carried)
        if wrong:
            per[key[2]] = per[key[2]].plus(Counts(wrong=wrong))
    return dict(per)


def same_quote(one: str, other: str) -> bool:
    """Whether one holds half the words of the shorter one, in any order."""
    first, second = (Counter(re.findall(r"\w+", text.lower())) for text in (one, other))
    shorter = min(first.total(), second.total())
    return shorter > 0 and (first & second).total() * 2 >= shorter


def whole(per: dict[str, Counts]) -> Counts:
    total = Counts()
    for counts in per.values():
        total = total.plus(counts)
    return total


def mean_f1(per: dict[str, Counts]) -> float:
    """The mean of the F1 of each claim that the truth holds."""
    told = [counts.f1 for counts in per.values() if counts.right + counts.missed]
    return sum(told) / max(1, len(told))
