"""How fast a ledger on SQLite appends, verifies and rebuilds, and whether a deal costs the same in a large one.

Writes its figures to build/bench/ledger.json. The entries are made up, from a seed; contents are left out.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, get_args

from rich.console import Console
from rich.table import Table

from premortem.ledger.chain import verify
from premortem.ledger.claims import Claim
from premortem.ledger.entries import (
    Ask,
    Body,
    Changed,
    Entry,
    Fact,
    Finding,
    Opened,
    Outcome,
    Part,
    Person,
    Quote,
    Touch,
    Verdict,
)
from premortem.records.opening import Ledger, open_ledger

RESULT = Path(__file__).parent.parent / "build" / "bench" / "ledger.json"
CLAIM_NAMES: tuple[Claim, ...] = get_args(Claim)
MARKS = (0.05, 0.25, 0.5, 1.0)
"""At which parts of all deals the time of a deal is measured: 1,000, 5,000, 10,000 and 20,000 of 20,000."""
SAMPLE = 200
"""How many deals a time per deal is the mean of."""


WORK = ("append", "read", "refresh", "verify", "rebuild")


class Spent(NamedTuple):
    """Seconds that passed, and seconds that the processor worked for us: the same where nothing else is running."""

    wall: float
    cpu: float

    def __add__(self, other: object) -> Spent:
        assert isinstance(other, Spent)
        return Spent(self.wall + other.wall, self.cpu + other.cpu)

    def each(self, deals: int) -> Spent:
        """Milliseconds a deal."""
        return Spent(1_000 * self.wall / deals, 1_000 * self.cpu / deals)


NOTHING = Spent(0.0, 0.0)


@dataclass
class Mark:
    """What a deal cost when the ledger held this many of them: for each kind of work, milliseconds a deal."""

    deals: int
    work: dict[str, Spent]


@dataclass
class Figures:
    entries: int
    deals: int
    append: Spent = NOTHING
    verify: Spent = NOTHING
    rebuild: Spent = NOTHING
    digest: Spent = NOTHING
    marks: list[Mark] = field(default_factory=list)


def life_of_a_deal(deal: str, entries: int, chance: random.Random) -> list[Entry]:
    """A deal's entries as they come in: the CRM's row, then touch by touch who was there and what they said."""
    start = datetime(2025, 1, 6, 9, tzinfo=UTC) + timedelta(days=chance.randrange(400))
    told = list(_bodies(chance))
    while len(told) < entries - 1:
        told.extend(_touch(len(told), chance))
    told = [*told[: entries - 1], Outcome(chance.choice(["won", "lost", "no_decision"]))]
    days = sorted(chance.uniform(0, 180) for _ in told)
    return [
        Entry(deal, start + timedelta(days=day), start + timedelta(days=day, hours=2), _author(body), body)
        for day, body in zip(days, told, strict=True)
    ]


def _bodies(chance: random.Random) -> Iterator[Body]:
    yield Opened("Hosting for the northern sites", "Nordhaven Logistics", "Ines Marchetti", "EUR")
    yield Changed("stage", "Discovery")
    yield Changed("amount", chance.randrange(5_000, 400_000))
    yield Changed("planned_close", "2025-09-30")
    for number in range(5):
        yield Person(f"p-{number:010x}", _hash(chance), "seller" if number == 0 else "buyer", in_crm=number < 2)


def _touch(number: int, chance: random.Random) -> Iterator[Body]:
    """A touch, five facts that were read from it, a finding, and now and then a verdict or a new stage."""
    touch = f"2025-03-{number % 28 + 1:02}-call-{number}.vtt"
    people = tuple(Part(f"p-{person:010x}", "spoke") for person in range(chance.randint(2, 5)))
    yield Touch(touch, "call", _hash(chance), _hash(chance), 80, "reading-1", people)
    for fact in range(5):
        who, turn, at = chance.choice(people).person, chance.randrange(80), chance.randrange(200)
        claim = chance.choice(CLAIM_NAMES)
        yield Fact(f"f-{number}-{fact}", touch, turn, at, at + 60, claim, who, "rules", 0.8, reading="reading-1")
    asks = Ask("Who signs, and who has to agree before that?", "p-0000000001")
    yield Finding("economic_buyer_unknown", "high", "Nobody was named who signs.", asks, (Quote(touch, 3, 5, 60),))
    if chance.random() < 0.3:
        yield Verdict(f"f-{number}-0", chance.choice(["confirmed", "rejected"]))
    if chance.random() < 0.3:
        yield Changed("stage", chance.choice(["Proposal", "Negotiation"]))


def _author(body: Body) -> str:
    return "user:ines" if isinstance(body, Verdict) else "reader:rules" if isinstance(body, Fact) else "import:crm"


def _hash(chance: random.Random) -> str:
    return f"{chance.getrandbits(256):064x}"


def spent(work: Callable[[], Any]) -> Spent:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Spent(time.perf_counter() - wall, time.process_time() - cpu)


def measure(ledger: Ledger, entries: int, deals: int, say: Callable[[str], None]) -> Figures:
    """Append all deals, and stop at each mark to see what a deal costs there."""
    figures = Figures(entries // deals * deals, deals)
    marks = {max(1, round(deals * part)) for part in MARKS}
    chance = random.Random(20_250_106)
    appends: list[Spent] = []
    for number in range(1, deals + 1):
        told = life_of_a_deal(_name(number), entries // deals, chance)
        appends.append(spent(partial(ledger.store.append, told)))
        if number in marks:
            say(f"{number:,} deals appended")
            figures.marks.append(_mark(ledger, number, appends[-SAMPLE:], figures))
    figures.append = sum(appends, NOTHING)
    figures.digest = spent(ledger.reading.digest)
    return figures


def _mark(ledger: Ledger, deals: int, appends: list[Spent], figures: Figures) -> Mark:
    sample = [_name(number) for number in range(1, deals + 1, max(1, deals // SAMPLE))]
    figures.verify = spent(lambda: _verify_all(ledger))
    figures.rebuild = spent(ledger.reading.rebuild)
    work = {
        "append": sum(appends, NOTHING).each(len(appends)),
        "read": spent(lambda: [ledger.store.read(deal) for deal in sample]).each(len(sample)),
        "refresh": spent(lambda: _refresh_all(ledger, sample)).each(len(sample)),
        "verify": figures.verify.each(deals),
        "rebuild": figures.rebuild.each(deals),
    }
    return Mark(deals, work)


def _verify_all(ledger: Ledger) -> None:
    broken = next(verify(ledger.store.rows()), None)
    if broken is not None:
        raise SystemExit(f"the ledger does not verify: {broken}")


def _refresh_all(ledger: Ledger, deals: list[str]) -> None:
    for deal in deals:
        ledger.reading.refresh(deal)


def _name(number: int) -> str:
    return f"deal-{number:06}"


def peak_memory_mb() -> float:
    """The most memory this process ever held. Linux counts in kB, macOS in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


