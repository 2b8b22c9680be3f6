"""Read, review, replay and forecast what lies in files. Nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from premortem.errors import Unknown
from premortem.python.documents import Reading, Replay, Review, shown

if TYPE_CHECKING:
    from premortem.acts.playbook import Rules
    from premortem.python.forecasts import TableForecast

Place = str | PathLike[str]
"""A path, as Python's own `open` takes it."""
Day = date | str
"""A day, or the same as 'YYYY-MM-DD'."""


def read(path: Place) -> Reading:
    """What was heard in a deal's folder, or in a single transcript, mail or note; each fact has its quote.

    Raises PremortemError where nothing is there, or it can't be read.
    """
    from premortem.acts.bringing_in.read import read as read_path

    return shown(Reading, read_path(_there(path), datetime.now(UTC)))


def review(
    path: Place, *, as_of: Day | None = None, playbook: Place | None = None, lists: Sequence[str] = ()
) -> Review:
    """What could lose the deal in a folder: findings with quotes, the likely cause, and what to ask next.

    `as_of` sees it from a day: nothing that happened later counts. `playbook` is the firm's own rules (TOML), `lists`
    qualification lists to show beside. Raises PremortemError where nothing is there, or it can't be read.
    """
    from premortem.acts.bringing_in.read import hear_folder
    from premortem.acts.looking.review import review as review_entries

    today = datetime.now(UTC)
    held, done = hear_folder(_there(path), today)
    day = day_of(as_of)
    told = review_entries(
        held.store.read(done.deal),
        held.contents,
        day,
        None,
        done.left_out,
        done.remarks,
        rules_in(playbook),
        lists,
        day or today.date(),
    )
    return shown(Review, told)


def replay(path: Place, *, playbook: Place | None = None) -> Replay:
    """The deal in a folder touch by touch: when each sign could first be seen, and when anybody acted on it.

    Raises PremortemError where nothing is there, or it can't be read.
    """
    from premortem.acts.afterwards.replay import replay as replay_entries
    from premortem.acts.bringing_in.read import hear_folder

    held, done = hear_folder(_there(path), datetime.now(UTC))
    return shown(Replay, replay_entries(held.store.read(done.deal), held.contents, rules=rules_in(playbook)))


def forecast(table: Place, *, columns: Place | None = None) -> TableForecast:
    """What a table of deals (CSV), the closed ones in it, tells of each open one, with intervals.

    `columns` is a TOML file that says which column means what, where guessing would go wrong. Raises PremortemError
    where the table can't be read, or nothing in it tells won from lost.
    """
    from premortem.acts.forecasts.forecast_table import forecast_table
    from premortem.python.forecasts import TableForecast

    return shown(TableForecast, forecast_table(_there(table), Path(columns) if columns is not None else None))


def rules_in(playbook: Place | None) -> Rules | None:
    """None where no playbook is named: then the product's own checks and norms hold."""
    from premortem.acts.playbook import rules_of

    return rules_of(None, _there(playbook)) if playbook is not None else None


def day_of(told: Day | None) -> date | None:
    """Raises Unknown for a text that is no day."""
    if not isinstance(told, str):
        return told.date() if isinstance(told, datetime) else told
    try:
        return date.fromisoformat(told)
    except ValueError as error:
        raise Unknown(f"'{told}' is no day", "Write it YYYY-MM-DD, or give a datetime.date.") from error


def _there(path: Place) -> Path:
    found = Path(path).expanduser()
    if not found.exists():
        remedy = "Check the path. A deal that is in a ledger is asked for there: premortem.open(…).review(deal)."
        raise Unknown(f"there is no file or folder {found}", remedy)
    return found
