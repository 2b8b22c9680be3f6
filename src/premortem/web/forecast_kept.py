"""The forecast, worked out at once where a firm is small, and beside the pages where it is not: a page never waits.

What a task gives back stays in the database, so the newest is at hand for every process. While it works, its row tells
how far it is. It stands in line behind what people wait for, such as their imports.
"""

from __future__ import annotations

import base64
import hashlib
import time
import zlib
from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec
from django.utils import timezone
from django_tasks import TaskContext, task
from django_tasks_db.models import DBTaskResult

from premortem.acts.forecasts.backtest import BacktestDocument, backtest
from premortem.acts.forecasts.forecast_page import ForecastPage, Progress, forecast_page
from premortem.acts.forecasts.forecast_record import ForecastRecord, forecast_record, members_teams
from premortem.acts.forecasts.record_forecasts import record_forecasts
from premortem.records.firm.models import Member
from premortem.records.models import DealRow
from premortem.records.models import Entry as EntryRow
from premortem.records.reading import ENDED
from premortem.web.ledger import ledger, playbook_place
from premortem.web.pages.deals import lists_of
from premortem.web.playbook_rules import rules_now
from premortem.web.tasks import LATER

AT_ONCE, LEARNING_FROM = 200, 50
"""Deals up to which a page works its numbers out itself, while so few have ended that nothing is learned from them."""
RESTS = timedelta(minutes=10)
"""Between two workings-out of a ledger that goes on changing."""
STOPPED = timedelta(hours=3)
"""After this long without an end, a worker must have been stopped."""
TELLS_EVERY = 0.5
COUNTS_EVERY = 30
"""Seconds after which the entries of a large ledger are counted anew."""
BY_QUARTERS = 2_000
"""Deals from which on a backtest stands on the first day of each quarter only, of the last three years."""
THREE_YEARS = timedelta(days=3 * 365)
WAITING = ("READY", "RUNNING")

Document = TypeVar("Document")


class Kept(NamedTuple, Generic[Document]):
    """The newest there is, and when it was made; `working` tells how far a newer one is, `failed` that it broke.

    `current`: nothing has come in since.
    """

    document: Document | None
    made: datetime | None = None
    working: dict[str, Any] | None = None
    failed: bool = False
    current: bool = True


@task(takes_context=True, priority=LATER)
def work_out_forecast(context: TaskContext, state: str, by: str) -> str:
    """Everybody's forecast by a day; `state` names the ledger and the playbook that it was made of."""
    rules, day = rules_now(), date.fromisoformat(by)
    return _packed(forecast_page(ledger(), rules, today(), day, _everybodys(), _telling(context)), context)


@task(takes_context=True, priority=LATER)
def work_out_track(context: TaskContext, state: str, what: str) -> str:
    """How the forecasts that were written down have done."""
    return _packed(forecast_record(ledger(), today(), members_teams()), context)


@task(takes_context=True, priority=LATER)
def work_out_backtest(context: TaskContext, state: str, what: str) -> str:
    """What each method would have said on past days. A past that was brought in at once is taken as it happened."""
    many = DealRow.objects.count() >= BY_QUARTERS
    first = today() - THREE_YEARS if many else None
    found = backtest(
        ledger(), rules_now(), today(), first, every="quarter" if many else "month", as_known=False,
        progress=_telling(context),
    )  # fmt: skip
    return _packed(found, context)


@task(priority=LATER)
def write_down(who: str) -> int:
    """Write down what each method says today."""
    return record_forecasts(ledger(), who, timezone.now(), rules_now()).written


def today() -> date:
    return timezone.now().astimezone(UTC).date()


def small() -> bool:
    """Whether a page may work the numbers out itself."""
    if DealRow.objects.all()[: AT_ONCE + 1].count() > AT_ONCE:
        return False
    return DealRow.objects.filter(status__in=ENDED).count() < LEARNING_FROM


def forecast_now(by: date, deals: Collection[str] | None) -> Kept[ForecastPage]:
    """The newest forecast by a day, with the sums of these deals where the firm is small."""
    if small():
        return Kept(_at_once(state_now(), by, None if deals is None else tuple(sorted(deals))))
    return _kept(work_out_forecast, by.isoformat(), ForecastPage)


def track_now() -> Kept[ForecastRecord]:
    """How what was written down has done."""
    if small():
        return Kept(_track_at_once(state_now()))
    return _kept(work_out_track, "track", ForecastRecord)


