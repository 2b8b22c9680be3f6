"""How long it takes to replay every deal that ended, every check at every touch, from a ledger on SQLite.

    python -m bench.replay_speed [--deals 10000] [--entries 60] [--facts 5]

The deals are made up, from a seed (`dealing.py`). `computing` is the processors' time of all processes together.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path

from msgspec import structs

from bench.dealing import FACTS_A_TOUCH, made_up
from bench.reviewing import A_TRANSACTION, peak_mb, spent
from premortem.ledger.contents import Card, keep_card
from premortem.ledger.entries import Entry, Hash, Person
from premortem.records.database_url import sqlite_url
from premortem.records.opening import open_ledger


def _with_card(entry: Entry, card: Hash) -> Entry:
    """Made-up people have no names; a replay looks at who on our side is called what."""
    if isinstance(entry.body, Person):
        return structs.replace(entry, body=structs.replace(entry.body, card=card))
    return entry


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--deals", type=int, default=10_000)
    ask.add_argument("--entries", type=int, default=60)
    ask.add_argument("--facts", type=int, default=FACTS_A_TOUCH)
    asked = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ledger = open_ledger(sqlite_url(Path(folder) / "ledger.sqlite3"))  # what comes next needs a database
        from premortem.acts.afterwards.replaying import replay_changed
        from premortem.records.replays import Replays

        card = keep_card(ledger.contents, Card(name="Somebody"))
        for first in range(0, asked.deals, A_TRANSACTION):
            with ledger.transaction():
                for number in range(first, min(first + A_TRANSACTION, asked.deals)):
                    chance = random.Random(number)
                    told = made_up(f"deal-{number:06}", asked.entries, chance, True, asked.facts)
                    ledger.store.append([_with_card(entry, card) for entry in told])
        ledger.reading.rebuild()
        wall, cpu = spent(lambda: replay_changed(ledger, Replays(ledger.alias)))
        again, _ = spent(lambda: replay_changed(ledger, Replays(ledger.alias)))
    sys.stdout.write(
        f"{asked.deals:,} closed deals of {asked.entries} entries replayed in {wall:.1f} s ({cpu:.1f} s of computing, "
        f"{1000 * cpu / asked.deals:.1f} ms each); again, with nothing new: {again:.1f} s; peak {peak_mb():.0f} MB\n"
    )


if __name__ == "__main__":
    main()
