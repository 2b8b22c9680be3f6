"""What pages put off: reading an upload, importing it, looking at the deals again. A worker does it beside the pages.

Each step may be done twice: what the ledger has already adds nothing. So a step that met a busy database is done again,
and one that a stopped worker left behind can be asked for again on the upload's page.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import OperationalError
from django.utils import timezone
from django_tasks import task

from premortem.acts.bring_in import BroughtIn
from premortem.acts.preview import May, bring_each, preview
from premortem.acts.reviewing import review_changed
from premortem.errors import PremortemError, Unreadable
from premortem.importing.deal_folder.reading import DealRow, deal_folders, listed_people, read_deal_folder
from premortem.records.errors import LedgerError
from premortem.records.firm.models import DealHome, Member, Upload
from premortem.web import access
from premortem.web.ledger import ledger, rules
from premortem.web.own_ids import settle_ids
from premortem.web.receiving import forget

log = logging.getLogger(__name__)
WAITS = (1.0, 5.0)
"""Seconds before a step that met a busy database is done again."""
TELLS_EVERY = 0.5
WENT_WRONG = "This went wrong on our side, and nothing was half written. Try again; if it fails again, tell your admin."


@task()
def read_upload(number: int) -> None:
    """Think an upload out, and keep what it would do for its page."""
    _step(number, "reading", _read)


@task()
def take_in(number: int) -> None:
    """Import an upload that was accepted."""
    _step(number, "importing", _take_in)


@task()
def review_all() -> None:
    """Look again at every deal whose review no longer holds: an import may move what is usual."""
    review_changed(ledger(), rules(), timezone.now().date())


def _step(number: int, state: str, do: Callable[[Upload], None]) -> None:
    """One step of an upload, told on its page where it fails."""
    upload = Upload.objects.filter(pk=number, state=state).first()
    if upload is None:
        return  # dropped, or done by another worker
    try:
        _patiently(lambda: do(upload))
    except (OperationalError, LedgerError) as busy:
        _fail(upload, str(busy))
        raise
    except PremortemError as refused:
        _fail(upload, _plainly(upload, str(refused)))
    except Exception:
        _fail(upload, WENT_WRONG)
        raise


def _patiently(do: Callable[[], None]) -> None:
    """Do something; where the database is busy, again after a while."""
    for wait in WAITS:
        try:
            return do()
        except (OperationalError, LedgerError):
            log.warning("the database was busy; this is tried again in %s s", wait, exc_info=True)
            time.sleep(wait)
    return do()


def _fail(upload: Upload, why: str) -> None:
    Upload.objects.filter(pk=upload.pk).update(state="failed", says=why, moved_at=timezone.now())


def _plainly(upload: Upload, text: str) -> str:
    return text.replace(f"{upload.folder}/", "").replace(upload.folder, "These files")


def _read(upload: Upload) -> None:
    _settle_ids(upload)
    told = preview(
        ledger(), Path(upload.folder), timezone.now(), upload.deal or None, _allowed(upload), _telling(upload)
    )
    _finish(upload, "previewed", msgspec.to_builtins(told))


def _take_in(upload: Upload) -> None:
    assert upload.taken_at is not None
    _settle_ids(upload)
    folder, done = Path(upload.folder), []
    claimed = [] if upload.deal else _claim(upload, folder)
    for _, brought in bring_each(
        ledger(), folder, upload.taken_at, upload.deal or None, _allowed(upload), _telling(upload)
    ):
        done.append(_told(upload, brought))
    DealHome.objects.filter(deal__in=[one for one in claimed if not ledger().store.read(one)]).delete()
    Upload.objects.filter(pk=upload.pk).update(says="Looking at what changed", moved_at=timezone.now())
    review_changed(ledger(), rules(), timezone.now().date(), only=[str(one["deal"]) for one in done])
    _finish(upload, "done", {"done": done})
    forget(folder)
    review_all.enqueue()


def _finish(upload: Upload, state: str, told: dict[str, Any]) -> None:
    Upload.objects.filter(pk=upload.pk).update(state=state, says="", preview=told, moved_at=timezone.now())


def _told(upload: Upload, brought: BroughtIn) -> dict[str, object]:
    """What is kept of an import: numbers, and what was left out. Names of people stay in the ledger alone."""
    left = [{"file": _plainly(upload, one.file), "why": _plainly(upload, one.why)} for one in brought.left_out]
    counts = {"touches": brought.touches, "known": brought.known_already, "facts": brought.facts}
    return {"deal": brought.deal, "entries": brought.entries, "left_out": left, **counts}


def _allowed(upload: Upload) -> May:
    member = Member.objects.select_related("team", "user").filter(user=upload.user).first()
    return lambda deal: member is not None and access.may_change(member, deal)


def _settle_ids(upload: Upload) -> None:
    """See that no deal of an upload meets one that its importer may not change."""
    if upload.deal:
        return
    may, member = _allowed(upload), Member.objects.filter(user=upload.user).first()

    def taken(deal: str) -> bool:
        return not may(deal) and bool(DealHome.objects.filter(deal=deal).exists() or ledger().store.read(deal))

    team = member.team_id if member else None
    settle_ids(Path(upload.folder), taken, f"team {team}" if team else f"user {upload.user_id}")


def _telling(upload: Upload) -> Callable[[str, int, int], None]:
    """Writes down how far the work is, twice a second at most."""
    last = 0.0

    def tell(what: str, done: int, of: int) -> None:
        nonlocal last
        if time.monotonic() - last >= TELLS_EVERY:
            last = time.monotonic()
            Upload.objects.filter(pk=upload.pk).update(done=done, of=of, says=what, moved_at=timezone.now())

    return tell


def _claim(upload: Upload, folder: Path) -> list[str]:
    """Say whose the new deals are before anything of them is written, so that an import that stopped can go on."""
    claimed = []
    for place in deal_folders(folder):
        try:
            row = read_deal_folder(place).row
        except Unreadable:
            continue  # the import itself tells what is wrong with it
        if not ledger().store.read(row.id):
            owner = _seller_here(upload, row)
            member = Member.objects.filter(user_id=owner.pk).first()
            home = {"owner": owner, "team": member.team if member else None}
            if DealHome.objects.get_or_create(deal=row.id, defaults=home)[1]:
                claimed.append(row.id)
    return claimed


def _seller_here(upload: Upload, row: DealRow) -> AbstractBaseUser:
    """The seller whom deal.json names, if they work here; else whoever brought the deal."""
    emails = [one.email.casefold() for one, side in listed_people(row) if side == "seller" and one.email]
    if upload.user.email and upload.user.email.casefold() in emails:
        return upload.user
    for email in emails:
        found = get_user_model().objects.filter(email__iexact=email, is_active=True, member__isnull=False).first()
        if found is not None:
            return found
    return upload.user
