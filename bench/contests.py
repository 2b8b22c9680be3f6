"""How long a contest takes to compute: 10,000 people, 1,000,000 bookings. Bound: 2 seconds.

    python -m bench.contests [--people 10000] [--bookings 1000000]

In memory (bookings are there as tuples), cold from a CSV file, and cold from SQLite as the program reads it; cold is a
process of its own, timed from before it opens the file, the time of starting Python and Django apart.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import msgspec

from premortem.contests.bookings import Lines, tally
from premortem.contests.contest import METRICS, Contest, Person
from premortem.contests.standings import Standings, standings

WITHIN = 2.0
FIRST = date(2026, 1, 1)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 1 where one is over the bound or two ways disagree."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=10_000)
    asked.add_argument("--bookings", type=int, default=1_000_000)
    asked.add_argument("--cold", nargs=3, metavar=("WHERE", "FILE", "CONTEST"))
    told = asked.parse_args(arguments)
    if told.cold:
        return _cold(*told.cold)
    with tempfile.TemporaryDirectory() as folder:
        return _all(Path(folder), told.people, told.bookings)


def _all(folder: Path, people: int, bookings: int) -> int:
    _write(folder / "bookings.csv", people, bookings)
    slowest = 0.0
    loaded = _load(folder)
    _say(f"{people:,} people, {bookings:,} bookings; written into SQLite in {loaded:.1f} s (once)")
    for metric in METRICS:
        contest = _contest(people, metric, "team" if metric == "over_quota" else "person")
        file = folder / f"{metric}.json"
        file.write_bytes(msgspec.json.encode(contest))
        seconds: list[tuple[str, str]] = [_in_memory(contest, folder)]
        for where in ("csv", "sqlite"):
            command = [sys.executable, "-m", "bench.contests", "--cold", where, str(folder), str(file)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            took, places = done.stdout.split()
            seconds.append((took, places))
        agree = len({first for _, first in seconds}) == 1
        for called, (took, _) in zip(("in memory", "cold, CSV", "cold, SQLite"), seconds, strict=True):
            slowest = max(slowest, float(took))
            _say(f"  {metric:13} {called:13} {float(took):5.2f} s{'' if agree else '  THEY DISAGREE'}")
        if not agree:
            return 1
    _say(f"slowest {slowest:.2f} s, bound {WITHIN:.0f} s; load of this machine {os.getloadavg()[0]:.1f}")
    return int(slowest > WITHIN)


def _in_memory(contest: Contest, folder: Path) -> tuple[str, str]:
    with (folder / "bookings.csv").open(encoding="utf-8", newline="") as lines:
        bookings = list(Lines(lines))
    started = time.perf_counter()
    found = standings(contest, tally(bookings, contest, contest.last))
    return f"{time.perf_counter() - started:.3f}", _told(found)


def _cold(where: str, folder: str, file: str) -> int:
    if where == "sqlite":
        found, took = _from_sqlite(Path(folder), Path(file))
    else:
        started = time.perf_counter()
        contest = msgspec.json.decode(Path(file).read_bytes(), type=Contest)
        with (Path(folder) / "bookings.csv").open(encoding="utf-8", newline="") as lines:
            found = standings(contest, tally(Lines(lines), contest, contest.last))
        took = time.perf_counter() - started
    _say(f"{took:.3f} {_told(found)}")
    return 0


def _from_sqlite(folder: Path, file: Path) -> tuple[Standings, float]:
    from premortem.records.opening import open_ledger

    open_ledger(f"sqlite:///{folder / 'ledger.sqlite3'}").close()
    started = time.perf_counter()
    ledger = open_ledger(f"sqlite:///{folder / 'ledger.sqlite3'}")
    from premortem.acts.contests.contests import sums_of
    from premortem.records.contests import DatabaseContests

    contest = msgspec.json.decode(file.read_bytes(), type=Contest)
    sums = sums_of(DatabaseContests(ledger.alias), contest, contest.last)
    return standings(contest, sums), time.perf_counter() - started


def _load(folder: Path) -> float:
    from premortem.records.opening import open_ledger

    ledger = open_ledger(f"sqlite:///{folder / 'ledger.sqlite3'}")
    from premortem.acts.contests.contests import bookings
    from premortem.records.contests import DatabaseContests

    started = time.perf_counter()
    with (folder / "bookings.csv").open(encoding="utf-8", newline="") as lines:
        bookings(DatabaseContests(ledger.alias), lines)
    ledger.close()
    return time.perf_counter() - started


def _write(file: Path, people: int, bookings: int) -> None:
    draw = random.Random(1)
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(("deal", "owner", "day", "amount", "currency"))
        for number in range(bookings):
            owner, day = draw.randrange(people), FIRST + timedelta(draw.randrange(365))
            amount = f"{draw.lognormvariate(9, 1):.2f}"
            money = "USD" if draw.random() < 0.2 else "EUR"
            rows.writerow((f"d-{number}", f"Person {owner}", day, amount, money))


def _contest(people: int, metric: str, by: str) -> Contest:
    those = tuple(Person(f"Person {n}", team=f"Team {n % 200}", function="sales", quota=1e6) for n in range(people))
    told = {"id": metric, "name": metric, "metric": metric, "first": FIRST, "last": date(2026, 12, 31)}
    told |= {"prize": "A cup", "cost": 0, "people": those, "by": by, "rates": {"USD": 0.9}}
    return msgspec.convert(told, Contest)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def _told(found: Standings) -> str:
    """A short name for all places, so that two ways of computing them can be compared."""
    return hashlib.sha256(msgspec.json.encode(found.places)).hexdigest()[:12]


if __name__ == "__main__":
    sys.exit(main())
