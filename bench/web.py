"""How long pages take with 20,000 deals and a million entries on SQLite, each page's median and 95th percentile.

    python -m bench.web [--deals 20000] [--entries 50] [--looks 40] [--people 8] [--keep FILE]

First in this process by Django's test client, a page at a time; then by granian, with eight people at once who each
look at every page, waiting included. Writes its figures to build/bench/web.json. `web_firm.py` makes the firm up.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.web_firm import WHO, grow, hire, session_of

RESULT = Path(__file__).parent.parent / "build" / "bench" / "web.json"
PORT = 18_917
MEDIAN, HIGH = 100.0, 250.0
"""What a page may take in milliseconds: in the middle, and in 95 of 100 looks."""


def addresses() -> dict[str, str]:
    """Every page that anybody may open, and one deal's."""
    from premortem.records.models import FactRow

    fact = FactRow.objects.filter(deal="deal-000400").order_by("-at")[0]
    deal = f"/deals/{fact.deal}/"
    return {
        "today": "/",
        "deals": "/deals/",
        "deals, all": "/deals/?whose=all&status=all",
        "deals, all by unknowns": "/deals/?whose=all&status=all&sort=unknowns",
        "deals, high findings": "/deals/?whose=all&severity=high&sort=buyer_day&down=0",
        "deals, by words": "/deals/?whose=all&text=freight&silent=30",
        "deals, last page": "/deals/?whose=all&status=all&page=9999",
        "deal": deal,
        "call sheet": f"{deal}sheet/",
        "touch": f"{deal}touches/{fact.touch}/",
        "people": "/people/",
        "person": f"/people/{fact.deal}/p-01/",
        "import": "/import/",
        "rules": "/rules/",
        "settings": "/settings/",
    }


Looked = dict[tuple[str, str], list[float]]
"""Milliseconds of each look, by who looked and at which page."""


def in_process(sessions: dict[str, str], pages: dict[str, str], looks: int) -> Looked:
    from django.test import Client

    found: Looked = {}
    for role, session in sessions.items():
        client = Client()
        client.cookies["sessionid"] = session
        for page, address in pages.items():
            client.get(address)  # the first look reads templates and modules

            def look(address: str = address, client: Client = client) -> bool:
                return client.get(address).status_code == 200

            took = [_timed(look) for _ in range(looks)]
            found[role, page] = [one for one in took if one is not None]
    return found


def _timed(look: Callable[[], bool]) -> float | None:
    """Milliseconds; None where the page was not to be seen."""
    start = time.perf_counter()
    return (time.perf_counter() - start) * 1_000 if look() else None


def by_granian(sessions: dict[str, str], pages: dict[str, str], looks: int, people: int, processes: int) -> Looked:
    """`people` at once, each of them at one page after the other."""
    served = subprocess.Popen(
        [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(PORT), "--workers", str(processes)),
            *("--blocking-threads", "4", "--no-log", "premortem.web.wsgi:application"),
        ],
        env=os.environ.copy(),
    )
    found: Looked = {}
    try:
        _wait_for_it()
        roles = list(sessions)
        threads = [
            threading.Thread(target=_walk, args=(roles[n % len(roles)], sessions, pages, looks, n, found))
            for n in range(people)
        ]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
    finally:
        served.terminate()
        served.wait(timeout=10)
    return found


def _walk(role: str, sessions: dict[str, str], pages: dict[str, str], looks: int, seed: int, found: Looked) -> None:
    chance = random.Random(seed)
    for page, address in chance.sample(list(pages.items()) * looks, len(pages) * looks):

        def look(address: str = address) -> bool:
            return _get(address, sessions[role]) == 200

        took = _timed(look)
        if took is not None:
            found.setdefault((role, page), []).append(took)


def _get(address: str, session: str) -> int:
    asked = urllib.request.Request(f"http://127.0.0.1:{PORT}{address}", headers={"Cookie": f"sessionid={session}"})
    try:
        with urllib.request.urlopen(asked, timeout=60) as answer:
            answer.read()
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code


def _wait_for_it() -> None:
    for _ in range(200):
        try:
            _get("/account/login/", "")
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("granian did not start")


def told(found: Looked) -> list[dict[str, Any]]:
    return [
        {
            "who": who,
            "page": page,
            "looks": len(took),
            "median_ms": round(median(took), 1),
            "p95_ms": round(quantiles(took, n=20)[-1], 1),
        }
        for (who, page), took in sorted(found.items())
        if len(took) > 1
    ]


def show(title: str, rows: list[dict[str, Any]], console: Console) -> None:
    table = Table(title=title)
    for name in ("who", "page", "looks", "median ms", "95th percentile ms"):
        table.add_column(name)
    for row in rows:
        late = row["median_ms"] > MEDIAN or row["p95_ms"] > HIGH
        table.add_row(*(str(value) for value in row.values()), style="red" if late else None)
    console.print(table)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--deals", type=int, default=20_000)
    options.add_argument("--entries", type=int, default=50)
    options.add_argument("--looks", type=int, default=40)
    options.add_argument("--people", type=int, default=8)
    options.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="granian's")
    options.add_argument("--keep", type=Path, help="a file for the ledger; one that is there is used as it is")
    given = options.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        file = given.keep or Path(folder) / "ledger.sqlite3"
        there = file.exists()
        os.environ |= {"DATABASE_URL": f"sqlite:///{file.absolute()}", "PREMORTEM_SECRET_KEY": "bench" * 12}
        os.environ["DJANGO_SETTINGS_MODULE"] = "premortem.web.settings"
        sessions = _made(given, there, console)
        pages = addresses()
        alone = told(in_process(sessions, pages, given.looks))
        show("In process, one at a time", alone, console)
        crowd = told(by_granian(sessions, pages, given.looks // 4, given.people, given.processes))
        show(f"granian, {given.people} people at once, waiting included", crowd, console)
    result = {"deals": given.deals, "entries": given.deals * given.entries, "in_process": alone, "granian": crowd}
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=2) + "\n")


def _made(given: argparse.Namespace, there: bool, console: Console) -> dict[str, str]:
    import django

    django.setup()
    from django.core.management import call_command

    from premortem.acts.reviewing import review_changed
    from premortem.web.ledger import ledger, rules

    opened = ledger()
    call_command("migrate", verbosity=0)
    if there:
        return {role: session_of(role) for role in WHO}
    grow(given.deals, given.entries)
    console.print("deals are in")
    review_changed(opened, rules())
    console.print("and reviewed")
    return hire(given.deals)


if __name__ == "__main__":
    main()