def backtest_now(start: bool = False) -> Kept[BacktestDocument]:
    """The newest backtest; it is worked out only when somebody asks for it with `start`."""
    return _kept(work_out_backtest, "backtest", BacktestDocument, start)


@lru_cache(maxsize=16)
def _at_once(state: str, by: date, deals: tuple[str, ...] | None) -> ForecastPage:
    return forecast_page(ledger(), rules_now(), today(), by, [deals] if deals is not None else [])


@lru_cache(maxsize=2)
def _track_at_once(state: str) -> ForecastRecord:
    return forecast_record(ledger(), today(), members_teams())


def _kept(which: Any, what: str, kind: type[Document], start: bool | None = None) -> Kept[Document]:
    """The newest of a task's results. Where the ledger is another by now, a newer one is asked for, once in a while;
    with `start` false only shown, with `start` true asked for at once."""
    state, rows = state_now(), _tasks(which).filter(args_kwargs__args__1=what)
    done = rows.filter(status="SUCCESSFUL").defer("return_value").order_by("-finished_at").first()
    document = _unpacked(str(done.pk), kind) if done else None
    made = done.finished_at if done else None
    if done is not None and done.args_kwargs["args"][0] == state:
        return Kept(document, made)
    going = rows.filter(status__in=WAITING, enqueued_at__gt=timezone.now() - STOPPED).order_by("-enqueued_at").first()
    if going is not None:
        return Kept(document, made, going.return_value or {}, current=False)
    newest = rows.order_by("-enqueued_at").defer("return_value").first()
    broke = newest is not None and newest.status == "FAILED" and newest.args_kwargs["args"][0] == state
    rested = made is None or timezone.now() - made > RESTS
    if start or (start is None and rested and not broke):
        which.enqueue(state, what)
        return Kept(document, made, {}, current=False)
    return Kept(document, made, None, broke, current=False)


def _tasks(which: Any) -> Any:
    return DBTaskResult.objects.filter(task_path=which.module_path)


def state_now() -> str:
    """What a forecast rests on: how much the ledger holds, the playbook, and the day."""
    file = playbook_place()
    book = hashlib.sha256(file.read_bytes()).hexdigest()[:16] if file is not None and file.is_file() else "none"
    held = EntryRow.objects.count() if small() else _held(int(time.monotonic() / COUNTS_EVERY))
    return f"{ledger().place} {held} entries, playbook {book}, {today()}"


@lru_cache(maxsize=1)
def _held(_moment: int) -> int:
    """How many entries a large ledger has, counted anew with each `_moment`: a million take PostgreSQL 40 ms."""
    return EntryRow.objects.count()


def _everybodys() -> Iterator[list[str]]:
    """The open deals of each member, of their team, and all that they see."""
    for member in Member.objects.select_related("team", "user"):
        lists = lists_of(member)
        for whose in ("mine", "team", "all"):
            yield list(lists.of(whose).filter(status="open").values_list("deal", flat=True))


def _packed(document: object, context: TaskContext) -> str:
    """A document as short text; what the same task gave before for the same is of no use any more."""
    mine = DBTaskResult.objects.get(pk=context.task_result.id)
    before = DBTaskResult.objects.filter(task_path=mine.task_path, status="SUCCESSFUL")
    before.filter(args_kwargs__args__1=mine.args_kwargs["args"][1]).delete()
    return base64.b64encode(zlib.compress(msgspec.json.encode(document), 6)).decode()


def _unpacked(number: str, kind: type[Document]) -> Document:
    known: Any = kind
    found = _read(number, known)
    assert isinstance(found, kind)
    return found


@lru_cache(maxsize=6)
def _read(number: str, kind: Any) -> object:
    """What a task gave; it is large, so each process keeps the last few as they are."""
    packed = str(DBTaskResult.objects.values_list("return_value", flat=True).get(pk=number))
    return msgspec.json.decode(zlib.decompress(base64.b64decode(packed)), type=kind)


def _telling(context: TaskContext) -> Progress:
    """Writes down how far the work is, twice a second at most."""
    last = 0.0

    def tell(what: str, done: int, of: int) -> None:
        nonlocal last
        if time.monotonic() - last >= TELLS_EVERY:
            last = time.monotonic()
            told = {"says": what, "done": done, "of": of}
            DBTaskResult.objects.filter(pk=context.task_result.id).update(return_value=told)

    return tell
