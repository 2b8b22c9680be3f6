"""How fast all deals of a ledger on SQLite are reviewed, whether the time is linear, and what one new touch costs.

    python -m bench.reviewing [--deals 10000 50000 100000] [--entries 50] [--facts 5] [--replays 200]

Writes its figures to build/bench/reviewing.json. The deals are made up, from a seed (`dealing.py`); contents are left
out. `cpu` is the processors' time of all processes together: the same where nothing else is running.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.dealing import FACTS_A_TOUCH, made_up, one_more_touch
from premortem.acts.looking.overview import overview
from premortem.acts.looking.reviewing import review_changed
from premortem.acts.many_deals import AT_MOST
from premortem.checks.catalogue import checks
from premortem.learning.replay import replay
from premortem.records.opening import Ledger, open_ledger

RESULT = Path(__file__).parent.parent / "build" / "bench" / "reviewing.json"
A_TRANSACTION = 500
TOUCHES = 30
"""How many deals get one more touch, each reviewed at once."""


def grow(ledger: Ledger, start: int, end: int, entries: int, facts: int) -> None:
    """Add the deals from one number to another; every third has ended."""
    for first in range(start, end, A_TRANSACTION):
        with ledger.transaction():
            for number in range(first, min(first + A_TRANSACTION, end)):
                chance = random.Random(number)
                ledger.store.append(made_up(f"deal-{number:06}", entries, chance, number % 3 == 0, facts))


def spent(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and seconds of the processors in this process and in those it started."""
    wall, cpu = time.perf_counter(), _cpu()
    work()
    return time.perf_counter() - wall, _cpu() - cpu


def _cpu() -> float:
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def peak_mb() -> float:
    """The most memory that this process and all that it started can have held at once."""
    unit = 1 if sys.platform == "darwin" else 1024
    ours, theirs = (resource.getrusage(whose).ru_maxrss for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return (ours + theirs * min(os.cpu_count() or 1, AT_MOST)) * unit / 1e6


def measured(ledger: Ledger, deals: int) -> dict[str, Any]:
    """All deals reviewed, the list of them with nothing to review, and single touches."""
    ledger.reviews.forget()
    wall, cpu = spent(lambda: review_changed(ledger))
    listed, _ = spent(lambda: overview(ledger))
    touches = [_touch(ledger, number * deals // TOUCHES) for number in range(TOUCHES)]
    return {
        "deals": deals,
        "all_s": round(wall, 1),
        "all_cpu_s": round(cpu, 1),
        "a_deal_cpu_ms": round(1_000 * cpu / deals, 3),
        "list_s": round(listed, 2),
        "a_touch_ms": round(median(wall for wall, _ in touches) * 1_000, 1),
        "a_touch_cpu_ms": round(median(cpu for _, cpu in touches) * 1_000, 1),
        "peak_memory_mb": round(peak_mb()),
    }


def _touch(ledger: Ledger, number: int) -> tuple[float, float]:
    deal = f"deal-{number:06}"
    ledger.store.append(one_more_touch(ledger.store.read(deal), random.Random(number)))
    return spent(lambda: review_changed(ledger, only=[deal]))


def replays(deals: int) -> dict[str, Any]:
    """Closed deals of 60 entries, lived again in one process."""
    told = [made_up(f"closed-{number}", 60, random.Random(number), ended=True) for number in range(deals)]
    put = checks()
    _, cpu = spent(lambda: [replay(entries, put=put) for entries in told])
    return {"replays": deals, "a_replay_cpu_ms": round(1_000 * cpu / deals, 2)}


def show(result: dict[str, Any], console: Console) -> None:
    each = f"{result['entries']} entries, {result['facts_a_touch']} facts a touch"
    table = Table(title=f"Deals of {each}, on SQLite, {result['checks']} checks")
    names = ("deals", "all_s", "all_cpu_s", "a_deal_cpu_ms", "list_s", "a_touch_ms", "a_touch_cpu_ms", "peak_memory_mb")
    for name in names:
        table.add_column(name.replace("_", " "), justify="right")
    for mark in result["marks"]:
        table.add_row(*(f"{mark[name]:,}" for name in names))
    console.print(table)
    console.print(f"A closed deal of 60 entries is replayed in {result['a_replay_cpu_ms']} ms of a processor.")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--deals", type=int, nargs="+", default=[10_000, 50_000, 100_000])
    options.add_argument("--entries", type=int, default=50)
    options.add_argument("--facts", type=int, default=FACTS_A_TOUCH, help="facts a touch: the fewer, the more touches")
    options.add_argument("--replays", type=int, default=200)
    wanted = options.parse_args()
    console, marks, there = Console(), [], 0
    with tempfile.TemporaryDirectory() as folder:
        ledger = open_ledger(f"sqlite:///{folder}/ledger.sqlite3")
        for deals in sorted(wanted.deals):
            grow(ledger, there, deals, wanted.entries, wanted.facts)
            there = deals
            marks.append(measured(ledger, deals))
            console.print(json.dumps(marks[-1]))
        ledger.close()
    result = {
        "entries": wanted.entries,
        "facts_a_touch": wanted.facts,
        "checks": len(checks()),
        "marks": marks,
        **replays(wanted.replays),
    }
    result |= {"cores": os.cpu_count(), "python": platform.python_version()}
    show(result, console)
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=2) + "\n")
    console.print(f"Written to {RESULT.relative_to(RESULT.parent.parent.parent)}")


if __name__ == "__main__":
    main()
