"""What pages put off: reading an upload, importing it, looking at the deals again. A worker does it beside the pages.

Each step may be done twice: what the ledger has already adds nothing. So a step that met a busy database is done again,
and one that a stopped worker left behind can be asked for again on the upload's page.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import OperationalError
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import task

from premortem.acts.looking.reviewing import review_changed
from premortem.errors import PremortemError
from premortem.records.errors import LedgerError
from premortem.records.firm.models import Upload
from premortem.records.planning import know_the_tables
from premortem.web.export_upload import take_back as take_export_back
from premortem.web.ledger import ledger, rules
from premortem.web.patience import patiently
from premortem.web.receiving import forget
from premortem.web.upload_kinds import look_at, plainly, take

LATER = -10
"""The place in line: behind everything that somebody waits for."""
TELLS_EVERY = 0.5
LOOKED_AT_ONCE = 200
"""Deals that are looked at again before an upload is done; more of them wait for the look at all deals."""
WENT_WRONG = "This went wrong on our side. Try again, nothing is written twice; if it fails again, tell your admin."


@task()
def read_upload(number: int) -> None:
    """Think an upload out, and keep what it would do for its page."""
    _step(number, "reading", _read)


@task()
def take_in(number: int) -> None:
    """Import an upload that was accepted."""
    _step(number, "importing", _take_in)


@task()
def take_back(number: int) -> None:
    """Take back what an import of an export told of the deals that were marked."""
    _step(number, "undoing", _take_back)


@task()
def review_all() -> None:
    """Look again at every deal whose review no longer holds: an import may move what is usual, and silence grows."""
    review_changed(ledger(), rules(), timezone.now().date())
    know_the_tables(ledger().alias)


def review_today() -> None:
    """Ask once a day for a look at all deals: those that go on are seen from today, and an upgrade brings checks."""
    _review_on(ledger().place, timezone.localdate())


@lru_cache(maxsize=4)
def _review_on(place: str, day: date) -> None:
    """Each process asks once a day; where nothing has changed since another asked, there is nothing to do."""
    review_all.using(priority=LATER).enqueue()


def _step(number: int, state: str, do: Callable[[Upload], None]) -> None:
    """One step of an upload, told on its page where it fails."""
    upload = Upload.objects.filter(pk=number, state=state).first()
    if upload is None:
        return  # dropped, or done by another worker
    try:
        patiently(lambda: do(upload))
    except (OperationalError, LedgerError) as busy:
        _fail(upload, str(busy))
        raise
    except PremortemError as refused:
        _fail(upload, plainly(upload, str(refused)))
    except Exception:
        _fail(upload, WENT_WRONG)
        raise


def _still(upload: Upload) -> QuerySet[Upload]:
    """The upload's row while it is in the state in which the step began: else another worker was faster."""
    return Upload.objects.filter(pk=upload.pk, state=upload.state)


def _fail(upload: Upload, why: str) -> None:
    _still(upload).update(state="failed", says=why, moved_at=timezone.now())


def _read(upload: Upload) -> None:
    _finish(upload, "previewed", look_at(upload, _telling(upload)))


def _take_in(upload: Upload) -> None:
    told, deals = take(upload, _telling(upload))
    _still(upload).update(says="Looking at what changed", moved_at=timezone.now())
    if len(deals) <= LOOKED_AT_ONCE:
        review_changed(ledger(), rules(), timezone.now().date(), only=deals)
    if _finish(upload, "done", told):
        forget(Path(upload.folder))
    review_all.enqueue()


def _take_back(upload: Upload) -> None:
    back = take_export_back(upload, upload.choices["back"], upload.choices["by"], _telling(upload))
    told = {**upload.preview, "back": sorted({*upload.preview.get("back", []), *back})}
    _finish(upload, "done", told, choices={})
    review_all.enqueue()


def _finish(upload: Upload, state: str, told: dict[str, Any], **given: Any) -> bool:
    return _still(upload).update(state=state, says="", preview=told, moved_at=timezone.now(), **given) == 1


def _telling(upload: Upload) -> Callable[[str, int, int], None]:
    """Writes down how far the work is, twice a second at most."""
    last = 0.0

    def tell(what: str, done: int, of: int) -> None:
        nonlocal last
        if time.monotonic() - last >= TELLS_EVERY:
            last = time.monotonic()
            _still(upload).update(done=done, of=of, says=what, moved_at=timezone.now())

    return tell