def report(figures: Figures, peak_mb: float, file_mb: float) -> dict[str, Any]:
    """Every figure with its unit in its name; `_cpu_` where it is the processor's time and not the clock's."""
    result: dict[str, Any] = {"entries": figures.entries, "deals": figures.deals}
    for name in ("append", "verify", "rebuild"):
        took: Spent = getattr(figures, name)
        result[f"{name}_entries_per_s"] = round(figures.entries / took.wall)
        result[f"{name}_entries_per_cpu_s"] = round(figures.entries / took.cpu)
        result[f"{name}_s"], result[f"{name}_cpu_s"] = round(took.wall, 2), round(took.cpu, 2)
    result["digest_s"], result["digest_cpu_s"] = round(figures.digest.wall, 2), round(figures.digest.cpu, 2)
    result["peak_memory_mb"], result["file_mb"] = round(peak_mb, 1), round(file_mb, 1)
    result["per_deal"] = [
        {"deals": mark.deals}
        | {f"{name}_ms": round(mark.work[name].wall, 3) for name in WORK}
        | {f"{name}_cpu_ms": round(mark.work[name].cpu, 3) for name in WORK}
        for mark in figures.marks
    ]
    result["python"] = platform.python_version()
    return result


def show(result: dict[str, Any], console: Console) -> None:
    whole = Table(title=f"{result['entries']:,} entries over {result['deals']:,} deals on SQLite")
    whole.add_column("")
    for heading in ("entries per second", "seconds", "of the processor"):
        whole.add_column(heading, justify="right")
    for name in ("append", "verify", "rebuild"):
        speed, took, cpu = (result[f"{name}_{unit}"] for unit in ("entries_per_s", "s", "cpu_s"))
        whole.add_row(name, f"{speed:,}", f"{took:.1f}", f"{cpu:.1f}")
    console.print(whole)
    each = Table(title="Milliseconds a deal in a ledger of so many deals, in brackets the processor's")
    for heading in ("deals", *WORK):
        each.add_column(heading, justify="right")
    for mark in result["per_deal"]:
        times = (f"{mark[f'{name}_ms']:.2f} ({mark[f'{name}_cpu_ms']:.2f})" for name in WORK)
        each.add_row(f"{mark['deals']:,}", *times)
    console.print(each)
    console.print(f"Peak memory {result['peak_memory_mb']:,.0f} MB, the file {result['file_mb']:,.0f} MB.")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--entries", type=int, default=1_000_000)
    options.add_argument("--deals", type=int, default=20_000)
    wanted = options.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        ledger = open_ledger(f"sqlite:///{folder}/ledger.sqlite3")
        figures = measure(ledger, wanted.entries, wanted.deals, console.print)
        size = sum(file.stat().st_size for file in Path(folder).iterdir()) / 1e6
        ledger.close()
    result = report(figures, peak_memory_mb(), size)
    show(result, console)
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=2) + "\n")
    console.print(f"Written to {RESULT.relative_to(RESULT.parent.parent.parent)}")


if __name__ == "__main__":
    main()
