"""What each setting of `--sure` gives, on labelled deals that training kept out: the tables of docs/readers.md.

    python -m bench.settings [--deals FOLDER] [--keep-out N]

With `--deals` it prints the tables for those deals and leaves the page alone.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from bench.counting import Counts, short
from bench.facts import Item, found_in, labelled_deals, matched, mean_f1, truth_of, whole
from bench.page import write_measured
from premortem.ledger.claims import CLAIMS
from premortem.listening.readers.assembly import SURE_ENOUGH, Assembly
from training.corpus import HOLD_OUT, kept_out, talks

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "readers.md"
SETTINGS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)

Pair = tuple[list[Item], list[Item]]
"""What a deal's truth holds, and all that was found in it, however unsure."""


def heard(deals: Sequence[Path]) -> list[Pair]:
    readers = Assembly.found(sure=0.0)
    return [(truth_of(deal), found_in(deal, readers)) for deal in deals]


def at(pairs: Sequence[Pair], least: float) -> dict[str, Counts]:
    """Counts by claim of what is at least so sure."""
    per: dict[str, Counts] = defaultdict(Counts)
    for truth, found in pairs:
        for claim, counts in matched(truth, [one for one in found if one.confidence >= least]).items():
            per[claim] = per[claim].plus(counts)
    return dict(per)


def believed(pairs: Sequence[Pair], low: float, high: float) -> Counts:
    """Of the facts given with a confidence from `low` up to `high`, how many are right and how many wrong."""
    told = Counts()
    for truth, found in pairs:
        some = whole(matched(truth, [one for one in found if low <= one.confidence < high]))
        told = told.plus(Counts(some.right, some.wrong))
    return told


def tables(pairs: Sequence[Pair], on: str) -> str:
    facts = sum(len(truth) for truth, _ in pairs)
    lines = [f"Measured on {on}: {len(pairs)} deals, {facts:,} facts.", ""]
    lines += ["| `--sure` | precision | recall | F1 | mean F1 of the claims |", "|---|---|---|---|---|"]
    for least in SETTINGS:
        per = at(pairs, least)
        all_ = whole(per)
        name = f"{least} (as it comes)" if least == SURE_ENOUGH else f"{least}"
        figures = " | ".join(map(short, (all_.precision, all_.recall, all_.f1, mean_f1(per))))
        lines.append(f"| {name} | {figures} |")
    lines += ["", "| given with | facts | right |", "|---|---|---|"]
    for low in SETTINGS:
        told = believed(pairs, low, low + 0.1 if low < 0.9 else 1.01)
        if told.right + told.wrong:
            lines.append(f"| {low:.1f} to {low + 0.1:.1f} | {told.right + told.wrong} | {short(told.precision)} |")
    lines += ["", "| claim | labelled | precision | recall | F1 |", "|---|---|---|---|---|"]
    per = at(pairs, SURE_ENOUGH)
    for claim in CLAIMS:
        one = per.get(claim, Counts())
        if one.right + one.missed:
            figures = " | ".join(map(short, (one.precision, one.recall, one.f1)))
            lines.append(f"| `{claim}` | {one.right + one.missed} | {figures} |")
    return "\n".join(lines)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--corpus", type=Path, default=ROOT / "corpus")
    ask.add_argument("--deals", type=Path)
    ask.add_argument("--keep-out", type=int, default=HOLD_OUT, metavar="N")
    asked = ask.parse_args()
    if asked.deals is not None:
        sys.stdout.write(tables(heard(labelled_deals(asked.deals)), "deals by other hands") + "\n")
        return
    out = kept_out((talk.source for talk in talks(asked.corpus)), asked.keep_out)
    deals = [deal for deal in labelled_deals(asked.corpus / "deals") if deal.name in out]
    write_measured(PAGE, tables(heard(deals), "deals of the corpus that training keeps out"))


if __name__ == "__main__":
    main()
