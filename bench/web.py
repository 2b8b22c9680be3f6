"""How long pages take with 20,000 deals and a million entries on SQLite, each page's median and 95th percentile.

    python -m bench.web [--deals 20000] [--entries 50] [--looks 40] [--people 8] [--keep FILE | --database URL]

First in this process by Django's test client, a page at a time; then by granian, waiting included, with eight people at
once who each look at every page: a second after the page before, and then without any pause, which keeps every core
busy all the time. Pages of a deal are each time another deal's. Writes its figures to build/bench/web.json, or with
--database, where an empty PostgreSQL database or one filled before is named, to web-postgresql.json. `web_firm.py`
makes the firm up.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from django.test import Client

from bench.web_firm import REPS, WHO, grow, hire, session_of, teach

RESULTS = Path(__file__).parent.parent / "build" / "bench"
PORT = 18_917
PAUSE = 1.0
"""Seconds in which somebody who is very quick takes in a page."""
MEDIAN, HIGH = 100.0, 250.0
"""What a page may take in milliseconds: in the middle, and in 95 of 100 looks."""


def addresses(deals: int) -> Pages:
    """Every page that anybody may open, and those of the deals of the rep who looks."""
    from premortem.records.models import DealRow, FactRow

    mine = [f"deal-{number:06}" for number in range(0, deals, REPS)]
    newest = [FactRow.objects.filter(deal=deal).order_by("-at")[0].touch for deal in mine]
    over = list(DealRow.objects.filter(deal__in=mine).exclude(status="open").values_list("deal", flat=True))
    of_deals = {page: [f"/deals/{deal}/{at}" for deal in mine] for page, at in OF_A_DEAL.items()}
    of_ended = {page: [f"/deals/{deal}/{at}" for deal in over] for page, at in OF_ONE_THAT_ENDED.items()}
    words = {
        "touch": [f"/deals/{deal}/touches/{touch}/" for deal, touch in zip(mine, newest, strict=True)],
        "person": [f"/people/{deal}/p-01/" for deal in mine],
    }
    return {page: [address] for page, address in PAGES.items()} | of_deals | of_ended | words


PAGES = {
    "today": "/",
    "deals": "/deals/",
    "deals, all": "/deals/?whose=all&status=all",
    "deals, all by unknowns": "/deals/?whose=all&status=all&sort=unknowns",
    "deals, high findings": "/deals/?whose=all&severity=high&sort=buyer_day&down=0",
    "deals, by words": "/deals/?whose=all&text=freight&silent=30",
    "deals, last page": "/deals/?whose=all&status=all&page=9999",
    "forecast": "/forecast/",
    "forecast's record": "/forecast/record/",
    "why": "/why/",
    "why, all that ended": "/why/?from=1990-01-01",
    "why, deals behind": "/why/reached/",
    "lessons": "/lessons/",
    "second place": "/second-place/",
    "trials": "/trials/",
    "problems": "/problems/",
    "releases": "/problems/releases/",
    "content": "/content/",
    "sample": "/sample/",
    "contests": "/contests/",
    "people": "/people/",
    "import": "/import/",
    "rules": "/rules/",
    "a rule": "/rules/gone_quiet/",
    "playbook": "/rules/playbook/",
    "settings": "/settings/",
}
OF_A_DEAL = {
    "deal": "",
    "call sheet": "sheet/",
    "replay": "replay/",
    "story": "story/",
    "deal's forecast": "forecast/",
    "deal's project": "project/",
    "deal's trials": "trials/",
    "deal's problems": "problems/",
    "deal's content": "content/",
    "relations": "relations/",
    "visibility": "visibility/",
}
OF_ONE_THAT_ENDED = {"post-mortem": "post-mortem/", "interview": "interview/", "comeback": "comeback/"}


Pages = dict[str, list[str]]
"""Addresses of each page."""
Looked = dict[tuple[str, str], list[float]]
"""Milliseconds of each look, by who looked and at which page."""


def in_process(sessions: dict[str, str], pages: Pages, looks: int) -> Looked:
    from django.core.management import call_command
    from django.test import Client

    import premortem.web.wsgi  # noqa: F401  garbage is looked for as seldom as in the server

    found: Looked = {}
    clients = {role: Client(headers={"cookie": f"sessionid={session}"}) for role, session in sessions.items()}
    for client in clients.values():
        for places in pages.values():
            client.get(places[-1])  # the first look reads templates and modules, and asks for what is worked out beside
    call_command("db_worker", batch=True, startup_delay=False, verbosity=0)
    for role, client in clients.items():
        for page, places in pages.items():
            took = [_timed(partial(_seen, client, at)) for at in _each(places, looks)]
            found[role, page] = [one for one in took if one is not None]
    return found


def _seen(client: Client, address: str) -> bool:
    return client.get(address).status_code == 200


def _each(places: list[str], looks: int) -> list[str]:
    return [places[number % len(places)] for number in range(looks)]


def _timed(look: Callable[[], bool]) -> float | None:
    """Milliseconds; None where the page was not to be seen."""
    start = time.perf_counter()
    return (time.perf_counter() - start) * 1_000 if look() else None


def by_granian(
    sessions: dict[str, str], pages: Pages, looks: int, people: int, processes: int, pause: float = 0.0
) -> Looked:
    """`people` at once, each of them at one page after the other, some seconds between them."""
    from premortem.web.serving import THREADS

    served = subprocess.Popen(
        [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(PORT), "--workers", str(processes)),
            *("--blocking-threads", str(THREADS), "--no-log", "premortem.web.wsgi:application"),
        ],
        env=os.environ.copy(),
    )
    found: Looked = {}
    try:
        _wait_for_it()
        roles = list(sessions)
        for looking, pausing, kept in ((1, 0.0, Looked()), (looks, pause, found)):  # the first looks don't count
            threads = [
                threading.Thread(target=_walk, args=(roles[n % len(roles)], sessions, pages, looking, n, kept, pausing))
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


def _walk(
    role: str, sessions: dict[str, str], pages: Pages, looks: int, seed: int, found: Looked, pause: float
) -> None:
    chance, line = random.Random(seed), http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    mixed = {page: _each(chance.sample(places, len(places)), looks) for page, places in pages.items()}
    each = [(page, address) for page, addresses in mixed.items() for address in addresses]
    for page, address in chance.sample(each, len(each)):
        time.sleep(chance.uniform(0.5, 1.5) * pause)
        took = _timed(partial(_got, line, address, sessions[role]))
        if took is not None:
            found.setdefault((role, page), []).append(took)


def _got(line: http.client.HTTPConnection, address: str, session: str) -> bool:
    return _get(line, address, session) == 200


def _get(line: http.client.HTTPConnection, address: str, session: str) -> int:
    line.request("GET", address, headers={"Cookie": f"sessionid={session}"})
    answer = line.getresponse()
    answer.read()
    return answer.status


def _wait_for_it() -> None:
    for _ in range(200):
        try:
            _get(http.client.HTTPConnection("127.0.0.1", PORT, timeout=60), "/account/login/", "")
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
    options.add_argument("--database", help="the URL of a PostgreSQL database in the file's place")
    given = options.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        file = given.keep or Path(folder) / "ledger.sqlite3"
        url = given.database or f"sqlite:///{file.absolute()}"
        os.environ |= {"DATABASE_URL": url, "PREMORTEM_SECRET_KEY": "bench" * 12}
        os.environ["DJANGO_SETTINGS_MODULE"] = "premortem.web.settings"
        sessions = _made(given, console)
        pages = addresses(given.deals)
        alone = told(in_process(sessions, pages, given.looks))
        show("In process, one at a time", alone, console)
        served = partial(by_granian, sessions, pages, people=given.people, processes=given.processes)
        readers = told(served(given.looks // 8, pause=PAUSE))
        show(f"granian, {given.people} people at once who pause for a second, waiting included", readers, console)
        crowd = told(served(given.looks // 4))
        show(f"granian, {given.people} people at once who never pause, waiting included", crowd, console)
    result: dict[str, Any] = {"deals": given.deals, "entries": given.deals * given.entries}
    result |= {"in_process": alone, "granian_with_pauses": readers, "granian": crowd}
    RESULTS.mkdir(parents=True, exist_ok=True)
    named = "web-postgresql.json" if given.database else "web.json"
    (RESULTS / named).write_text(json.dumps(result, indent=2) + "\n")


def _made(given: argparse.Namespace, console: Console) -> dict[str, str]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from premortem.acts.afterwards.replaying import replay_changed
    from premortem.acts.looking.reviewing import review_changed
    from premortem.records.firm.models import DealHome
    from premortem.records.planning import know_the_tables
    from premortem.records.replays import Replays
    from premortem.web.ledger import ledger, rules

    opened = ledger()
    call_command("migrate", verbosity=0)
    if DealHome.objects.exists():
        return {role: session_of(role) for role in WHO}
    grow(given.deals, given.entries)
    console.print("deals are in")
    review_changed(opened, rules(), timezone.localdate())
    replay_changed(opened, Replays(), rules())
    teach(given.deals)
    console.print("and reviewed, those that ended replayed, and ten lessons made of them")
    hired = hire(given.deals)
    if connection.vendor == "postgresql":  # which would get round to it by itself, some minutes later
        connection.cursor().execute("VACUUM ANALYZE")
    know_the_tables(opened.alias)  # as the server does when it starts
    return hired


if __name__ == "__main__":
    main()
