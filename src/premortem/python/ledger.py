"""A ledger in Python: the same verbs as on files, by a deal's id, and `bring_in`, the only one that writes.

A notebook runs its cells in an event loop, in which Django refuses to touch a database. There each call works in a
thread of its own, whose connection is closed behind it.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, overload

from premortem.errors import Unknown
from premortem.python.documents import Reading, Replay, Review, shown
from premortem.python.files import Day, Place, day_of

if TYPE_CHECKING:
    from premortem.acts.bringing_in.bring_in import BroughtIn
    from premortem.acts.looking.review import DealShown
    from premortem.acts.playbook import Rules
    from premortem.ledger.entries import Entry
    from premortem.python.forecasts import Forecast, PeriodForecast
    from premortem.records.opening import Ledger as Opened

T = TypeVar("T")


def open(place: Place | None = None, *, playbook: Place | None = None) -> Ledger:
    """The ledger in a file, or behind a URL ('postgresql://user:password@host/database'); a file is made if missing.

    Without `place` it is the one that the command line takes: DATABASE_URL's, PREMORTEM_LEDGER's, or the user's own.
    `playbook` is the firm's own rules; without it PREMORTEM_PLAYBOOK's, or `premortem.toml` beside the ledger's file.
    Raises PremortemError where it can't be opened.
    """
    return Ledger(_outside_any_loop(lambda: _opened(place)), Path(playbook).expanduser() if playbook else None)


def _opened(place: Place | None) -> Opened:
    from premortem.records.database_url import sqlite_url
    from premortem.records.opening import open_ledger

    if place is None or "://" in str(place):
        return open_ledger(None if place is None else str(place))
    return open_ledger(sqlite_url(Path(place).expanduser()))


class Ledger:
    """An open ledger. `place` says where it lies, never with a password."""

    def __init__(self, opened: Opened, playbook: Path | None = None) -> None:
        self._opened, self._playbook = opened, playbook
        self.place = opened.place

    def __repr__(self) -> str:
        return f"<Ledger: {self.place}>"

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Hang up; whatever is asked next connects again."""
        self._ask(lambda: None)
        _outside_any_loop(self._opened.close)

    def deals(self) -> list[DealShown]:
        """Every deal as the CRM has it by now, in the order of their ids."""
        from premortem.acts.looking.review import deal_shown
        from premortem.ledger.fold import deal_as_of

        def those() -> list[DealShown]:
            store = self._opened.store
            folded = [deal_as_of(entries) for _, entries in store.read_each(store.deals())]
            return [deal_shown(deal, deal) for deal in folded]

        return self._ask(those)

    def bring_in(self, path: Place, *, deal: str | None = None) -> list[BroughtIn]:
        """Take in a deal's folder or a folder of them; with `deal` the calls, mails and notes at a path as that deal's.

        The same file twice adds nothing. Raises PremortemError where nothing there is a deal, or `deal` is unknown.
        """
        from premortem.acts.bringing_in.bring_in import bring_in

        return self._ask(lambda: bring_in(self._opened, Path(path).expanduser(), datetime.now(UTC), deal))

    def read(self, deal: str) -> Reading:
        """What was heard in a deal. Raises PremortemError for one that is not there, as do those below."""
        from premortem.acts.bringing_in.read import read_document
        from premortem.ledger.fold import deal_as_of

        return self._ask(
            lambda: shown(Reading, read_document(deal_as_of(self._entries(deal)), self._opened.contents, [], []))
        )

    def review(self, deal: str, *, as_of: Day | None = None, lists: Sequence[str] = ()) -> Review:
        """What could lose a deal, as `premortem.review` says it of a folder."""
        from premortem.acts.looking.review import review

        day = day_of(as_of)
        today = day or _today()
        return self._ask(
            lambda: shown(
                Review,
                review(self._entries(deal), self._opened.contents, day, rules=self._rules(), lists=lists, today=today),
            )
        )

    def replay(self, deal: str) -> Replay:
        """A deal touch by touch, as `premortem.replay` tells it of a folder."""
        from premortem.acts.afterwards.replay import replay

        return self._ask(lambda: shown(Replay, replay(self._entries(deal), self._opened.contents, rules=self._rules())))

    @overload
    def forecast(self, deal: None = None, *, by: Day | None = None) -> PeriodForecast: ...
    @overload
    def forecast(self, deal: str, *, by: Day | None = None) -> Forecast: ...
    def forecast(self, deal: str | None = None, *, by: Day | None = None) -> PeriodForecast | Forecast:
        """All open deals by the end of a day, the quarter's last unless given; or one of them, with its reasons."""
        from premortem.acts.forecasts.forecast import forecast
        from premortem.acts.forecasts.forecast_deal import forecast_deal
        from premortem.python.forecasts import Forecast, PeriodForecast

        day = day_of(by)
        if deal is None:
            return self._ask(lambda: shown(PeriodForecast, forecast(self._opened, self._rules(), _today(), day)))
        return self._ask(lambda: shown(Forecast, forecast_deal(self._opened, deal, self._rules(), _today(), day)))

    def _entries(self, deal: str) -> list[Entry]:
        entries = self._opened.store.read(deal)
        if not entries:
            raise Unknown(f"there is no deal '{deal}' in the ledger", "`deals()` lists what is there.")
        return entries

    def _rules(self) -> Rules:
        from premortem.acts.playbook import rules_of
        from premortem.playbook.reading import NAME

        named = self._playbook or (Path(told).expanduser() if (told := os.environ.get("PREMORTEM_PLAYBOOK")) else None)
        beside = Path(self.place).parent / NAME if Path(self.place).is_file() else None
        return rules_of(self._opened, named or (beside if beside is not None and beside.is_file() else None))

    def _ask(self, what: Callable[[], T]) -> T:
        return _outside_any_loop(what, self._opened.close)


def _today() -> date:
    return datetime.now(UTC).date()


def _outside_any_loop(what: Callable[[], T], behind: Callable[[], None] = lambda: None) -> T:
    """What it gives, called here, or where an event loop runs in a thread of its own; `behind` closes that thread."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return what()

    def whole() -> T:
        try:
            return what()
        finally:
            behind()

    with ThreadPoolExecutor(1) as alone:
        return alone.submit(whole).result()
